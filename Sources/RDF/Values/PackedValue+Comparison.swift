extension PackedValue {
  /// The order that `<` goes by: what `XSDValue.compare(to:)` gives. Values of one kind take a few instructions.
  @inlinable
  public func compare(to other: PackedValue) -> XSDOrdering {
    if tag == other.tag {
      switch kind {
      case .integer, .boolean, .dateTime, .date, .time, .gYear, .gYearMonth, .dayTimeDuration,
        .yearMonthDuration:
        return payload < other.payload ? .less : payload == other.payload ? .equal : .greater
      case .double:
        let a = Double(bitPattern: UInt64(bitPattern: payload))
        let b = Double(bitPattern: UInt64(bitPattern: other.payload))
        return a < b ? .less : a == b ? .equal : a > b ? .greater : .unordered
      case .decimal:
        if (payload ^ other.payload) & 31 == 0 {
          return payload < other.payload ? .less : payload == other.payload ? .equal : .greater
        }
      case .float, .none: break
      }
    }
    return compareSlowly(to: other)
  }

  /// Across kinds, scales and time zones.
  public func compareSlowly(to other: PackedValue) -> XSDOrdering {
    guard let a = value, let b = other.value else { return .incomparable }
    return a.compare(to: b)
  }
}
