public import RDF

/// One operation of an update request. Source: SPARQL 1.2 Update, section 3.
public enum UpdateOperation: Hashable, Sendable {
  /// A blank node is a new one, the same wherever its label stands in the request.
  case insertData([Quad])
  case deleteData([Quad])
  case modify(Modification)
  /// `into` nil is the default graph.
  case load(source: String, into: Term?, silent: Bool)
  case clear(GraphSelection, silent: Bool)
  case drop(GraphSelection, silent: Bool)
  case create(Term, silent: Bool)
  /// nil is the default graph, here and in the two below.
  case add(from: Term?, to: Term?, silent: Bool)
  case move(from: Term?, to: Term?, silent: Bool)
  case copy(from: Term?, to: Term?, silent: Bool)
}

/// Which graphs CLEAR and DROP are about.
public enum GraphSelection: Hashable, Sendable {
  case defaultGraph
  case named(Term)
  case allNamed
  case all
}

/// DELETE and INSERT with templates, for each solution of a pattern. Source: SPARQL 1.2 Update, section 3.1.3.
public struct Modification: Hashable, Sendable {
  /// The graph of WITH: that of templates that name none, and the pattern's default graph unless `using` is there.
  public var with: Term?
  public var delete: [QuadPattern]
  /// A blank node stands for a new one in each solution.
  public var insert: [QuadPattern]
  public var using: DatasetClause?
  public var pattern: Pattern
  /// What IRI() resolves relative references against.
  public var base: String?

  public init(
    with: Term? = nil, delete: [QuadPattern], insert: [QuadPattern],
    using: DatasetClause? = nil, pattern: Pattern, base: String? = nil
  ) {
    self.with = with
    self.delete = delete
    self.insert = insert
    self.using = using
    self.pattern = pattern
    self.base = base
  }
}

/// A triple with gaps, in a graph; nil is the default graph, or that of WITH.
public struct QuadPattern: Hashable, Sendable {
  public var triple: TriplePattern
  public var graph: TermPattern?

  public init(_ triple: TriplePattern, graph: TermPattern? = nil) {
    self.triple = triple
    self.graph = graph
  }
}
