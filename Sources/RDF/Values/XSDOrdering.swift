/// How two values stand to each other.
public enum XSDOrdering: Int8, Hashable, Sendable {
  case less = -1
  case equal = 0
  case greater = 1
  /// With NaN: no comparison holds but `!=`.
  case unordered = 2
  /// A type error: values of different kinds, or times whose order hangs on an unknown time zone.
  case incomparable = 3
}
