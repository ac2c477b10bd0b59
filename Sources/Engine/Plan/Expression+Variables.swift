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

  var hasExists: Bool {
    var found = false
    visit { if case .exists = $0 { found = true } }
    return found
  }
}
