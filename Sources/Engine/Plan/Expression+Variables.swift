import Algebra

extension Expression {
  /// Variables an expression may read, those of the patterns in its EXISTS included.
  var variables: Set<Variable> {
    var result: Set<Variable> = []
    visit { node in
      switch node {
      case .variable(let variable), .bound(let variable): result.insert(variable)
      case .exists(let pattern): result.formUnion(pattern.mentioned)
      case .term, .not, .and, .or, .compare, .arithmetic, .negate, .oneOf, .conditional,
        .coalesce, .call, .callIRI, .triple:
        break
      }
    }
    return result
  }

  /// Calls `body` with the expression and each part of it.
  func visit(_ body: (Expression) -> Void) {
    body(self)
    for part in parts { part.visit(body) }
  }

  var parts: [Expression] {
    switch self {
    case .term, .variable, .bound, .exists: []
    case .not(let a), .negate(let a): [a]
    case .and(let a, let b), .or(let a, let b), .compare(_, let a, let b),
      .arithmetic(_, let a, let b):
      [a, b]
    case .oneOf(let a, let list, _): [a] + list
    case .conditional(let a, let b, let c), .triple(let a, let b, let c): [a, b, c]
    case .coalesce(let list), .call(_, let list), .callIRI(_, let list): list
    }
  }

  var hasExists: Bool {
    var found = false
    visit { if case .exists = $0 { found = true } }
    return found
  }
}

extension Pattern {
  /// Variables that a pattern names anywhere outside its subqueries' own scopes.
  var mentioned: Set<Variable> {
    var result = Set(variablesInScope)
    switch self {
    case .triples, .path, .values: break
    case .join(let a, let b), .union(let a, let b), .minus(let a, let b):
      result.formUnion(a.mentioned)
      result.formUnion(b.mentioned)
    case .leftJoin(let a, let b, let condition):
      result.formUnion(a.mentioned)
      result.formUnion(b.mentioned)
      if let condition { result.formUnion(condition.variables) }
    case .filter(let condition, let inner):
      result.formUnion(inner.mentioned)
      result.formUnion(condition.variables)
    case .extend(let inner, _, let expression):
      result.formUnion(inner.mentioned)
      result.formUnion(expression.variables)
    case .graph(_, let inner), .distinct(let inner), .reduced(let inner),
      .slice(let inner, _, _):
      result.formUnion(inner.mentioned)
    case .orderBy(let inner, let keys):
      result.formUnion(inner.mentioned)
      for key in keys { result.formUnion(key.expression.variables) }
    case .group, .project: break
    }
    return result
  }
}
