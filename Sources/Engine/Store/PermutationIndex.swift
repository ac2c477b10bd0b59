import RDF

/// All triples of a set in one order: a directory of the leading ids and two sorted columns.
///
/// 8 bytes a triple, and 4 bytes an id for a dense directory (leading ids are a large part of
/// all ids) or 8 bytes a leading id for a sparse one (predicates, deltas, small graphs).
///
/// Sendable because nothing changes after `init`. The columns are buffers of its own and not
/// arrays, because reading an array's element through a class costs a reference count or two
/// in the joins' inner loops (measured: a third of a lookup). They live as long as the index.
final class PermutationIndex: @unchecked Sendable {
  typealias Column = UnsafeBufferPointer<TermID>

  let permutation: Permutation
  let seconds: Column
  let thirds: Column
  /// Sparse: the leading ids, sorted. Dense: empty.
  private let keys: Column
  /// Sparse: `offsets[k]..<offsets[k + 1]` for `keys[k]`. Dense: the same for id k.
  private let offsets: UnsafeBufferPointer<UInt32>
  private let isDense: Bool

  /// `items` are sorted by `permutation` and without duplicates.
  init(_ permutation: Permutation, sorted items: [LoadedTriple], maximumID: UInt32) {
    self.permutation = permutation
    let seconds = UnsafeMutableBufferPointer<TermID>.allocate(capacity: items.count)
    let thirds = UnsafeMutableBufferPointer<TermID>.allocate(capacity: items.count)
    var keys: [TermID] = []
    var starts: [UInt32] = []
    var last = TermID.none
    for (index, item) in items.enumerated() {
      let triple = permutation.permuted(item.triple)
      seconds.initializeElement(at: index, to: triple.predicate)
      thirds.initializeElement(at: index, to: triple.object)
      if triple.subject != last {
        last = triple.subject
        keys.append(last)
        starts.append(UInt32(truncatingIfNeeded: index))
      }
    }
    starts.append(UInt32(truncatingIfNeeded: items.count))
    self.seconds = Column(seconds)
    self.thirds = Column(thirds)
    isDense = keys.count > Int(maximumID) / 4
    self.keys = Column(Self.kept(isDense ? [] : keys))
    offsets = UnsafeBufferPointer(Self.kept(isDense ? Self.spread(keys, starts) : starts))
  }

  /// Columns of one leading id, merged from elsewhere.
  init(_ permutation: Permutation, lead: TermID, seconds: [TermID], thirds: [TermID]) {
    self.permutation = permutation
    self.seconds = Column(Self.kept(seconds))
    self.thirds = Column(Self.kept(thirds))
    isDense = false
    keys = Column(Self.kept([lead]))
    offsets = UnsafeBufferPointer(Self.kept([0, UInt32(truncatingIfNeeded: seconds.count)]))
  }

  deinit {
    seconds.deallocate()
    thirds.deallocate()
    keys.deallocate()
    offsets.deallocate()
  }

  private static func kept<T>(_ items: [T]) -> UnsafeMutableBufferPointer<T> {
    let buffer = UnsafeMutableBufferPointer<T>.allocate(capacity: items.count)
    _ = buffer.initialize(from: items)
    return buffer
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

  var count: Int { seconds.count }

  /// Where the triples with this leading id lie.
  @inline(__always)
  func range(_ lead: TermID) -> Range<Int> {
    var at = Int(lead.rawValue)
    if !isDense {
      at = keys.lowerBound(of: lead, in: 0..<keys.count)
      guard at < keys.count, keys[at] == lead else { return 0..<0 }
    }
    guard at + 1 < offsets.count else { return 0..<0 }
    return Range(uncheckedBounds: (Int(offsets[at]), Int(offsets[at + 1])))
  }

  @inline(__always)
  func range(_ lead: TermID, _ second: TermID) -> Range<Int> {
    range(second, in: range(lead))
  }

  /// The part of one leading id's triples that has this second id.
  @inline(__always)
  func range(_ second: TermID, in lead: Range<Int>) -> Range<Int> {
    let lower = seconds.lowerBound(of: second, in: lead)
    guard lower < lead.upperBound, seconds[lower] == second else {
      return Range(uncheckedBounds: (lower, lower))
    }
    return Range(
      uncheckedBounds: (lower, seconds.endOfRun(from: lower, to: lead.upperBound)))
  }

  /// The position of a triple given in this order, or nil.
  func position(_ lead: TermID, _ second: TermID, _ third: TermID) -> Int? {
    position(third, in: range(lead, second))
  }

  /// The position of a third id in a range of one leading and second id, or nil.
  @inline(__always)
  func position(_ third: TermID, in range: Range<Int>) -> Int? {
    let at = thirds.lowerBound(of: third, in: range)
    return at < range.upperBound && thirds[at] == third ? at : nil
  }

  /// Calls `body` with each leading id, ascending, and where its triples lie.
  @inline(__always)
  func forEachLead(_ body: (TermID, Range<Int>) -> Void) {
    for at in 0..<max(0, offsets.count - 1) where offsets[at] < offsets[at + 1] {
      let lead = isDense ? TermID(rawValue: UInt32(truncatingIfNeeded: at)) : keys[at]
      body(lead, Int(offsets[at])..<Int(offsets[at + 1]))
    }
  }

  /// The leading ids, ascending.
  var leads: [TermID] {
    var leads: [TermID] = []
    forEachLead { lead, _ in leads.append(lead) }
    return leads
  }
}
