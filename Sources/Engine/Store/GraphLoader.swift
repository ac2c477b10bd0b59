public import RDF

/// Collects triples for a bulk load: 16 bytes each until `finish`.
public struct GraphLoader: ~Copyable {
  private var items: [LoadedTriple] = []
  private var named: [TermID: [LoadedTriple]] = [:]

  public init() {}

  /// Triples collected so far, in all graphs.
  public var count: Int { named.values.reduce(items.count) { $0 + $1.count } }

  public mutating func reserveCapacity(_ count: Int) {
    items.reserveCapacity(count)
  }

  /// `line` is a line in the knowledge base's numbering.
  public mutating func append(_ triple: EncodedTriple, line: UInt32 = Snapshot.noOrigin) {
    items.append(LoadedTriple(triple: triple, origin: line))
  }

  /// The same for a named graph, or for the default graph where `graph` is `none`.
  @inline(__always)
  public mutating func append(_ triple: EncodedTriple, graph: TermID, line: UInt32) {
    if graph == .none { return append(triple, line: line) }
    named[graph, default: []].append(LoadedTriple(triple: triple, origin: line))
  }

  /// A snapshot with what was collected and what `snapshot` holds, whose origins win.
  ///
  /// Linear in the number of triples: radix sort, duplicates merged, two orders built.
  public consuming func finish(adding snapshot: Snapshot) -> Snapshot {
    finish(adding: snapshot, poll: {})
  }

  /// The same; `poll` is called between the passes over the triples, and ends it by throwing.
  public consuming func finish<Failure: Error>(
    adding snapshot: Snapshot, poll: () throws(Failure) -> Void
  ) throws(Failure) -> Snapshot {
    var result = snapshot
    if !items.isEmpty {
      result.graph = try Self.merged(snapshot.graph, Self.taken(&items), poll)
    }
    for name in Array(named.keys) {
      let items = Self.taken(&named[name, default: []])
      result.namedGraphs[name] = try Self.merged(
        snapshot.namedGraphs[name] ?? .empty, items, poll)
    }
    return result
  }

  /// The items, left nowhere else, so that sorting does not copy them first.
  private static func taken(_ items: inout [LoadedTriple]) -> [LoadedTriple] {
    var taken: [LoadedTriple] = []
    swap(&taken, &items)
    return taken
  }

  private static func merged<Failure: Error>(
    _ graph: Graph, _ items: consuming [LoadedTriple], _ poll: () throws(Failure) -> Void
  ) throws(Failure) -> Graph {
    if graph.tripleCount > 0 { items = graph.items + items }
    return Graph(base: try TripleSet(loading: items, poll: poll))
  }
}
