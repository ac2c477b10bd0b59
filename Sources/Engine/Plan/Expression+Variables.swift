import Algebra

extension Expression {
  /// Variables an expression may read, those of the patterns in its EXISTS included.
  var variables: Set<Variable> { Set(mentionedVariables) }

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

  /// The expression with each of its parts transformed.
  func mapping(_ transform: (Expression) -> Expression) -> Expression {
    switch self {
    case .term, .variable, .bound, .exists: self
    case .not(let a): .not(transform(a))
    case .negate(let a): .negate(transform(a))
    case .and(let a, let b): .and(transform(a), transform(b))
    case .or(let a, let b): .or(transform(a), transform(b))
    case .compare(let op, let a, let b): .compare(op, transform(a), transform(b))
    case .arithmetic(let op, let a, let b): .arithmetic(op, transform(a), transform(b))
    case .oneOf(let a, let list, let negated):
      .oneOf(transform(a), list.map(transform), negated: negated)
    case .conditional(let a, let b, let c): .conditional(transform(a), transform(b), transform(c))
    case .triple(let a, let b, let c): .triple(transform(a), transform(b), transform(c))
    case .coalesce(let list): .coalesce(list.map(transform))
    case .call(let function, let list): .call(function, list.map(transform))
    case .callIRI(let iri, let list): .callIRI(iri, list.map(transform))
    }
  }

  var hasExists: Bool {
    var found = false
    visit { if case .exists = $0 { found = true } }
    return found
  }
}
