/// The value of a literal of a datatype that is computed with.
///
/// Equality here (`==`) is identity of kind and content; `equals(_:)` is SPARQL's `=`.
public enum XSDValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int128)
  case decimal(XSDDecimal)
  case float(Float)
  case double(Double)
  case string(String)
  case dateTime(XSDDateTime)
  case date(XSDDateTime)
  case time(XSDDateTime)
  case gYear(XSDDateTime)
  case gYearMonth(XSDDateTime)
  case gMonth(XSDDateTime)
  case gMonthDay(XSDDateTime)
  case gDay(XSDDateTime)
  case duration(XSDDuration)
  case dayTimeDuration(XSDDuration)
  case yearMonthDuration(XSDDuration)

  /// Reads a lexical form, white space at its ends ignored (but in a string).
  ///
  /// nil when the form is not of the datatype, and also when its value does not fit: integers and decimals beyond 38
  /// digits, years beyond ±99,999,999,999, fractions of a second below 10^-18.
  public init?(_ lexicalForm: Span<UInt8>, as datatype: XSDDatatype) {
    if datatype == .string {
      self = .string(lexicalForm.decoded)
      return
    }
    self.init(collapsed: lexicalForm.extracting(Lexical.collapsedRange(of: lexicalForm)), datatype)
  }

  public init?(_ lexicalForm: String, as datatype: XSDDatatype) {
    self.init(lexicalForm.utf8.span, as: datatype)
  }

  private init?(collapsed text: Span<UInt8>, _ datatype: XSDDatatype) {
    let value: XSDValue? =
      switch datatype {
      case .string: .string(text.decoded)
      case .boolean: Lexical.boolean(text).map(XSDValue.boolean)
      case .decimal: XSDDecimal(lexical: text).map(XSDValue.decimal)
      case .float: FloatingPointLexical.float(text).map(XSDValue.float)
      case .double: FloatingPointLexical.double(text).map(XSDValue.double)
      case .integer, .nonPositiveInteger, .negativeInteger, .long, .int, .short, .byte,
        .nonNegativeInteger, .unsignedLong, .unsignedInt, .unsignedShort, .unsignedByte,
        .positiveInteger:
        Lexical.integer(text).flatMap { XSDValue($0, within: datatype) }
      case .dateTime, .dateTimeStamp:
        XSDDateTime(lexical: text, as: datatype).map(XSDValue.dateTime)
      case .date: XSDDateTime(lexical: text, as: datatype).map(XSDValue.date)
      case .time: XSDDateTime(lexical: text, as: datatype).map(XSDValue.time)
      case .gYear: XSDDateTime(lexical: text, as: datatype).map(XSDValue.gYear)
      case .gYearMonth: XSDDateTime(lexical: text, as: datatype).map(XSDValue.gYearMonth)
      case .gMonth: XSDDateTime(lexical: text, as: datatype).map(XSDValue.gMonth)
      case .gMonthDay: XSDDateTime(lexical: text, as: datatype).map(XSDValue.gMonthDay)
      case .gDay: XSDDateTime(lexical: text, as: datatype).map(XSDValue.gDay)
      case .duration: XSDDuration(lexical: text, as: datatype).map(XSDValue.duration)
      case .dayTimeDuration:
        XSDDuration(lexical: text, as: datatype).map(XSDValue.dayTimeDuration)
      case .yearMonthDuration:
        XSDDuration(lexical: text, as: datatype).map(XSDValue.yearMonthDuration)
      }
    guard let value else { return nil }
    self = value
  }

  private init?(_ integer: Int128, within datatype: XSDDatatype) {
    guard let bounds = datatype.integerBounds else { return nil }
    if let lower = bounds.lower, integer < lower { return nil }
    if let upper = bounds.upper, integer > upper { return nil }
    self = .integer(integer)
  }

  /// The datatype of a literal for the value; for an integer always `integer`.
  public var datatype: XSDDatatype {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .decimal: .decimal
    case .float: .float
    case .double: .double
    case .string: .string
    case .dateTime: .dateTime
    case .date: .date
    case .time: .time
    case .gYear: .gYear
    case .gYearMonth: .gYearMonth
    case .gMonth: .gMonth
    case .gMonthDay: .gMonthDay
    case .gDay: .gDay
    case .duration: .duration
    case .dayTimeDuration: .dayTimeDuration
    case .yearMonthDuration: .yearMonthDuration
    }
  }

  /// The canonical lexical form (XML Schema 1.1): `1.5E3`, `0.5`, `2020-04-12Z`. Times keep their time zone.
  public var canonicalForm: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .decimal(let value): value.description
    case .float(let value): DecimalDigits(value)?.scientific ?? Self.special(Double(value))
    case .double(let value): DecimalDigits(value)?.scientific ?? Self.special(value)
    case .string(let value): value
    case .dateTime(let value), .date(let value), .time(let value), .gYear(let value),
      .gYearMonth(let value), .gMonth(let value), .gMonthDay(let value), .gDay(let value):
      value.form(as: datatype)
    case .duration(let value), .dayTimeDuration(let value): value.form(zero: "PT0S")
    case .yearMonthDuration(let value): value.form(zero: "P0M")
    }
  }

  /// What a cast to a string gives: the canonical form, but a float or double from 10^-6 up to 10^6 without exponent.
  /// Source: XPath Functions and Operators 3.1, section 19.1.2.
  public var castString: String {
    switch self {
    case .float(let value) where value == 0 || (value.magnitude >= 1e-6 && value.magnitude < 1e6):
      DecimalDigits(value)?.plain ?? canonicalForm
    case .double(let value) where value == 0 || (value.magnitude >= 1e-6 && value.magnitude < 1e6):
      DecimalDigits(value)?.plain ?? canonicalForm
    default: canonicalForm
    }
  }

  /// The literal with the canonical form.
  public var literal: Literal { Literal(canonicalForm, datatype: datatype.iri) }

  private static func special(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-INF" : "INF"
  }
}
