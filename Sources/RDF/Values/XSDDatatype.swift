/// The XML Schema 1.1 datatypes whose values are computed with.
public enum XSDDatatype: UInt8, Hashable, Sendable, CaseIterable {
  case string, boolean, decimal, float, double
  case integer, nonPositiveInteger, negativeInteger, long, int, short, byte
  case nonNegativeInteger, unsignedLong, unsignedInt, unsignedShort, unsignedByte, positiveInteger
  case dateTime, dateTimeStamp, date, time
  case gYear, gYearMonth, gMonth, gMonthDay, gDay
  case duration, dayTimeDuration, yearMonthDuration

  /// The name after `xsd:`.
  public var localName: String { Self.localNames[Int(rawValue)] }

  public var iri: String { Self.iris[Int(rawValue)] }

  /// In the order of the cases; a table, because reflection is felt at start-up.
  private static let localNames = [
    "string", "boolean", "decimal", "float", "double", "integer", "nonPositiveInteger",
    "negativeInteger", "long", "int", "short", "byte", "nonNegativeInteger", "unsignedLong",
    "unsignedInt", "unsignedShort", "unsignedByte", "positiveInteger", "dateTime", "dateTimeStamp",
    "date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay", "duration",
    "dayTimeDuration", "yearMonthDuration",
  ]
  private static let iris = localNames.map { XSD.namespace + $0 }

  /// nil for an IRI that names none of them.
  public init?(iri: String) {
    self.init(iri: iri.utf8.span)
  }

  /// nil for an IRI that names none of them.
  public init?(iri: Span<UInt8>) {
    let namespaceCount = XSD.namespace.utf8.count
    guard iri.count > namespaceCount, iri.hasPrefix(XSD.namespace) else { return nil }
    let name = iri.extracting(namespaceCount...)
    guard let found = Self.allCases.first(where: { name.equals($0.localName) }) else { return nil }
    self = found
  }

  /// The closed range of an integer type, nil for an open end; nil for a type that is no integer.
  var integerBounds: (lower: Int128?, upper: Int128?)? {
    switch self {
    case .integer: (nil, nil)
    case .nonPositiveInteger: (nil, 0)
    case .negativeInteger: (nil, -1)
    case .long: (Int128(Int64.min), Int128(Int64.max))
    case .int: (Int128(Int32.min), Int128(Int32.max))
    case .short: (Int128(Int16.min), Int128(Int16.max))
    case .byte: (-128, 127)
    case .nonNegativeInteger: (0, nil)
    case .unsignedLong: (0, Int128(UInt64.max))
    case .unsignedInt: (0, Int128(UInt32.max))
    case .unsignedShort: (0, Int128(UInt16.max))
    case .unsignedByte: (0, 255)
    case .positiveInteger: (1, nil)
    case .string, .boolean, .decimal, .float, .double, .dateTime, .dateTimeStamp, .date, .time,
      .gYear, .gYearMonth, .gMonth, .gMonthDay, .gDay, .duration, .dayTimeDuration,
      .yearMonthDuration:
      nil
    }
  }

  /// Whether values are numbers.
  public var isNumeric: Bool {
    switch self {
    case .decimal, .float, .double: true
    default: integerBounds != nil
    }
  }
}
