public import RDF

/// A graph pattern of the SPARQL algebra, with solution modifiers.
///
/// Evaluation gives a multiset of solutions (a sequence above `orderBy`). Source: SPARQL 1.2 Query, section 18.
public enum Pattern: Hashable, Sendable {
  /// A basic graph pattern; empty, it has the one empty solution.
  case triples([TriplePattern])
  case path(TermPattern, Path, TermPattern)
  indirect case join(Pattern, Pattern)
  /// `condition` sees the variables of both sides.
  indirect case leftJoin(Pattern, Pattern, condition: Expression?)
  indirect case union(Pattern, Pattern)
  indirect case minus(Pattern, Pattern)
  indirect case filter(Expression, Pattern)
  indirect case extend(Pattern, Variable, Expression)
  /// nil is UNDEF. Every row is as long as `variables`.
  case values(variables: [Variable], rows: [[Term?]])
  indirect case graph(TermPattern, Pattern)
  /// A pattern for another endpoint.
  indirect case service(TermPattern, Pattern, silent: Bool)
  indirect case group(Pattern, by: [Variable], aggregates: [AggregateBinding])
  indirect case orderBy(Pattern, [SortKey])
  indirect case project(Pattern, [Variable])
  indirect case distinct(Pattern)
  indirect case reduced(Pattern)
  indirect case slice(Pattern, offset: Int, limit: Int?)
}

/// One key of ORDER BY.
public struct SortKey: Hashable, Sendable {
  public var expression: Expression
  public var descending: Bool

  public init(_ expression: Expression, descending: Bool = false) {
    self.expression = expression
    self.descending = descending
  }
}

/// An aggregate and the variable that gets its value for each group.
public struct AggregateBinding: Hashable, Sendable {
  public var variable: Variable
  public var aggregate: Aggregate

  public init(_ variable: Variable, _ aggregate: Aggregate) {
    self.variable = variable
    self.aggregate = aggregate
  }
}

/// An aggregate function over the solutions of a group.
public struct Aggregate: Hashable, Sendable {
  public enum Function: Hashable, Sendable {
    case count
    case sum
    case average
    case minimum
    case maximum
    case sample
    case groupConcat(separator: String)
  }

  public var function: Function
  /// nil only for COUNT(*).
  public var argument: Expression?
  public var distinct: Bool

  public init(_ function: Function, _ argument: Expression?, distinct: Bool = false) {
    self.function = function
    self.argument = argument
    self.distinct = distinct
  }
}
