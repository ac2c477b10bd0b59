import Glibc

extension XSDValue {
  /// The order that `<` and its relatives go by. Source: SPARQL 1.2 Query, section 17.3.
  ///
  /// Numbers are compared after type promotion. Beyond the specification, values of the same `g…` type have an order.
  public func compare(to other: XSDValue) -> XSDOrdering {
    switch (self, other) {
    case (.boolean(let a), .boolean(let b)): Self.order(a ? 1 : 0, b ? 1 : 0)
    case (.string(let a), .string(let b)): Self.orderByCodePoint(a, b)
    case (.dateTime(let a), .dateTime(let b)), (.date(let a), .date(let b)),
      (.time(let a), .time(let b)), (.gYear(let a), .gYear(let b)),
      (.gYearMonth(let a), .gYearMonth(let b)), (.gMonth(let a), .gMonth(let b)),
      (.gMonthDay(let a), .gMonthDay(let b)), (.gDay(let a), .gDay(let b)):
      a.compare(to: b)
    case (.dayTimeDuration(let a), .dayTimeDuration(let b)):
      Self.order(a.attoseconds, b.attoseconds)
    case (.yearMonthDuration(let a), .yearMonthDuration(let b)): Self.order(a.months, b.months)
    default:
      if let a = asDuration, let b = other.asDuration {
        a == b ? .equal : .incomparable
      } else {
        compareNumbers(to: other)
      }
    }
  }

  /// What `=` gives; nil is an error (times whose equality hangs on an unknown time zone).
  ///
  /// Values of different kinds are different.
  public func equals(_ other: XSDValue) -> Bool? {
    if let a = asDuration, let b = other.asDuration { return a == b }
    switch compare(to: other) {
    case .equal: return true
    case .less, .greater, .unordered: return false
    case .incomparable: return kind == other.kind ? nil : false
    }
  }

  /// A total order of all values for ORDER BY: by kind, times without a zone as in UTC, NaN before other numbers.
  ///
  /// Of numbers that the nearest doubles do not tell apart, each exact one has its place, which `<` does not give
  /// beside a float or a double.
  public func sorts(before other: XSDValue) -> Bool {
    if let a = asTime, let b = other.asTime, kind == other.kind {
      return a.utcAttoseconds < b.utcAttoseconds
    }
    if let a = asDuration, let b = other.asDuration {
      return (a.months, a.attoseconds) < (b.months, b.attoseconds)
    }
    if let a = asDecimal, let b = other.asDecimal { return a < b }
    if let a = asDouble, let b = other.asDouble {
      if a != b { return a.isNaN ? !b.isNaN : a < b }
      guard let a = sortingDecimal, let b = other.sortingDecimal else { return false }
      return a < b
    }
    switch compare(to: other) {
    case .less: return true
    case .equal, .greater, .unordered: return false
    case .incomparable: return kind < other.kind
    }
  }

  /// Where a number lies among those with the same nearest double; nil where no other is there.
  private var sortingDecimal: XSDDecimal? { asDecimal ?? asDouble.flatMap { XSDDecimal($0) } }

  private func compareNumbers(to other: XSDValue) -> XSDOrdering {
    switch Self.promote(self, other) {
    case .integers(let a, let b): Self.order(a, b)
    case .decimals(let a, let b): Self.order(a, b)
    case .floats(let a, let b): a.isNaN || b.isNaN ? .unordered : Self.order(a, b)
    case .doubles(let a, let b): a.isNaN || b.isNaN ? .unordered : Self.order(a, b)
    case nil: .incomparable
    }
  }

  private static func order<T: Comparable>(_ a: T, _ b: T) -> XSDOrdering {
    a < b ? .less : a == b ? .equal : .greater
  }

  /// UTF-8 bytes sort as code points do; Swift's own order of strings is by canonical equivalence.
  static func orderByCodePoint(_ a: String, _ b: String) -> XSDOrdering {
    var (a, b) = (a, b)
    let order = a.withUTF8 { a in
      b.withUTF8 { b in
        guard let x = a.baseAddress, let y = b.baseAddress else { return a.count - b.count }
        let order = memcmp(x, y, min(a.count, b.count))
        return order == 0 ? a.count - b.count : Int(order)
      }
    }
    return Self.order(order, 0)
  }

  var asDuration: XSDDuration? {
    switch self {
    case .duration(let value), .dayTimeDuration(let value), .yearMonthDuration(let value): value
    default: nil
    }
  }

  /// The content of a date or time.
  public var asTime: XSDDateTime? {
    switch self {
    case .dateTime(let value), .date(let value), .time(let value), .gYear(let value),
      .gYearMonth(let value), .gMonth(let value), .gMonthDay(let value), .gDay(let value):
      value
    default: nil
    }
  }

  /// Value spaces that never meet; all numbers are one, all durations are one.
  public var kind: UInt8 {
    if datatype.isNumeric { return XSDDatatype.integer.rawValue }
    if asDuration != nil { return XSDDatatype.duration.rawValue }
    return datatype.rawValue
  }
}
