public import RDF

/// A triple in a graph, in handles of one dictionary.
public struct EncodedQuad: Hashable, Sendable {
  public var triple: EncodedTriple
  /// `none` is the default graph.
  public var graph: TermID

  public init(_ triple: EncodedTriple, graph: TermID = .none) {
    self.triple = triple
    self.graph = graph
  }
}
