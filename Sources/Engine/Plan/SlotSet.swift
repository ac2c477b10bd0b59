/// The number of a variable in one plan; hidden variables have slots too.
typealias Slot = Int

/// A set of slots; the first 64 cost no memory.
struct SlotSet: Hashable, Sendable, Sequence {
  private var low: UInt64 = 0
  private var high: Set<Slot> = []

  init() {}

  init(_ slots: some Sequence<Slot>) {
    for slot in slots { insert(slot) }
  }

  mutating func insert(_ slot: Slot) {
    if slot < 64 { low |= 1 << UInt64(slot) } else { high.insert(slot) }
  }

  func contains(_ slot: Slot) -> Bool {
    slot < 64 ? low >> UInt64(slot) & 1 == 1 : high.contains(slot)
  }

  mutating func formUnion(_ other: SlotSet) {
    low |= other.low
    if !other.high.isEmpty { high.formUnion(other.high) }
  }

  /// The members, ascending.
  func makeIterator() -> Iterator { Iterator(low: low, high: high.sorted()[...]) }

  struct Iterator: IteratorProtocol {
    fileprivate var low: UInt64
    fileprivate var high: ArraySlice<Slot>

    mutating func next() -> Slot? {
      guard low != 0 else { return high.popFirst() }
      defer { low &= low - 1 }
      return low.trailingZeroBitCount
    }
  }

  /// The members below 64 as bits.
  var lowBits: UInt64 { low }

  var isEmpty: Bool { low == 0 && high.isEmpty }

  func isSubset(of other: SlotSet) -> Bool {
    low & ~other.low == 0 && (high.isEmpty || high.isSubset(of: other.high))
  }

  func union(_ other: SlotSet) -> SlotSet {
    var result = self
    result.low |= other.low
    if !other.high.isEmpty { result.high.formUnion(other.high) }
    return result
  }

  func intersection(_ other: SlotSet) -> SlotSet {
    var result = self
    result.low &= other.low
    if !high.isEmpty { result.high.formIntersection(other.high) }
    return result
  }

  func isDisjoint(with other: SlotSet) -> Bool { intersection(other).isEmpty }
}
