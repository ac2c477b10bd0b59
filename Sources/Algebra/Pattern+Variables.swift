extension TermPattern {
  /// The variables in order of appearance, with repeats.
  public var variables: [Variable] {
    switch self {
    case .term: []
    case .variable(let variable): [variable]
    case .triple(let triple): triple.variables
    }
  }
}

extension TriplePattern {
  /// The variables in order of appearance, with repeats.
  public var variables: [Variable] {
    subject.variables + predicate.variables + object.variables
  }
}

extension Pattern {
  /// The variables in scope (SPARQL 1.2 Query, section 18.2.1), each once, in order of first appearance.
  public var variablesInScope: [Variable] {
    var seen: Set<Variable> = []
    return allInScope.filter { seen.insert($0).inserted }
  }

  private var allInScope: [Variable] {
    switch self {
    case .triples(let triples): triples.flatMap(\.variables)
    case .path(let subject, _, let object): subject.variables + object.variables
    case .join(let left, let right), .leftJoin(let left, let right, _), .union(let left, let right):
      left.allInScope + right.allInScope
    case .minus(let left, _): left.allInScope
    case .filter(_, let inner), .orderBy(let inner, _), .distinct(let inner), .reduced(let inner),
      .slice(let inner, _, _):
      inner.allInScope
    case .extend(let inner, let variable, _): inner.allInScope + [variable]
    case .values(let variables, _): variables
    case .graph(let name, let inner), .service(let name, let inner, _):
      name.variables + inner.allInScope
    case .group(_, let keys, let aggregates): keys + aggregates.map(\.variable)
    case .project(_, let variables): variables
    }
  }
}
