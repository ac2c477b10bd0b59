import Diagnostics
import RDF

extension SentenceParser {
  /// A text in Turtle's form: escapes, language, direction, datatype. Source: Turtle 1.2, section 6.4.
  func text(_ token: Token, _ lexicon: some Lexicon) throws(Diagnostic) -> Term {
    let bytes = source.bytes
    let quote = UInt8(ascii: "\"")
    let isLong =
      token.end - token.start >= 6 && bytes[token.start + 1] == quote
      && bytes[token.start + 2] == quote
    let width = isLong ? 3 : 1
    let close = closing(token, width)
    let content = try unescape(token.start + width, close)
    let suffix = SourceRange(min(close + width, token.end), token.end)
    let mark = suffix.lowerBound < token.end ? bytes[suffix.lowerBound] : 0
    switch mark {
    case UInt8(ascii: "@"): return .literal(try tagged(content, suffix))
    case UInt8(ascii: "^"):
      return .literal(try typed(content, suffix, lexicon))
    default: return .literal(Literal(content))
    }
  }

  /// Where the closing quotes of a text begin.
  private func closing(_ token: Token, _ width: Int) -> Int {
    let bytes = source.bytes
    var index = token.start + width
    while index < token.end {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      let ends = bytes[index..<min(index + width, token.end)].allSatisfy { $0 == 0x22 }
      let isLast = width == 1 || index + 3 >= token.end || bytes[index + 3] != 0x22
      if ends && isLast { return index }
      index += 1
    }
    return token.end
  }

  private func unescape(_ low: Int, _ high: Int) throws(Diagnostic) -> String {
    var result: [UInt8] = []
    var index = low
    let bytes = source.bytes
    while index < high {
      guard bytes[index] == UInt8(ascii: "\\") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let (scalar, length) = escape(at: index, high)
      guard let scalar, let encoded = UTF8.encode(scalar) else {
        throw Diagnostic(
          id: "bad-escape", "unknown escape; known are \\t \\b \\n \\r \\f \\\" \\' \\\\ \\uXXXX",
          at: SourceRange(index, min(index + length, high)))
      }
      result.append(contentsOf: encoded)
      index += length
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func escape(at index: Int, _ high: Int) -> (Unicode.Scalar?, Int) {
    guard index + 1 < high else { return (nil, 1) }
    switch source.bytes[index + 1] {
    case UInt8(ascii: "t"): return ("\t", 2)
    case UInt8(ascii: "b"): return ("\u{8}", 2)
    case UInt8(ascii: "n"): return ("\n", 2)
    case UInt8(ascii: "r"): return ("\r", 2)
    case UInt8(ascii: "f"): return ("\u{C}", 2)
    case UInt8(ascii: "\""): return ("\"", 2)
    case UInt8(ascii: "'"): return ("'", 2)
    case UInt8(ascii: "\\"): return ("\\", 2)
    case UInt8(ascii: "u"): return (hexadecimal(index + 2, index + 6, high), 6)
    case UInt8(ascii: "U"): return (hexadecimal(index + 2, index + 10, high), 10)
    default: return (nil, 2)
    }
  }

  private func hexadecimal(_ low: Int, _ end: Int, _ high: Int) -> Unicode.Scalar? {
    guard end <= high else { return nil }
    let digits = String(decoding: source.bytes[low..<end], as: UTF8.self)
    guard digits.utf8.first != UInt8(ascii: "+"), digits.utf8.first != UInt8(ascii: "-") else {
      return nil
    }
    return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
  }

  private func tagged(_ content: String, _ suffix: SourceRange) throws(Diagnostic) -> Literal {
    let tag = source.text(SourceRange(suffix.lowerBound + 1, suffix.upperBound))
    let halves = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    var parts = halves.map { String(decoding: $0, as: UTF8.self) }
    var direction: Literal.Direction?
    if let gap = parts.firstIndex(of: ""), gap == parts.count - 2 {
      direction = Literal.Direction(rawValue: parts[gap + 1])
      if direction == nil { parts = [] } else { parts.removeLast(2) }
    }
    let isTag =
      parts.first.map { !$0.isEmpty && $0.utf8.allSatisfy(CharacterClass.isLetter) } ?? false
    let isWhole = parts.allSatisfy { part in
      (1...8).contains(part.utf8.count)
        && part.utf8.allSatisfy { CharacterClass.isLetter($0) || CharacterClass.isDigit($0) }
    }
    guard isTag, isWhole else {
      throw Diagnostic(
        id: "bad-language", "'@\(tag)' is no language, such as @en, @en-GB or @ar--rtl", at: suffix)
    }
    return Literal(content, language: parts.joined(separator: "-"), direction: direction)
  }

  private func typed(_ content: String, _ suffix: SourceRange, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Literal
  {
    let range = SourceRange(suffix.lowerBound + 2, suffix.upperBound)
    let written = source.text(range)
    let datatype: Term
    if written.hasPrefix("<"), written.hasSuffix(">"), written.utf8.count > 2 {
      datatype = try iri(range)
    } else if written.contains(":") {
      datatype = try prefixedName(range, lexicon)
    } else {
      throw Diagnostic(
        id: "bad-datatype", "expected a datatype after ^^, such as ^^<http://…>", at: suffix)
    }
    guard case .iri(let iri) = datatype, iri != Vocabulary.langString,
      iri != Vocabulary.dirLangString
    else {
      throw Diagnostic(id: "bad-datatype", "a text of this datatype needs @language", at: range)
    }
    return Literal(content, datatype: iri)
  }
}
