import Algebra
import RDF

/// The built-in functions. Source: SPARQL 1.2 Query, section 17.4.
extension ExpressionEvaluator {
  func call(
    _ function: Function, _ arguments: [BoundExpression], _ batch: Batch, _ row: Int
  ) throws(EvaluationError) -> Value? {
    var values: [Value] = []
    for argument in arguments {
      guard let value = try value(argument, batch, row) else { return nil }
      values.append(value)
    }
    // What makes a term may take a microsecond.
    try context.tick(8)
    // To BNODE the number of the row is given, which is no term.
    if function != .bnode {
      let byteCount = values.reduce(0) { $0 + textByteCount($1) }
      try context.tick(byteCount / 16)
      if byteCount > ExecutionContext.quickByteCount {
        for place in values.indices { values[place] = try withLongTextRead(values[place]) }
      }
    }
    switch function {
    case .isIRI, .isBlank, .isLiteral, .isNumeric, .isTriple, .sameTerm, .hasLang, .hasLangDir,
      .langMatches:
      return try test(function, values).map(Value.boolean)
    case .str, .lang, .langDir, .datatype, .iri, .bnode, .strDT, .strLang, .strLangDir, .triple,
      .subject, .predicate, .object, .uuid, .strUUID:
      return try termFunction(function, values)
    case .strlen, .substr, .ucase, .lcase, .strStarts, .strEnds, .contains, .strBefore, .strAfter,
      .encodeForURI, .concat:
      return try stringFunction(function, values)
    case .regex, .replace: return try patternFunction(function, values)
    case .abs, .round, .ceil, .floor, .rand: return numberFunction(function, values)
    case .now, .year, .month, .day, .hours, .minutes, .seconds, .timezone, .tz:
      return timeFunction(function, values)
    case .md5, .sha1, .sha256, .sha384, .sha512: return try digestFunction(function, values)
    }
  }

  private func test(_ function: Function, _ values: [Value]) throws(EvaluationError) -> Bool? {
    guard let first = values.first else { return nil }
    let kind = kind(first)
    switch function {
    case .isIRI: return kind == .iri
    case .isBlank: return kind == .blankNode
    case .isLiteral: return kind.isLiteral
    case .isTriple: return kind == .triple
    case .isNumeric: return xsd(first)?.datatype.isNumeric ?? false
    case .hasLang: return kind == .languageLiteral
    case .hasLangDir: return text(first)?.direction != nil
    case .sameTerm:
      guard values.count == 2 else { return nil }
      return try id(values[0]) == id(values[1])
    default:
      guard values.count == 2, let tag = plainText(values[0]), let range = plainText(values[1])
      else { return nil }
      return LanguageRange(range).matches(tag)
    }
  }

  private func numberFunction(_ function: Function, _ values: [Value]) -> Value? {
    if function == .rand {
      return .xsd(.double(Double.random(in: 0..<1, using: &functions.generator)))
    }
    guard let number = xsd(values.first) else { return nil }
    let result: XSDValue? =
      switch function {
      case .abs: number.magnitude
      case .round: number.rounded
      case .ceil: number.ceiling
      default: number.floor
      }
    return result.map(Value.xsd)
  }

  private func timeFunction(_ function: Function, _ values: [Value]) -> Value? {
    if function == .now { return context.now.map { .xsd(.dateTime($0)) } }
    guard let value = xsd(values.first), let time = value.asTime, Self.has(value, function) else {
      return nil
    }
    switch function {
    case .year: return .xsd(.integer(Int128(time.calendarDay.year)))
    case .month: return .integer(time.calendarDay.month)
    case .day: return .integer(time.calendarDay.day)
    case .hours: return .integer(time.hours)
    case .minutes: return .integer(time.minutes)
    case .seconds: return .xsd(.decimal(time.seconds))
    case .tz: return .string(time.zoneForm)
    default:
      guard let minutes = time.offsetMinutes else { return nil }
      return XSDDuration(
        months: 0, attoseconds: Int128(minutes) * 60 * XSDDateTime.attosecondsPerSecond
      ).map { .xsd(.dayTimeDuration($0)) }
    }
  }
}

extension ExpressionEvaluator {
  /// Whether a time has the part that a function asks for. Beyond xsd:dateTime, which is all that
  /// the specification has here, its parts are taken from where they are.
  fileprivate static func has(_ value: XSDValue, _ function: Function) -> Bool {
    switch (function, value) {
    case (.timezone, _), (.tz, _), (_, .dateTime), (.year, .date), (.month, .date), (.day, .date),
      (.year, .gYear), (.year, .gYearMonth), (.month, .gYearMonth), (.month, .gMonth),
      (.month, .gMonthDay), (.day, .gMonthDay), (.day, .gDay), (.hours, .time), (.minutes, .time),
      (.seconds, .time):
      true
    default: false
    }
  }
}

/// A basic language range. Source: RFC 4647, section 3.3.1.
struct LanguageRange {
  private let range: String

  init(_ range: String) {
    self.range = range.lowercased()
  }

  func matches(_ tag: String) -> Bool {
    if range == "*" { return !tag.isEmpty }
    let tag = tag.lowercased().utf8
    guard tag.starts(with: range.utf8) else { return false }
    return tag.count == range.utf8.count
      || tag.dropFirst(range.utf8.count).first == UInt8(ascii: "-")
  }
}
