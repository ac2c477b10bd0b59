public import RDF

/// A whole query: a form over a pattern, asked of a dataset.
public struct Query: Hashable, Sendable {
  public enum Form: Hashable, Sendable {
    case select
    case ask
    /// A blank node of the template stands for a new one in each solution.
    case construct([TriplePattern])
    case describe([TermPattern])
  }

  public var form: Form
  /// For `select`, its outermost projection gives the columns.
  public var pattern: Pattern
  /// What FROM and FROM NAMED say; nil without either.
  public var dataset: DatasetClause?
  /// What IRI() resolves relative references against; without it they are errors.
  public var base: String?

  public init(
    _ form: Form, _ pattern: Pattern, dataset: DatasetClause? = nil, base: String? = nil
  ) {
    self.form = form
    self.pattern = pattern
    self.dataset = dataset
    self.base = base
  }
}

/// The graphs a query is asked of: FROM and FROM NAMED, USING and USING NAMED.
/// Source: SPARQL 1.2 Query, section 13.2.
public struct DatasetClause: Hashable, Sendable {
  /// The graphs whose merge is the default graph.
  public var defaultGraphs: [Term]
  public var namedGraphs: [Term]

  public init(defaultGraphs: [Term] = [], namedGraphs: [Term] = []) {
    self.defaultGraphs = defaultGraphs
    self.namedGraphs = namedGraphs
  }
}
