import Diagnostics
import RDF

extension SentenceParser {
  /// The literal or IRI that the tokens `low..<high` write, or nil when they are a name or a gap.
  func value(_ low: Int, _ high: Int, _ lexicon: some Lexicon) throws(Diagnostic) -> Term? {
    let token = tokens[low]
    if high == low + 2, token.kind == .number {
      return try measure(low)
    }
    guard high == low + 1 else { return nil }
    switch token.kind {
    case .number: return .literal(numberLiteral(numberText(low)))
    case .date: return try date(token)
    case .text: return try text(token, lexicon)
    case .iri: return try iri(token.range)
    case .prefixedName: return try prefixedName(token.range, lexicon)
    case .cell: return try cell(token.range, lexicon)
    case .word where isBoolean(low):
      return .literal(Literal(buffer.foldedText(low, high), datatype: XSD.boolean))
    default: return nil
    }
  }

  /// What stands in a cell of the answer shown last.
  private func cell(_ range: SourceRange, _ lexicon: some Lexicon) throws(Diagnostic) -> Term {
    let parts = source.text(SourceRange(range.lowerBound + 1, range.upperBound))
      .split(separator: ":").map(String.init)
    let row = Int(parts[0])
    switch lexicon.cell(row: row, column: row == nil ? parts[0] : parts.dropFirst().first) {
    case .term(let term): return term
    case .missing(let reason): throw Diagnostic(id: "no-cell", reason, at: range)
    }
  }

  func isBoolean(_ index: Int) -> Bool {
    buffer.isWord(index, "true") || buffer.isWord(index, "false")
  }

  // MARK: Numbers

  private func numberText(_ index: Int) -> String {
    buffer.foldedText(index, index + 1).filter { $0 != "_" }
  }

  private func numberLiteral(_ text: String) -> Literal {
    Literal(text, datatype: NumberForm.datatype(ofNumber: text))
  }

  /// Whether the word makes a quantity of the number before it.
  func isMeasure(_ index: Int) -> Bool {
    guard tokens[index].kind == .word else { return false }
    if magnitude(index) != nil { return true }
    return unit(index) != nil && tokens[index - 1].isWholeNumber(source.bytes)
  }

  private func magnitude(_ index: Int) -> Int? {
    switch buffer.foldedText(index, index + 1) {
    case "thousand": 3
    case "lakh": 5
    case "million": 6
    case "crore": 7
    case "billion": 9
    default: nil
    }
  }

  private enum Unit {
    case seconds(Int)
    case months(Int)
  }

  private func unit(_ index: Int) -> Unit? {
    switch buffer.foldedText(index, index + 1) {
    case "second", "seconds": .seconds(1)
    case "minute", "minutes": .seconds(60)
    case "hour", "hours": .seconds(3600)
    case "day", "days": .seconds(86_400)
    case "week", "weeks": .seconds(604_800)
    case "month", "months": .months(1)
    case "year", "years": .months(12)
    default: nil
    }
  }

  /// `300 million`, `1.5 crore`, `12 weeks`.
  private func measure(_ low: Int) throws(Diagnostic) -> Term? {
    let number = numberText(low)
    if let zeros = magnitude(low + 1) {
      return .literal(numberLiteral(scaled(number, by: zeros)))
    }
    guard let unit = unit(low + 1) else { return nil }
    let scale =
      switch unit {
      case .seconds(let seconds): seconds
      case .months(let months): months
      }
    guard let count = Int(number), !count.multipliedReportingOverflow(by: scale).overflow else {
      throw Diagnostic(
        id: "bad-number", "a duration needs a whole number of moderate size",
        at: buffer.range(low, low + 2))
    }
    let total = abs(count * scale)
    let sign = count < 0 ? "-" : ""
    switch unit {
    case .months:
      let years = total / 12 > 0 ? "\(total / 12)Y" : ""
      let months = total % 12 > 0 || total == 0 ? "\(total % 12)M" : ""
      return .literal(Literal("\(sign)P\(years)\(months)", datatype: XSD.yearMonthDuration))
    case .seconds:
      let lexical = sign + Self.dayTime(total)
      return .literal(Literal(lexical, datatype: XSD.dayTimeDuration))
    }
  }

  /// The canonical form of a number of seconds.
  private static func dayTime(_ seconds: Int) -> String {
    let days = seconds / 86_400 > 0 ? "\(seconds / 86_400)D" : ""
    let parts = [(seconds / 3600 % 24, "H"), (seconds / 60 % 60, "M"), (seconds % 60, "S")]
    let time = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    if time.isEmpty { return days.isEmpty ? "PT0S" : "P" + days }
    return "P\(days)T\(time)"
  }

  /// The number times 10 to the power of `zeros`, exactly.
  private func scaled(_ number: String, by zeros: Int) -> String {
    if number.contains("e") { return "\(number)".appendingExponent(zeros) }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : ""
    let moved = fraction.prefix(zeros)
    let padding = String(repeating: "0", count: zeros - moved.count)
    let rest = fraction.dropFirst(zeros).reversed().drop { $0 == "0" }.reversed()
    let whole = Self.withoutLeadingZeros(String(parts[0]) + moved + padding)
    return rest.isEmpty ? whole : whole + "." + String(rest)
  }

  private static func withoutLeadingZeros(_ number: String) -> String {
    let isNegative = number.hasPrefix("-")
    let digits = (isNegative ? number.dropFirst() : number[...]).drop { $0 == "0" }
    return (isNegative ? "-" : "") + (digits.isEmpty ? "0" : digits)
  }

  // MARK: Dates

  private func date(_ token: Token) throws(Diagnostic) -> Term {
    let text = source.text(token.range)
    if text.utf8.count > 10 {
      guard DateForm.isDateTime(text) else {
        throw Diagnostic(
          id: "bad-date", "'\(text)' is no date and time; write it like 2020-04-12T10:30:00Z",
          at: token.range)
      }
      return .literal(Literal(text, datatype: XSD.dateTime))
    }
    guard DateForm.isDate(text.utf8) else {
      throw Diagnostic(id: "bad-date", "there is no \(text) in the calendar", at: token.range)
    }
    let datatype = text.utf8.count == 7 ? XSD.gYearMonth : XSD.date
    return .literal(Literal(text, datatype: datatype))
  }

  /// A date of any grain where one is expected: a bare `2020` is a year.
  func dateValue(_ low: Int, _ high: Int, _ lexicon: some Lexicon) throws(Diagnostic) -> Term? {
    guard high == low + 1 else { return nil }
    if tokens[low].kind == .wildcard { return .literal(Literal("2000", datatype: XSD.gYear)) }
    if isYear(low) {
      return .literal(Literal(source.text(tokens[low].range), datatype: XSD.gYear))
    }
    guard tokens[low].kind == .date else { return nil }
    return try value(low, high, lexicon)
  }

  /// Whether the token is four digits.
  func isYear(_ index: Int) -> Bool {
    let token = tokens[index]
    return token.kind == .number && token.end - token.start == 4
      && token.isWholeNumber(source.bytes) && source.bytes[token.start] != UInt8(ascii: "-")
  }

  // MARK: IRIs

  func iri(_ range: SourceRange) throws(Diagnostic) -> Term {
    let text = source.text(SourceRange(range.lowerBound + 1, range.upperBound - 1))
    guard IRIForm.isAbsolute(text) else {
      throw Diagnostic(
        id: "bad-iri", "<\(text)> is no absolute IRI, such as <https://example.org/x>", at: range)
    }
    return .iri(text)
  }

  func prefixedName(_ range: SourceRange, _ lexicon: some Lexicon) throws(Diagnostic) -> Term {
    let text = source.text(range)
    let colon = text.firstIndex(of: ":") ?? text.endIndex
    let prefix = String(text[..<colon])
    if prefix == "_", allowsNewNames, text.utf8.count > 2 {
      return .blankNode(String(text.dropFirst(2)))
    }
    guard let namespace = lexicon.namespace(ofPrefix: prefix) else {
      throw Diagnostic(
        id: "unknown-prefix",
        "the prefix '\(prefix):' is not declared; write prefix \(prefix): <…>.",
        at: range)
    }
    return .iri(namespace + text[colon...].dropFirst())
  }
}

extension Token {
  func isWholeNumber(_ bytes: [UInt8]) -> Bool {
    kind == .number
      && bytes[start..<end].allSatisfy {
        CharacterClass.isDigit($0) || $0 == 0x5F || $0 == UInt8(ascii: "-")
      }
  }
}

extension String {
  /// A double's text with its exponent raised; kept as it is where the exponent is out of range.
  fileprivate func appendingExponent(_ more: Int) -> String {
    guard let mark = firstIndex(of: "e"), let exponent = Int(self[index(after: mark)...]) else {
      return self
    }
    let (sum, overflow) = exponent.addingReportingOverflow(more)
    return overflow ? self : self[...mark] + "\(sum)"
  }
}
