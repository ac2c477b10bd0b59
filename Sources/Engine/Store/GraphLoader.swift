public import RDF
import Synchronization

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
    var result = snapshot
    if !items.isEmpty { result.graph = Self.merged(snapshot.graph, Self.taken(&items)) }
    for name in Array(named.keys) {
      let items = Self.taken(&named[name, default: []])
      result.namedGraphs[name] = Self.merged(snapshot.namedGraphs[name] ?? .empty, items)
    }
    return result
  }

  /// The same; ends when `poll` throws, which is called all the time while a large load is put in
  /// order.
  public consuming func finish(
    adding snapshot: Snapshot, poll: () throws(EvaluationError) -> Void
  ) throws(EvaluationError) -> Snapshot {
    guard count >= Self.largeCount else { return finish(adding: snapshot) }
    let parcel = Parcel(Self.taken(&items), named)
    named = [:]
    return try DetachedThread.result(
      of: { parcel.opened().finish(adding: snapshot) }, poll: poll)
  }

  private static let largeCount = 1 << 18

  /// What was collected, on its way to another thread.
  private final class Parcel: Sendable {
    private let content: Mutex<(items: [LoadedTriple], named: [TermID: [LoadedTriple]])>

    init(_ items: consuming [LoadedTriple], _ named: consuming [TermID: [LoadedTriple]]) {
      content = Mutex((items, named))
    }

    /// Leaves nothing behind.
    func opened() -> GraphLoader {
      var loader = GraphLoader()
      content.withLock {
        swap(&loader.items, &$0.items)
        swap(&loader.named, &$0.named)
      }
      return loader
    }
  }

  /// The items, left nowhere else, so that sorting does not copy them first.
  private static func taken(_ items: inout [LoadedTriple]) -> [LoadedTriple] {
    var taken: [LoadedTriple] = []
    swap(&taken, &items)
    return taken
  }

  private static func merged(_ graph: Graph, _ items: consuming [LoadedTriple]) -> Graph {
    if graph.tripleCount > 0 { items = graph.items + items }
    return Graph(base: TripleSet(loading: items))
  }
}
