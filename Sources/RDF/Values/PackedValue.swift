/// A value in 64 bits and a tag of 16, for side columns: filters and sorts compare it without parsing.
///
/// What does not fit (`init?` gives nil; parse the lexical form instead): strings; integers beyond 64 bits; decimals
/// beyond 58 bits of mantissa or 18 digits after the point; dates and times finer than a microsecond, beyond year
/// ±290,000 or with an offset that is no multiple of 15 minutes; `gMonth`, `gMonthDay`, `gDay`; `xsd:duration`.
/// Equal values of one kind have equal payloads, except doubles (0 and -0, NaN).
public struct PackedValue: Hashable, Sendable, BitwiseCopyable {
  public enum Kind: UInt8, Hashable, Sendable {
    /// No value: not a literal of these types, ill-typed, or one that does not fit.
    case none = 0
    /// The number itself.
    case integer
    /// Mantissa · 32 + scale.
    case decimal
    /// Bit pattern.
    case float
    /// Bit pattern.
    case double
    /// 0 or 1.
    case boolean
    /// Microseconds since 1970-01-01T00:00:00 UTC, local where there is no time zone; also the kinds below.
    case dateTime
    case date
    case time
    case gYear
    case gYearMonth
    /// Microseconds.
    case dayTimeDuration
    /// Months.
    case yearMonthDuration
  }

  public var payload: Int64
  /// The kind in the low byte; in the high byte the time zone's offset in quarters of an hour + 100, or 0 for none.
  public var tag: UInt16

  @inlinable
  public init(payload: Int64, tag: UInt16) {
    self.payload = payload
    self.tag = tag
  }

  public static let none = PackedValue(payload: 0, tag: 0)

  @inlinable
  public init(_ kind: Kind, _ payload: Int64) {
    self.payload = payload
    tag = UInt16(kind.rawValue)
  }

  @inlinable
  public var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: tag)) ?? .none }

  @inlinable
  public var hasTimeZone: Bool { tag >> 8 != 0 }

  /// Local time minus UTC; nil without a time zone.
  public var offsetMinutes: Int16? { hasTimeZone ? (Int16(tag >> 8) - 100) * 15 : nil }

  /// nil when the value does not fit.
  public init?(_ value: XSDValue) {
    switch value {
    case .boolean(let value): self.init(.boolean, value ? 1 : 0)
    case .integer(let value):
      guard let payload = Int64(exactly: value) else { return nil }
      self.init(.integer, payload)
    case .decimal(let value):
      guard value.scale <= 18, value.mantissa.magnitude < 1 << 58 else { return nil }
      self.init(.decimal, Int64(value.mantissa) << 5 | Int64(value.scale))
    case .float(let value): self.init(.float, Int64(value.bitPattern))
    case .double(let value): self.init(.double, Int64(bitPattern: value.bitPattern))
    case .dateTime(let value): self.init(.dateTime, value)
    case .date(let value): self.init(.date, value)
    case .time(let value): self.init(.time, value)
    case .gYear(let value): self.init(.gYear, value)
    case .gYearMonth(let value): self.init(.gYearMonth, value)
    case .dayTimeDuration(let value):
      guard let payload = Self.microseconds(value.attoseconds) else { return nil }
      self.init(.dayTimeDuration, payload)
    case .yearMonthDuration(let value): self.init(.yearMonthDuration, value.months)
    case .string, .gMonth, .gMonthDay, .gDay, .duration: return nil
    }
  }

  private init?(_ kind: Kind, _ time: XSDDateTime) {
    guard let payload = Self.microseconds(time.utcAttoseconds) else { return nil }
    self.payload = payload
    tag = UInt16(kind.rawValue)
    if let offset = time.offsetMinutes {
      guard offset % 15 == 0 else { return nil }
      tag |= UInt16(offset / 15 + 100) << 8
    }
  }

  private static func microseconds(_ attoseconds: Int128) -> Int64? {
    let (quotient, remainder) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000)
    return remainder == 0 ? Int64(exactly: quotient) : nil
  }

  /// The value again; nil for `none`.
  public var value: XSDValue? {
    switch kind {
    case .none: nil
    case .integer: .integer(Int128(payload))
    case .decimal: .decimal(decimal)
    case .float: .float(Float(bitPattern: UInt32(truncatingIfNeeded: payload)))
    case .double: .double(Double(bitPattern: UInt64(bitPattern: payload)))
    case .boolean: .boolean(payload != 0)
    case .dateTime: time.map(XSDValue.dateTime)
    case .date: time.map(XSDValue.date)
    case .time: time.map(XSDValue.time)
    case .gYear: time.map(XSDValue.gYear)
    case .gYearMonth: time.map(XSDValue.gYearMonth)
    case .dayTimeDuration:
      .dayTimeDuration(XSDDuration(attoseconds: Int128(payload) * 1_000_000_000_000))
    case .yearMonthDuration: .yearMonthDuration(XSDDuration(months: payload))
    }
  }

  private var decimal: XSDDecimal {
    XSDDecimal(mantissa: Int128(payload >> 5), scale: Int(payload & 31))
  }

  private var time: XSDDateTime? {
    XSDDateTime(
      attoseconds: Int128(payload) * 1_000_000_000_000
        + Int128(offsetMinutes ?? 0) * 60 * XSDDateTime.attosecondsPerSecond,
      offsetMinutes: offsetMinutes)
  }
}
