extension Pattern {
  /// The variables that every solution binds; a lower bound, straight from the shape.
  public var certainVariables: Set<Variable> {
    switch self {
    case .triples(let triples): Set(triples.flatMap(\.variables))
    case .path(let subject, _, let object): Set(subject.variables + object.variables)
    case .join(let left, let right): left.certainVariables.union(right.certainVariables)
    case .leftJoin(let left, _, _), .minus(let left, _): left.certainVariables
    case .union(let left, let right): left.certainVariables.intersection(right.certainVariables)
    case .filter(_, let inner), .extend(let inner, _, _), .orderBy(let inner, _),
      .distinct(let inner), .reduced(let inner), .slice(let inner, _, _):
      inner.certainVariables
    case .values(let variables, let rows):
      Set(
        variables.enumerated().filter { column, _ in rows.allSatisfy { $0[column] != nil } }
          .map(\.element))
    case .graph(let name, let inner): inner.certainVariables.union(name.variables)
    case .service(let name, let inner, let silent):
      // Where it fails silently, nothing is bound.
      silent ? [] : inner.certainVariables.union(name.variables)
    case .group(let inner, let keys, let aggregates):
      inner.certainVariables.intersection(keys).union(
        aggregates.filter { $0.aggregate.function == .count }.map(\.variable))
    case .project(let inner, let variables): inner.certainVariables.intersection(variables)
    }
  }

  /// Every variable that is written anywhere inside, in order, with repeats.
  public var mentionedVariables: [Variable] {
    switch self {
    case .triples(let triples): triples.flatMap(\.variables)
    case .path(let subject, _, let object): subject.variables + object.variables
    case .join(let left, let right), .union(let left, let right), .minus(let left, let right):
      left.mentionedVariables + right.mentionedVariables
    case .leftJoin(let left, let right, let condition):
      left.mentionedVariables + right.mentionedVariables + (condition?.mentionedVariables ?? [])
    case .filter(let condition, let inner):
      inner.mentionedVariables + condition.mentionedVariables
    case .extend(let inner, let variable, let value):
      inner.mentionedVariables + value.mentionedVariables + [variable]
    case .values(let variables, _): variables
    case .graph(let name, let inner), .service(let name, let inner, _):
      name.variables + inner.mentionedVariables
    case .group(let inner, let keys, let aggregates):
      inner.mentionedVariables + keys
        + aggregates.flatMap { ($0.aggregate.argument?.mentionedVariables ?? []) + [$0.variable] }
    case .orderBy(let inner, let keys):
      inner.mentionedVariables + keys.flatMap(\.expression.mentionedVariables)
    case .project(let inner, let variables): inner.mentionedVariables + variables
    case .distinct(let inner), .reduced(let inner), .slice(let inner, _, _):
      inner.mentionedVariables
    }
  }
}

extension Expression {
  /// Every variable that is written anywhere inside, patterns of EXISTS included, in order, with repeats.
  public var mentionedVariables: [Variable] {
    switch self {
    case .term: []
    case .variable(let variable), .bound(let variable): [variable]
    case .not(let inner), .negate(let inner): inner.mentionedVariables
    case .and(let a, let b), .or(let a, let b), .compare(_, let a, let b),
      .arithmetic(_, let a, let b):
      a.mentionedVariables + b.mentionedVariables
    case .oneOf(let value, let list, _):
      value.mentionedVariables + list.flatMap(\.mentionedVariables)
    case .conditional(let a, let b, let c), .triple(let a, let b, let c):
      a.mentionedVariables + b.mentionedVariables + c.mentionedVariables
    case .coalesce(let list), .call(_, let list), .callIRI(_, let list):
      list.flatMap(\.mentionedVariables)
    case .exists(let pattern): pattern.mentionedVariables
    }
  }
}
