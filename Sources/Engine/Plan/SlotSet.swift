/// The number of a variable in one plan; hidden variables have slots too.
typealias Slot = Int

/// A set of slots, or of other small numbers; the first 64 cost no memory.
struct SlotSet: Hashable, Sendable, Sequence {
  private var low: UInt64 = 0
  /// Members from 64 on, 64 a word; the last word is not empty.
  private var high: [UInt64] = []

  init() {}

  init(_ slots: some Sequence<Slot>) {
    for slot in slots { insert(slot) }
  }

  mutating func insert(_ slot: Slot) {
    if slot < 64 {
      low |= 1 << UInt64(slot)
    } else {
      while high.count <= slot / 64 - 1 { high.append(0) }
      high[slot / 64 - 1] |= 1 << UInt64(slot % 64)
    }
  }

  func contains(_ slot: Slot) -> Bool {
    if slot < 64 { return low >> UInt64(slot) & 1 == 1 }
    return slot / 64 - 1 < high.count && high[slot / 64 - 1] >> UInt64(slot % 64) & 1 == 1
  }

  var isEmpty: Bool { low == 0 && high.isEmpty }

  /// The members below 64 as bits.
  var lowBits: UInt64 { low }

  func isSubset(of other: SlotSet) -> Bool {
    low & ~other.low == 0 && high.count <= other.high.count
      && zip(high, other.high).allSatisfy { $0 & ~$1 == 0 }
  }

  mutating func formUnion(_ other: SlotSet) {
    low |= other.low
    while high.count < other.high.count { high.append(0) }
    for word in other.high.indices { high[word] |= other.high[word] }
  }

  func union(_ other: SlotSet) -> SlotSet {
    var result = self
    result.formUnion(other)
    return result
  }

  func intersection(_ other: SlotSet) -> SlotSet {
    var result = SlotSet()
    result.low = low & other.low
    if !high.isEmpty, !other.high.isEmpty {
      result.high = zip(high, other.high).map { $0 & $1 }
      while result.high.last == 0 { result.high.removeLast() }
    }
    return result
  }

  func subtracting(_ other: SlotSet) -> SlotSet {
    var result = self
    result.low &= ~other.low
    if !high.isEmpty {
      for word in 0..<Swift.min(high.count, other.high.count) {
        result.high[word] &= ~other.high[word]
      }
      while result.high.last == 0 { result.high.removeLast() }
    }
    return result
  }

  var count: Int { high.reduce(low.nonzeroBitCount) { $0 + $1.nonzeroBitCount } }

  /// The member of a set that has one.
  var onlyMember: Slot? {
    var rest = makeIterator()
    guard let first = rest.next(), rest.next() == nil else { return nil }
    return first
  }

  func isDisjoint(with other: SlotSet) -> Bool {
    low & other.low == 0 && zip(high, other.high).allSatisfy { $0 & $1 == 0 }
  }

  /// The members, ascending.
  func makeIterator() -> Iterator { Iterator(word: low, rest: high[...]) }

  struct Iterator: IteratorProtocol {
    fileprivate var word: UInt64
    fileprivate var rest: ArraySlice<UInt64>
    private var base = 0

    fileprivate init(word: UInt64, rest: ArraySlice<UInt64>) {
      self.word = word
      self.rest = rest
    }

    mutating func next() -> Slot? {
      while word == 0 {
        guard let more = rest.popFirst() else { return nil }
        word = more
        base += 64
      }
      defer { word &= word - 1 }
      return base + word.trailingZeroBitCount
    }
  }
}
