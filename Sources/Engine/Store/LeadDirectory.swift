import RDF

/// Where the triples of each leading id begin in the sorted columns of an index.
///
/// Its memory is its owner's to free.
struct LeadDirectory {
  private enum Kind {
    /// `keys` are searched: 8 bytes a key. For few leading ids: predicates, deltas, small graphs.
    case sparse
    /// An offset for every id: 4 bytes an id. Where most ids lead.
    case dense
    /// A bit for every id says whether it leads, and how many do before each 64 of them: a fifth
    /// of a byte an id and 4 bytes a key. For the index of one predicate.
    case ranked
  }

  private let kind: Kind
  private let keys: UnsafeMutableBufferPointer<TermID>
  /// `offsets[k]..<offsets[k + 1]` for the k-th leading id or, if dense, for id k.
  private let offsets: UnsafeMutableBufferPointer<UInt32>
  private let words: UnsafeMutableBufferPointer<UInt64>
  private let ranks: UnsafeMutableBufferPointer<UInt32>

  /// `starts` has the start for each of the ascending keys, and the end of the last one.
  init(keys: [TermID], starts: [UInt32], maximumID: UInt32) {
    let isDense = keys.count > Int(maximumID) / 4
    kind = isDense ? .dense : .sparse
    self.keys = Self.kept(isDense ? [] : keys)
    offsets = Self.kept(isDense ? Self.spread(keys, starts) : starts)
    words = Self.kept([])
    ranks = Self.kept([])
  }

  /// One bit an id; `starts` as above.
  init(words: [UInt64], starts: [UInt32]) {
    kind = .ranked
    keys = Self.kept([])
    offsets = Self.kept(starts)
    self.words = Self.kept(words)
    ranks = Self.kept(Self.ranks(words))
  }

  func deallocate() {
    keys.deallocate()
    offsets.deallocate()
    words.deallocate()
    ranks.deallocate()
  }

  static func kept<T>(_ items: some Collection<T>) -> UnsafeMutableBufferPointer<T> {
    let buffer = UnsafeMutableBufferPointer<T>.allocate(capacity: items.count)
    _ = buffer.initialize(from: items)
    return buffer
  }

  /// How many bits are set before each word.
  static func ranks(_ words: [UInt64]) -> [UInt32] {
    var sum: UInt32 = 0
    return words.map { word in
      defer { sum += UInt32(word.nonzeroBitCount) }
      return sum
    }
  }

  private static func spread(_ keys: [TermID], _ starts: [UInt32]) -> [UInt32] {
    let last = Int(keys.last?.rawValue ?? 0)
    var offsets: [UInt32] = []
    offsets.reserveCapacity(last + 2)
    for (index, key) in keys.enumerated() {
      while offsets.count <= Int(key.rawValue) { offsets.append(starts[index]) }
    }
    offsets.append(starts[keys.count])
    return offsets
  }

  /// Where the triples with this leading id lie.
  @inline(__always)
  func range(_ lead: TermID) -> Range<Int> { range(at: place(of: lead)) }

  /// The place of a leading id among the offsets; beyond them for others.
  @inline(__always)
  func place(of lead: TermID) -> Int {
    let id = Int(lead.rawValue)
    switch kind {
    case .dense: return id
    case .sparse:
      let at = UnsafeBufferPointer(keys).lowerBound(of: lead, in: 0..<keys.count)
      return at < keys.count && keys[at] == lead ? at : offsets.count
    case .ranked:
      guard id >> 6 < words.count else { return offsets.count }
      let word = words[id >> 6]
      let bit: UInt64 = 1 &<< UInt64(id & 63)
      guard word & bit != 0 else { return offsets.count }
      return Int(ranks[id >> 6]) &+ (word & (bit &- 1)).nonzeroBitCount
    }
  }

  /// Where the triples of the leading id at a place lie.
  @inline(__always)
  func range(at place: Int) -> Range<Int> {
    guard place &+ 1 < offsets.count else { return 0..<0 }
    return Range(uncheckedBounds: (Int(offsets[place]), Int(offsets[place &+ 1])))
  }

  /// Says that the range at a place will be asked for soon.
  @inline(__always)
  func prefetch(at place: Int) { Engine.prefetch(offsets.baseAddress?.advanced(by: place)) }

  /// Calls `body` with each leading id, ascending, and where its triples lie.
  @inline(__always)
  func forEachLead(_ body: (TermID, Range<Int>) -> Void) {
    func call(_ id: Int, _ at: Int) {
      body(
        TermID(rawValue: UInt32(truncatingIfNeeded: id)), Int(offsets[at])..<Int(offsets[at + 1]))
    }
    switch kind {
    case .dense:
      for at in 0..<max(0, offsets.count - 1) where offsets[at] < offsets[at + 1] { call(at, at) }
    case .sparse:
      for at in keys.indices { call(Int(keys[at].rawValue), at) }
    case .ranked:
      var at = 0
      for (index, word) in words.enumerated() {
        var rest = word
        while rest != 0 {
          call(index << 6 + rest.trailingZeroBitCount, at)
          at += 1
          rest &= rest - 1
        }
      }
    }
  }
}
