public import RDF

/// A dataset as it was at one moment: a default graph and named ones over one dictionary.
///
/// A value: keeping one costs nothing but what later changes replace.
public struct Snapshot: Sendable {
  public let dictionary: TermDictionary
  var graph: Graph
  var namedGraphs: [TermID: Graph] = [:]

  public init(dictionary: TermDictionary) {
    self.dictionary = dictionary
    graph = .empty
  }

  public var tripleCount: Int { graph.tripleCount }

  public func contains(_ triple: EncodedTriple) -> Bool { graph.contains(triple) }

  public func contains(_ quad: EncodedQuad) -> Bool {
    quad.graph == .none
      ? graph.contains(quad.triple) : namedGraphs[quad.graph]?.contains(quad.triple) ?? false
  }

  /// How many triples match; `TermID.none` is open. Exact, in logarithmic time.
  public func count(_ s: TermID, _ p: TermID, _ o: TermID) -> Int { graph.count(s, p, o) }

  /// The line a triple was written in; nil when it is not known.
  public func origin(of triple: EncodedTriple, inGraph name: TermID = .none) -> UInt32? {
    name == .none ? graph.origin(of: triple) : namedGraphs[name]?.origin(of: triple)
  }

  /// Calls `body` with the matching triples in the order of an index that serves the bound
  /// positions, until it returns false.
  public func forEach(
    _ s: TermID, _ p: TermID, _ o: TermID, _ body: (EncodedTriple) -> Bool
  ) {
    graph.forEach(s, p, o, body)
  }

  /// Calls `body` with the matching triples in any order, until it returns false; the first come at once.
  public func forEachUnordered(
    _ s: TermID, _ p: TermID, _ o: TermID, _ body: (EncodedTriple) -> Bool
  ) {
    graph.forEachUnordered(s, p, o, body)
  }

  /// Calls `body` with the different objects of a predicate, each once in any order, until it returns false.
  public func forEachObject(of predicate: TermID, _ body: (TermID) -> Bool) {
    graph.forEachObject(of: predicate, body)
  }

  /// The names of the named graphs, ascending; a graph may be empty.
  public var graphNames: [TermID] { namedGraphs.keys.sorted() }

  /// Calls `body` with every triple of a graph, `none` for the default one, by subject, predicate and object.
  public func forEach(inGraph name: TermID, _ body: (EncodedTriple) -> Void) {
    let graph = name == .none ? self.graph : namedGraphs[name] ?? .empty
    graph.forEach(.none, .none, .none) {
      body($0)
      return true
    }
  }

  /// The predicates that have triples, ascending by id.
  public var predicates: [TermID] {
    graph.leads(.pos).filter { graph.count(.none, $0, .none) > 0 }
  }

  /// The graph with a name, `none` for the default graph; nil when there is none.
  func graph(named name: TermID) -> Graph? { name == .none ? graph : namedGraphs[name] }

  /// The origin of a triple that has none.
  public static let noOrigin = UInt32.max

  /// A snapshot with some triples of a graph removed, then some added; O(delta), and once in a
  /// while the delta is merged into a new base.
  ///
  /// `name` is `none` for the default graph. A named graph is there from its first triple on, and
  /// stays when it has lost its last.
  public func applying(
    adding: [(EncodedTriple, origin: UInt32)], removing: [EncodedTriple],
    inGraph name: TermID = .none
  ) -> Snapshot {
    var result = self
    result.change(
      name, adding: adding.map { LoadedTriple(triple: $0.0, origin: $0.origin) },
      removing: removing)
    return result
  }

  mutating func change(
    _ name: TermID, adding: [LoadedTriple], removing: [EncodedTriple]
  ) {
    if name == .none {
      graph = graph.applying(adding: adding, removing: removing)
    } else if !adding.isEmpty || namedGraphs[name] != nil {
      namedGraphs[name] = (namedGraphs[name] ?? .empty).applying(
        adding: adding, removing: removing)
    }
  }
}
