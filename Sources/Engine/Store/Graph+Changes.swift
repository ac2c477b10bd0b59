import RDF

extension Graph {
  /// Deltas up to this size are never merged.
  private static let smallDelta = 1024

  /// The graph with some triples removed, then some added. O(delta) but for merges.
  func applying(adding: [LoadedTriple], removing: [EncodedTriple]) -> Graph {
    if adding.isEmpty, removing.isEmpty { return self }
    if Self.isLarge(adding.count + removing.count, over: base.count) {
      return rebuilt(adding: adding, removing: removing)
    }
    var plus: [EncodedTriple: UInt32] = [:]
    for item in added.items { plus[item.triple] = item.origin }
    var minus = Set(removed.items.map(\.triple))
    for triple in removing where plus.removeValue(forKey: triple) == nil && base.contains(triple) {
      minus.insert(triple)
    }
    for item in adding where plus[item.triple] == nil {
      let inBase = base.contains(item.triple)
      if inBase, !minus.contains(item.triple) { continue }
      if inBase, (base.origin(of: item.triple) ?? Snapshot.noOrigin) == item.origin {
        minus.remove(item.triple)
      } else {
        plus[item.triple] = item.origin
      }
    }
    let result = Graph(
      base: base,
      added: Self.set(plus.map { LoadedTriple(triple: $0.key, origin: $0.value) }),
      removed: Self.set(minus.map { LoadedTriple(triple: $0, origin: Snapshot.noOrigin) }))
    return result.mergedIfLarge
  }

  private static func set(_ items: [LoadedTriple]) -> TripleSet {
    if items.isEmpty { return .empty }
    return TripleSet(sorted: items.sorted { Self.precedes($0.triple, $1.triple) })
  }

  private static func precedes(_ a: EncodedTriple, _ b: EncodedTriple) -> Bool {
    if a.subject != b.subject { return a.subject < b.subject }
    return a.predicate != b.predicate ? a.predicate < b.predicate : a.object < b.object
  }

  private var mergedIfLarge: Graph {
    Self.isLarge(added.count + removed.count, over: base.count)
      ? Graph(base: TripleSet(loading: items)) : self
  }

  static func isLarge(_ delta: Int, over baseCount: Int) -> Bool {
    delta > smallDelta && delta > baseCount / 32
  }

  /// About how many triples `applying` puts in order for so many that change.
  func copiedCount(changing changeCount: Int) -> Int {
    let delta = added.count + removed.count + changeCount
    return Self.isLarge(delta, over: base.count) ? tripleCount + changeCount : delta
  }

  /// The same change as a new base; linear in all triples.
  private func rebuilt(adding: [LoadedTriple], removing: [EncodedTriple]) -> Graph {
    var kept = items
    if !removing.isEmpty {
      let removed = Set(removing)
      kept.removeAll { removed.contains($0.triple) }
    }
    return Graph(base: TripleSet(loading: kept + adding))
  }

  /// All triples with their origins, those of the base first.
  var items: [LoadedTriple] {
    hasDelta
      ? base.items.filter { !removed.contains($0.triple) } + added.items : base.items
  }
}
