// `rounded(_:)` becomes calls of the C mathematics library, which has to be linked.
import Glibc

/// Arithmetic gives nil for an error: operands that the operator does not have, or a result that does not fit.
/// Source: SPARQL 1.2 Query, section 17.3; XPath Functions and Operators 3.1, sections 4, 8 and 9.
extension XSDValue {
  /// Two numbers of one type, the wider of both.
  enum Promoted {
    case integers(Int128, Int128)
    case decimals(XSDDecimal, XSDDecimal)
    case floats(Float, Float)
    case doubles(Double, Double)
  }

  /// nil unless both are numbers.
  static func promote(_ a: XSDValue, _ b: XSDValue) -> Promoted? {
    switch (a, b) {
    case (.integer(let x), .integer(let y)): return .integers(x, y)
    case (.double(let x), .double(let y)): return .doubles(x, y)
    case (.double, _), (_, .double):
      guard let x = a.asDouble, let y = b.asDouble else { return nil }
      return .doubles(x, y)
    case (.float, _), (_, .float):
      guard let x = a.asFloat, let y = b.asFloat else { return nil }
      return .floats(x, y)
    default:
      guard let x = a.asDecimal, let y = b.asDecimal else { return nil }
      return .decimals(x, y)
    }
  }

  /// Any number as a double, rounded to the nearest.
  public var asDouble: Double? {
    switch self {
    case .integer(let value): Double(nearest: value)
    case .decimal(let value): value.double
    case .float(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  private var asFloat: Float? {
    switch self {
    case .integer(let value): Float(value)
    case .decimal(let value): value.float
    case .float(let value): value
    default: nil
    }
  }

  /// An integer or decimal as a decimal.
  public var asDecimal: XSDDecimal? {
    switch self {
    case .integer(let value): XSDDecimal(value)
    case .decimal(let value): value
    default: nil
    }
  }

  public func adding(_ other: XSDValue) -> XSDValue? {
    switch Self.promote(self, other) {
    case .integers(let a, let b): return Self.checked(a.addingReportingOverflow(b))
    case .decimals(let a, let b): return a.adding(b).map(XSDValue.decimal)
    case .floats(let a, let b): return .float(a + b)
    case .doubles(let a, let b): return .double(a + b)
    case nil: break
    }
    if let duration = other.asDuration {
      return asTime == nil ? addingDurations(other) : shifted(by: duration, like: other)
    }
    guard let duration = asDuration, other.asTime != nil else { return nil }
    return other.shifted(by: duration, like: self)
  }

  public func subtracting(_ other: XSDValue) -> XSDValue? {
    switch Self.promote(self, other) {
    case .integers(let a, let b): return Self.checked(a.subtractingReportingOverflow(b))
    case .decimals(let a, let b): return a.subtracting(b).map(XSDValue.decimal)
    case .floats(let a, let b): return .float(a - b)
    case .doubles(let a, let b): return .double(a - b)
    case nil: break
    }
    if let negated = other.negatedDuration { return adding(negated) }
    switch (self, other) {
    case (.dateTime(let a), .dateTime(let b)), (.date(let a), .date(let b)),
      (.time(let a), .time(let b)):
      return .dayTimeDuration(XSDDuration(attoseconds: a.utcAttoseconds - b.utcAttoseconds))
    default: return nil
    }
  }

  public func multiplied(by other: XSDValue) -> XSDValue? {
    switch Self.promote(self, other) {
    case .integers(let a, let b): return Self.checked(a.multipliedReportingOverflow(by: b))
    case .decimals(let a, let b): return a.multiplied(by: b).map(XSDValue.decimal)
    case .floats(let a, let b): return .float(a * b)
    case .doubles(let a, let b): return .double(a * b)
    case nil: break
    }
    if asDuration != nil { return scaled(other) { $0.multiplied(by: $1) } }
    return other.asDuration == nil ? nil : other.scaled(self) { $0.multiplied(by: $1) }
  }

  /// The quotient of two integers is a decimal. Division by zero is an error for integers and decimals.
  public func divided(by other: XSDValue) -> XSDValue? {
    switch Self.promote(self, other) {
    case .integers(let a, let b):
      return XSDDecimal(a).divided(by: XSDDecimal(b)).map(XSDValue.decimal)
    case .decimals(let a, let b): return a.divided(by: b).map(XSDValue.decimal)
    case .floats(let a, let b): return .float(a / b)
    case .doubles(let a, let b): return .double(a / b)
    case nil: break
    }
    switch (self, other) {
    case (.dayTimeDuration(let a), .dayTimeDuration(let b)):
      return Self.ratio(a.attoseconds, b.attoseconds)
    case (.yearMonthDuration(let a), .yearMonthDuration(let b)):
      return Self.ratio(Int128(a.months), Int128(b.months))
    default: return scaled(other) { $0.divided(by: $1) }
    }
  }

  public var negated: XSDValue? {
    switch self {
    case .integer(let value):
      Self.checked(Int128(0).subtractingReportingOverflow(value))
    case .decimal(let value): value.negated.map(XSDValue.decimal)
    case .float(let value): .float(-value)
    case .double(let value): .double(-value)
    default: nil
    }
  }

  private static func checked(_ result: (partialValue: Int128, overflow: Bool)) -> XSDValue? {
    result.overflow ? nil : .integer(result.partialValue)
  }

  private static func ratio(_ a: Int128, _ b: Int128) -> XSDValue? {
    XSDDecimal(a).divided(by: XSDDecimal(b)).map(XSDValue.decimal)
  }
}

extension XSDValue {
  /// ABS.
  public var magnitude: XSDValue? {
    switch self {
    case .integer(let value): value < 0 ? negated : self
    case .decimal(let value): value.mantissa < 0 ? negated : self
    case .float(let value): .float(value.magnitude)
    case .double(let value): .double(value.magnitude)
    default: nil
    }
  }

  /// ROUND: to the nearest integer; of two, to the larger.
  public var rounded: XSDValue? {
    rounded({ $0.rounded }) { value in
      let below = value.rounded(.down)
      let nearest = value - below >= 0.5 ? below + 1 : below
      return nearest == 0 && value.sign == .minus ? -0.0 : nearest
    }
  }

  /// CEIL.
  public var ceiling: XSDValue? { rounded({ $0.ceiling }) { $0.rounded(.up) } }

  /// FLOOR.
  public var floor: XSDValue? { rounded({ $0.floor }) { $0.rounded(.down) } }

  /// Applies the function of the number's type; the type stays.
  private func rounded(_ exact: (XSDDecimal) -> XSDDecimal, _ binary: (Double) -> Double)
    -> XSDValue?
  {
    switch self {
    case .integer: self
    case .decimal(let value): .decimal(exact(value))
    case .float(let value): .float(Float(binary(Double(value))))
    case .double(let value): .double(value.isFinite ? binary(value) : value)
    default: nil
    }
  }
}

extension Double {
  /// What `Double(_:)` gives, which works out each bit of an Int128.
  package init(nearest integer: Int128) {
    self = Int64(exactly: integer).map { Double($0) } ?? Double(integer)
  }
}
