import RDF

/// All triples of a set in one order: a directory of the leading ids and two sorted columns.
///
/// 8 bytes a triple, and 4 bytes an id for a dense directory (leading ids are a large part of
/// all ids) or 8 bytes a leading id for a sparse one (predicates, deltas, small graphs).
final class PermutationIndex: Sendable {
  enum Directory: Sendable {
    /// `offsets[id]..<offsets[id + 1]`, for ids below `offsets.count - 1`.
    case dense(offsets: [UInt32])
    /// `offsets[k]..<offsets[k + 1]` for the sorted `keys[k]`.
    case sparse(keys: [TermID], offsets: [UInt32])
  }

  let permutation: Permutation
  let directory: Directory
  let seconds: [TermID]
  let thirds: [TermID]

  /// `items` are sorted by `permutation` and without duplicates.
  init(_ permutation: Permutation, sorted items: [LoadedTriple], maximumID: UInt32) {
    self.permutation = permutation
    var keys: [TermID] = []
    var starts: [UInt32] = []
    var last = TermID.none
    seconds = [TermID](unsafeUninitializedCapacity: items.count) { buffer, count in
      for (index, item) in items.enumerated() {
        let triple = permutation.permuted(item.triple)
        buffer.initializeElement(at: index, to: triple.predicate)
        if triple.subject != last {
          last = triple.subject
          keys.append(last)
          starts.append(UInt32(truncatingIfNeeded: index))
        }
      }
      count = items.count
    }
    thirds = [TermID](unsafeUninitializedCapacity: items.count) { buffer, count in
      for (index, item) in items.enumerated() {
        buffer.initializeElement(at: index, to: permutation.permuted(item.triple).object)
      }
      count = items.count
    }
    starts.append(UInt32(truncatingIfNeeded: items.count))
    directory =
      keys.count > Int(maximumID) / 4
      ? .dense(offsets: Self.spread(keys, starts)) : .sparse(keys: keys, offsets: starts)
  }

  /// Columns of one leading id, merged from elsewhere.
  init(_ permutation: Permutation, lead: TermID, seconds: [TermID], thirds: [TermID]) {
    self.permutation = permutation
    self.seconds = seconds
    self.thirds = thirds
    directory = .sparse(keys: [lead], offsets: [0, UInt32(truncatingIfNeeded: seconds.count)])
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
    switch directory {
    case .dense(let offsets):
      let at = Int(lead.rawValue)
      guard at + 1 < offsets.count else { return 0..<0 }
      return Range(uncheckedBounds: (Int(offsets[at]), Int(offsets[at + 1])))
    case .sparse(let keys, let offsets):
      let at = keys.lowerBound(of: lead, in: 0..<keys.count)
      guard at < keys.count, keys[at] == lead else { return 0..<0 }
      return Range(uncheckedBounds: (Int(offsets[at]), Int(offsets[at + 1])))
    }
  }

  @inline(__always)
  func range(_ lead: TermID, _ second: TermID) -> Range<Int> {
    range(second, in: range(lead))
  }

  /// The part of one leading id's triples that has this second id.
  @inline(__always)
  func range(_ second: TermID, in lead: Range<Int>) -> Range<Int> {
    let lower = seconds.lowerBound(of: second, in: lead)
    guard lower < lead.upperBound, seconds[lower] == second else { return lower..<lower }
    return Range(
      uncheckedBounds: (lower, seconds.upperBound(of: second, from: lower, to: lead.upperBound)))
  }

  /// The position of a triple given in this order, or nil.
  func position(_ lead: TermID, _ second: TermID, _ third: TermID) -> Int? {
    let range = range(lead, second)
    let at = thirds.lowerBound(of: third, in: range)
    return at < range.upperBound && thirds[at] == third ? at : nil
  }

  /// Calls `body` with each leading id, ascending, and where its triples lie.
  @inline(__always)
  func forEachLead(_ body: (TermID, Range<Int>) -> Void) {
    switch directory {
    case .sparse(let keys, let offsets):
      for (index, key) in keys.enumerated() {
        body(key, Int(offsets[index])..<Int(offsets[index + 1]))
      }
    case .dense(let offsets):
      for id in 0..<max(0, offsets.count - 1) where offsets[id] < offsets[id + 1] {
        body(TermID(rawValue: UInt32(id)), Int(offsets[id])..<Int(offsets[id + 1]))
      }
    }
  }

  /// The leading ids, ascending.
  var leads: [TermID] {
    switch directory {
    case .sparse(let keys, _): keys
    case .dense(let offsets):
      (0..<max(0, offsets.count - 1)).compactMap {
        offsets[$0] < offsets[$0 + 1] ? TermID(rawValue: UInt32($0)) : nil
      }
    }
  }

  var leadCount: Int {
    switch directory {
    case .sparse(let keys, _): keys.count
    case .dense(let offsets):
      (0..<max(0, offsets.count - 1)).reduce(0) { $0 + (offsets[$1] < offsets[$1 + 1] ? 1 : 0) }
    }
  }
}
