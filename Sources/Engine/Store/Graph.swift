import RDF

/// One graph: an immutable base and a small delta over it.
///
/// The removed triples lie in the base; the added ones are not in what is left of it.
struct Graph: Sendable {
  var base: TripleSet
  var added: TripleSet
  var removed: TripleSet

  static let empty = Graph(base: .empty)

  init(base: TripleSet, added: TripleSet = .empty, removed: TripleSet = .empty) {
    self.base = base
    self.added = added
    self.removed = removed
  }

  var tripleCount: Int { base.count - removed.count + added.count }

  var hasDelta: Bool { !added.isEmpty || !removed.isEmpty }

  /// Whether both are parts of the same snapshot, or copies of one.
  func isSame(as other: Graph) -> Bool {
    base === other.base && added === other.added && removed === other.removed
  }

  func contains(_ triple: EncodedTriple) -> Bool {
    if hasDelta {
      if added.contains(triple) { return true }
      if removed.contains(triple) { return false }
    }
    return base.contains(triple)
  }

  func origin(of triple: EncodedTriple) -> UInt32? {
    if hasDelta {
      if added.contains(triple) { return added.origin(of: triple) }
      if removed.contains(triple) { return nil }
    }
    return base.origin(of: triple)
  }

  /// How many triples match; `TermID.none` is open. Logarithmic, from the indexes.
  func count(_ s: TermID, _ p: TermID, _ o: TermID) -> Int {
    let inBase = Self.count(base, s, p, o)
    guard hasDelta else { return inBase }
    return inBase - Self.count(removed, s, p, o) + Self.count(added, s, p, o)
  }

  private static func count(_ set: TripleSet, _ s: TermID, _ p: TermID, _ o: TermID) -> Int {
    switch (s.isBound, p.isBound, o.isBound) {
    case (false, false, false): set.count
    case (true, false, false): set.spo.range(s).count
    case (false, true, false): set.index(.pos).range(p).count
    case (false, false, true): set.index(.osp).range(o).count
    case (true, true, false): set.spo.range(s, p).count
    case (false, true, true): set.index(.pos).range(p, o).count
    case (true, false, true): set.index(.osp).range(o, s).count
    case (true, true, true): set.contains(EncodedTriple(s, p, o)) ? 1 : 0
    }
  }

  /// The triples with this leading id; zero-copy when the delta does not touch them.
  @inline(__always)
  func view(_ permutation: Permutation, _ lead: TermID) -> IndexView {
    let index = base.index(permutation)
    let view = IndexView(index: index, range: index.range(lead))
    return hasDelta ? merged(view, permutation, lead) { $0.range(lead) } : view
  }

  /// The triples with this leading and second id; only they are merged with the delta.
  @inline(__always)
  func view(_ permutation: Permutation, _ lead: TermID, _ second: TermID) -> IndexView {
    let index = base.index(permutation)
    let view = IndexView(index: index, range: index.range(lead, second))
    return hasDelta ? merged(view, permutation, lead) { $0.range(lead, second) } : view
  }

  private func merged(
    _ view: IndexView, _ permutation: Permutation, _ lead: TermID,
    _ range: (PermutationIndex) -> Range<Int>
  ) -> IndexView {
    let plus = added.index(permutation)
    let minus = removed.index(permutation)
    let plusRange = range(plus)
    let minusRange = range(minus)
    if plusRange.isEmpty, minusRange.isEmpty { return view }
    var merge = ColumnMerge(capacity: view.range.count + plusRange.count)
    merge.run(
      view, adding: IndexView(index: plus, range: plusRange),
      removing: IndexView(index: minus, range: minusRange))
    let index = PermutationIndex(
      permutation, lead: lead, seconds: merge.seconds, thirds: merge.thirds)
    return IndexView(index: index, range: 0..<index.count)
  }

  /// The leading ids of an order, ascending; may hold some whose triples are all removed.
  func leads(_ permutation: Permutation) -> [TermID] {
    let leads = base.index(permutation).leads
    return added.isEmpty ? leads : leads.merged(with: added.index(permutation).leads)
  }
}

extension [TermID] {
  /// The ids of two ascending lists, each once.
  func merged(with other: [TermID]) -> [TermID] {
    var result: [TermID] = []
    result.reserveCapacity(Swift.max(count, other.count))
    var at = 0
    for id in self {
      while at < other.count, other[at] < id {
        result.append(other[at])
        at += 1
      }
      if at < other.count, other[at] == id { at += 1 }
      result.append(id)
    }
    return result + other[at...]
  }
}

/// A part of an index: the second and third ids of some triples, in order.
struct IndexView {
  let index: PermutationIndex
  var range: Range<Int>

  var count: Int { range.count }
}

/// The sorted columns of one leading id, with a delta applied.
private struct ColumnMerge {
  var seconds: [TermID] = []
  var thirds: [TermID] = []

  init(capacity: Int) {
    seconds.reserveCapacity(capacity)
    thirds.reserveCapacity(capacity)
  }

  mutating func run(_ view: IndexView, adding: IndexView, removing: IndexView) {
    var plus = adding.range.lowerBound
    var minus = removing.range.lowerBound
    for at in view.range {
      let key = Self.key(view.index, at)
      while plus < adding.range.upperBound, Self.key(adding.index, plus) < key {
        append(Self.key(adding.index, plus))
        plus += 1
      }
      if minus < removing.range.upperBound, Self.key(removing.index, minus) == key {
        minus += 1
        continue
      }
      append(key)
    }
    while plus < adding.range.upperBound {
      append(Self.key(adding.index, plus))
      plus += 1
    }
  }

  private static func key(_ index: PermutationIndex, _ at: Int) -> UInt64 {
    UInt64(index.seconds[at].rawValue) << 32 | UInt64(index.thirds[at].rawValue)
  }

  private mutating func append(_ key: UInt64) {
    seconds.append(TermID(rawValue: UInt32(truncatingIfNeeded: key >> 32)))
    thirds.append(TermID(rawValue: UInt32(truncatingIfNeeded: key)))
  }
}
