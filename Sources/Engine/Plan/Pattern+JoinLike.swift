import Algebra

extension Pattern {
  /// Whether fixing some of `outer` beforehand and joining with their values afterwards mean the same.
  func isJoinLike(with outer: Set<Variable>) -> Bool {
    switch self {
    case .triples, .path, .values: return true
    case .join(let a, let b), .union(let a, let b):
      return a.isJoinLike(with: outer) && b.isJoinLike(with: outer)
    case .filter(let condition, let inner):
      return inner.isJoinLike(with: outer) && !condition.hasExists
        && condition.variables.isSubset(of: inner.certainVariables)
    case .graph(_, let inner), .distinct(let inner), .reduced(let inner):
      return inner.isJoinLike(with: outer)
    case .project(let inner, let variables):
      let hidden = Set(inner.mentionedVariables).subtracting(variables)
      return inner.isJoinLike(with: outer) && hidden.isDisjoint(with: outer)
    case .leftJoin, .minus, .extend, .orderBy, .slice, .group, .service: return false
    }
  }
}
