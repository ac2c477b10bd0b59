import Engine
public import RDF

/// The triples that CONSTRUCT and DESCRIBE give, each once.
public struct GraphAnswer: Sendable {
  private let graph: ResultGraph
  private let display: @Sendable (Term) -> String
  /// From parsed query to last triple.
  public let milliseconds: Double

  init(
    _ graph: ResultGraph, milliseconds: Double, display: @escaping @Sendable (Term) -> String
  ) {
    self.graph = graph
    self.display = display
    self.milliseconds = milliseconds
  }

  public var tripleCount: Int { graph.count }

  /// Decoded on demand.
  public func triple(_ index: Int) -> Triple { graph[index] }

  /// A term as people read it: a name, a literal's text.
  public func text(_ term: Term) -> String { display(term) }
}
