public import RDF

/// Collects triples for a bulk load: 16 bytes each until `finish`.
public struct GraphLoader: ~Copyable {
  private var items: [LoadedTriple] = []

  public init() {}

  public var count: Int { items.count }

  public mutating func reserveCapacity(_ count: Int) {
    items.reserveCapacity(count)
  }

  /// `line` is a line in the knowledge base's numbering.
  public mutating func append(_ triple: EncodedTriple, line: UInt32 = Snapshot.noOrigin) {
    items.append(LoadedTriple(triple: triple, origin: line))
  }

  /// A snapshot with what was collected and what `snapshot` holds, whose origins win.
  ///
  /// Linear in the number of triples: radix sort, duplicates merged, two orders built.
  public consuming func finish(adding snapshot: Snapshot) -> Snapshot {
    var all = items
    if snapshot.tripleCount > 0 { all = snapshot.graph.items + all }
    var result = snapshot
    result.graph = Graph(base: TripleSet(loading: all))
    return result
  }
}
