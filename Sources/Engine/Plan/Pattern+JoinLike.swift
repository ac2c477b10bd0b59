import Algebra

extension Pattern {
  /// Variables that every solution binds.
  var certainVariables: Set<Variable> {
    switch self {
    case .triples(let triples): Set(triples.flatMap(\.variables))
    case .path(let subject, _, let object): Set(subject.variables + object.variables)
    case .join(let a, let b): a.certainVariables.union(b.certainVariables)
    case .leftJoin(let a, _, _), .minus(let a, _): a.certainVariables
    case .union(let a, let b): a.certainVariables.intersection(b.certainVariables)
    case .filter(_, let inner), .extend(let inner, _, _), .orderBy(let inner, _),
      .distinct(let inner), .reduced(let inner), .slice(let inner, _, _):
      inner.certainVariables
    case .values(let variables, let rows):
      Set(
        variables.enumerated().filter { column, _ in rows.allSatisfy { $0[column] != nil } }
          .map(\.element))
    case .graph(_, let inner): inner.certainVariables
    case .group(let inner, let keys, _): inner.certainVariables.intersection(keys)
    case .project(let inner, let variables): inner.certainVariables.intersection(variables)
    }
  }

  /// Whether fixing a variable beforehand and joining with its value afterwards mean the same.
  var isJoinLike: Bool {
    switch self {
    case .triples, .path, .values: true
    case .join(let a, let b), .union(let a, let b): a.isJoinLike && b.isJoinLike
    case .filter(let condition, let inner):
      inner.isJoinLike && !condition.hasExists
        && condition.variables.isSubset(of: inner.certainVariables)
    case .graph(_, let inner), .project(let inner, _), .distinct(let inner),
      .reduced(let inner):
      inner.isJoinLike
    case .leftJoin, .minus, .extend, .orderBy, .slice, .group: false
    }
  }
}
