import RDF

/// Ids in ascending order, each once; a part of an index as a rule.
typealias SortedList = UnsafeBufferPointer<TermID>

extension SortedList {
  /// The first position in `range` whose id is at least `id`, near its beginning as a rule.
  @inline(__always)
  func gallop(to id: TermID, in range: Range<Int>) -> Int {
    var low = range.lowerBound
    if low == range.upperBound || self[low] >= id { return low }
    var step = 1
    while low + step < range.upperBound, self[low + step] < id {
      low += step
      step *= 2
    }
    return lowerBound(of: id, in: low..<Swift.min(range.upperBound, low + step + 1))
  }

  /// How many ids the list shares with another; they are written to `found` if given, which has
  /// room for the shorter list and may be the memory of either.
  ///
  /// By merging, or by galloping where one list is much longer.
  @inline(__always)
  func intersect(_ other: SortedList, into found: UnsafeMutablePointer<TermID>?) -> Int {
    count > other.count
      ? Self.intersect(shorter: other, self, into: found)
      : Self.intersect(shorter: self, other, into: found)
  }

  private static func intersect(
    shorter a: SortedList, _ b: SortedList, into found: UnsafeMutablePointer<TermID>?
  ) -> Int {
    var count = 0
    if b.count / 16 > a.count {
      var start = 0
      for value in a {
        start = b.gallop(to: value, in: start..<b.count)
        if start == b.count { break }
        if b[start] == value {
          found?[count] = value
          count += 1
        }
      }
      return count
    }
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      let (x, y) = (a[i].rawValue, b[j].rawValue)
      if let found, x == y { found[count] = a[i] }
      count &+= x == y ? 1 : 0
      i &+= x <= y ? 1 : 0
      j &+= y <= x ? 1 : 0
    }
    return count
  }
}

/// A list that several others are intersected with, one after the other.
///
/// A small set of bits, one for the hash of each id, tells of nearly every id of another list
/// that it is not in this one, without a branch: half a nanosecond an id, where a step of a merge
/// takes two. What passes is looked up.
struct SteadyList: ~Copyable {
  private(set) var ids = SortedList(start: nil, count: 0)
  private var bits: UnsafeMutableBufferPointer<UInt64>
  /// What is left of a 32-bit hash are the bits above this; 32 without a set of bits.
  private var shift: UInt32 = 32
  /// Where the list lies if it is in no index.
  private var own: UnsafeMutableBufferPointer<TermID>
  /// Room for the ids that pass.
  private var passed: UnsafeMutableBufferPointer<TermID>

  init() {
    bits = .allocate(capacity: 64)
    own = .allocate(capacity: 1024)
    passed = .allocate(capacity: 1024)
  }

  deinit {
    bits.deallocate()
    own.deallocate()
    passed.deallocate()
  }

  /// Takes a list, which has to stay where it is as long as it is used.
  mutating func set(_ ids: SortedList) {
    self.ids = ids
    shift = 32
  }

  /// Takes a copy of a list.
  mutating func set(copyOf ids: SortedList) {
    Self.reserve(ids.count, &own)
    _ = own.update(fromContentsOf: ids)
    set(SortedList(rebasing: own[..<ids.count]))
  }

  /// Keeps what another list has, too.
  mutating func narrow(to other: SortedList) {
    // Only a list of an index can be too long for `own`.
    Self.reserve(ids.count, &own)
    set(SortedList(rebasing: own[..<ids.intersect(other, into: own.baseAddress)]))
  }

  /// Makes ready for so many other lists.
  mutating func prepare(useCount: Int) {
    if useCount > 2, ids.count > 2 { makeBits() }
  }

  /// Sixteen bits or more an id, up to two million.
  private mutating func makeBits() {
    let bitCount = min(max(64, ids.count * 16), 1 << 20)
    let width = UInt32(Int.bitWidth - (bitCount - 1).leadingZeroBitCount)
    shift = 32 - width
    let wordCount = 1 << Int(width - 6)
    if bits.count < wordCount {
      bits.deallocate()
      bits = .allocate(capacity: wordCount)
    }
    UnsafeMutableBufferPointer(rebasing: bits[..<wordCount]).initialize(repeating: 0)
    for id in ids {
      let place = Self.place(id, shift)
      bits[place >> 6] |= 1 << UInt64(place & 63)
    }
  }

  @inline(__always)
  private static func place(_ id: TermID, _ shift: UInt32) -> Int {
    Int((id.rawValue &* 0x9E37_79B1) &>> shift)
  }

  /// How many ids another list shares with this one.
  @inline(__always)
  mutating func count(in other: SortedList) -> Int {
    if ids.isEmpty || other.isEmpty { return 0 }
    guard isSifting(other) else { return ids.intersect(other, into: nil) }
    let count = sift(other)
    return count == 0
      ? 0 : SortedList(rebasing: passed[..<count]).intersect(ids, into: nil)
  }

  /// Appends the ids that another list shares with this one.
  @inline(__always)
  mutating func append(sharedWith other: SortedList, to values: inout [TermID]) {
    if ids.isEmpty || other.isEmpty { return }
    let list = isSifting(other) ? SortedList(rebasing: passed[..<sift(other)]) : other
    if list.isEmpty { return }
    Self.reserve(list.count, &passed)
    let count = list.intersect(ids, into: passed.baseAddress)
    values.append(contentsOf: SortedList(rebasing: passed[..<count]))
  }

  /// Among very many ids, this list's are sooner looked up.
  @inline(__always)
  private func isSifting(_ other: SortedList) -> Bool {
    shift < 32 && other.count / 64 <= ids.count
  }

  /// Leaves in `passed` the ids of a list whose bit is set.
  @inline(__always)
  private mutating func sift(_ list: SortedList) -> Int {
    Self.reserve(list.count, &passed)
    var count = 0
    for id in list {
      passed[count] = id
      let place = Self.place(id, shift)
      count &+= Int(truncatingIfNeeded: bits[place >> 6] &>> UInt64(place & 63) & 1)
    }
    return count
  }

  @inline(__always)
  private static func reserve(_ count: Int, _ buffer: inout UnsafeMutableBufferPointer<TermID>) {
    if buffer.count >= count { return }
    buffer.deallocate()
    buffer = .allocate(capacity: max(count, buffer.count * 2))
  }
}
