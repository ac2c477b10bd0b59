import RDF

/// All triples of a set in one order, or those of one predicate: a directory of the leading ids
/// and two sorted columns.
///
/// 8 bytes a triple and the directory; 4 bytes a triple where all have the same second id.
///
/// Sendable because nothing changes after `init`. The columns are buffers of its own and not
/// arrays, because reading an array's element through a class costs a reference count or two
/// in the joins' inner loops (measured: a third of a lookup). They live as long as the index.
final class PermutationIndex: @unchecked Sendable {
  typealias Column = UnsafeBufferPointer<TermID>

  let permutation: Permutation
  /// Empty where all triples have the same second id.
  let seconds: Column
  let thirds: Column
  private let hasSameSecond: Bool
  let directory: LeadDirectory

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
    hasSameSecond = false
    directory = LeadDirectory(keys: keys, starts: starts, maximumID: maximumID)
  }

  /// The triples of `spo` in an order that is made by counting.
  init(_ permutation: Permutation, from spo: PermutationIndex, maximumID: UInt32) {
    self.permutation = permutation
    // The start for each id, one place on; placing the triples moves each to where it belongs.
    var starts = [UInt32](repeating: 0, count: Int(maximumID) + 3)
    let leads = permutation == .osp ? spo.thirds : spo.seconds
    for id in leads { starts[Int(id.rawValue) + 2] += 1 }
    for at in 2..<starts.count { starts[at] += starts[at - 1] }
    let keys = (0...maximumID).filter { starts[Int($0) + 1] < starts[Int($0) + 2] }
    directory = LeadDirectory(
      keys: keys.map(TermID.init), starts: keys.map { starts[Int($0) + 1] } + starts.suffix(1),
      maximumID: maximumID)
    let seconds = UnsafeMutableBufferPointer<TermID>.allocate(capacity: spo.count)
    let thirds = UnsafeMutableBufferPointer<TermID>.allocate(capacity: spo.count)
    spo.forEachLead { subject, range in
      for at in range {
        let triple = permutation.permuted(EncodedTriple(subject, spo.seconds[at], spo.thirds[at]))
        let place = Int(triple.subject.rawValue) + 1
        let target = Int(starts[place])
        starts[place] += 1
        seconds.initializeElement(at: target, to: triple.predicate)
        thirds.initializeElement(at: target, to: triple.object)
      }
    }
    self.seconds = Column(seconds)
    self.thirds = Column(thirds)
    hasSameSecond = false
  }

  /// Columns of one leading id, merged from elsewhere.
  init(_ permutation: Permutation, lead: TermID, seconds: [TermID], thirds: [TermID]) {
    self.permutation = permutation
    self.seconds = Column(LeadDirectory.kept(seconds))
    self.thirds = Column(LeadDirectory.kept(thirds))
    hasSameSecond = false
    directory = LeadDirectory(
      keys: [lead], starts: [0, UInt32(truncatingIfNeeded: seconds.count)], maximumID: .max)
  }

  /// The triples of one predicate in the order `spo` or `ops`, from where they lie in `pos`: sorted
  /// by counting.
  init(_ permutation: Permutation, of predicate: TermID, from pos: PermutationIndex) {
    self.permutation = permutation
    let range = pos.range(predicate)
    let objects = Column(rebasing: pos.seconds[range])
    let subjects = Column(rebasing: pos.thirds[range])
    let (leads, others) = permutation == .spo ? (subjects, objects) : (objects, subjects)
    let width = Int((leads.max() ?? .none).rawValue) / 64 + 1
    var words = [UInt64](repeating: 0, count: width)
    for id in leads { words[Int(id.rawValue >> 6)] |= 1 &<< UInt64(id.rawValue & 63) }
    let numbers = TermNumbers(words)
    let keyCount = words.reduce(0) { $0 + $1.nonzeroBitCount }
    // The starts, one place on; placing the triples moves each to where it belongs.
    var starts = [UInt32](repeating: 0, count: keyCount + 2)
    for id in leads { starts[Int(numbers[id]) + 2] += 1 }
    for at in 2..<starts.count { starts[at] += starts[at - 1] }
    let thirds = UnsafeMutableBufferPointer<TermID>.allocate(capacity: range.count)
    for at in leads.indices {
      let key = Int(numbers[leads[at]]) + 1
      thirds.initializeElement(at: Int(starts[key]), to: others[at])
      starts[key] += 1
    }
    starts.removeLast()
    seconds = Column(LeadDirectory.kept([]))
    self.thirds = Column(thirds)
    hasSameSecond = true
    directory = LeadDirectory(words: words, starts: starts)
  }

  deinit {
    seconds.deallocate()
    thirds.deallocate()
    directory.deallocate()
  }

  var count: Int { thirds.count }

  /// Where the triples with this leading id lie.
  @inline(__always)
  func range(_ lead: TermID) -> Range<Int> { directory.range(lead) }

  @inline(__always)
  func range(_ lead: TermID, _ second: TermID) -> Range<Int> {
    range(second, in: range(lead))
  }

  /// The part of one leading id's triples that has this second id, which is the only one where all
  /// triples have the same.
  ///
  /// `isNear` says that it is expected at the beginning of the part given.
  @inline(__always)
  func range(_ second: TermID, in lead: Range<Int>, isNear: Bool = false) -> Range<Int> {
    if hasSameSecond { return lead }
    let lower =
      isNear ? seconds.gallop(to: second, in: lead) : seconds.lowerBound(of: second, in: lead)
    guard lower < lead.upperBound, seconds[lower] == second else {
      return Range(uncheckedBounds: (lower, lower))
    }
    return Range(
      uncheckedBounds: (lower, seconds.endOfRun(from: lower, to: lead.upperBound)))
  }

  /// Says that a second id will be looked for soon in a part of the index.
  @inline(__always)
  func prefetch(secondsIn part: Range<Int>) {
    Engine.prefetch(seconds.baseAddress?.advanced(by: part.lowerBound + part.count / 2))
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
  func forEachLead(_ body: (TermID, Range<Int>) -> Void) { directory.forEachLead(body) }

  /// The leading ids, ascending.
  var leads: [TermID] {
    var leads: [TermID] = []
    forEachLead { lead, _ in leads.append(lead) }
    return leads
  }
}
