import Algebra
import RDF

/// Equality and order of values. Source: SPARQL 1.2 Query, sections 17.3 and 17.4.1.
extension ExpressionEvaluator {
  func compare(
    _ op: Expression.Comparison, _ a: Value, _ b: Value
  ) throws(EvaluationError) -> Bool? {
    switch op {
    case .equal: return try equals(a, b)
    case .notEqual: return try equals(a, b).map { !$0 }
    case .less, .lessOrEqual, .greater, .greaterOrEqual: break
    }
    switch try order(a, b) {
    case .less: return op == .less || op == .lessOrEqual
    case .equal: return op == .lessOrEqual || op == .greaterOrEqual
    case .greater: return op == .greater || op == .greaterOrEqual
    case .unordered: return false
    case .incomparable: return nil
    }
  }

  private func order(_ a: Value, _ b: Value) throws(EvaluationError) -> XSDOrdering {
    let x = packed(a)
    let y = packed(b)
    if x.kind != .none, y.kind != .none { return x.compare(to: y) }
    let (a, b) = (try withLongTextRead(a), try withLongTextRead(b))
    if let x = xsd(a), let y = xsd(b) { return x.compare(to: y) }
    guard let x = text(a), let y = text(b), x.hasTags(of: y) else { return .incomparable }
    // Beyond the specification: texts of one language.
    return XSDValue.string(x.text).compare(to: .string(y.text))
  }

  /// nil is an error: literals whose equality nobody can tell.
  func equals(_ a: Value, _ b: Value) throws(EvaluationError) -> Bool? {
    if case .id(let x) = a, case .id(let y) = b, x == y { return !isNaN(a) }
    let (a, b) = (try withLongTextRead(a), try withLongTextRead(b))
    let x = xsd(a)
    let y = xsd(b)
    if let x, let y { return x.equals(y) }
    let kinds = (kind(a), kind(b))
    switch kinds {
    case (.triple, .triple): return try equalTriples(a, b)
    case (.languageLiteral, .languageLiteral):
      guard let a = text(a), let b = text(b) else { return nil }
      return a.isSame(as: b)
    case (.typedLiteral, .typedLiteral), (.typedLiteral, .plainLiteral),
      (.plainLiteral, .typedLiteral):
      // At least one is of an unknown datatype, or ill-typed.
      return nil
    default: return false
    }
  }

  /// Whether `=` tells a term from itself: NaN, and a triple term that ends in NaN.
  private func isNaN(_ value: Value) -> Bool {
    var value = value
    while case .id(let id) = value, let triple = terms.components(ofTriple: id) {
      value = .id(triple.object)
    }
    return switch xsdUnlessText(value) {
    case .double(let number): number.isNaN
    case .float(let number): number.isNaN
    default: false
    }
  }

  private func equalTriples(_ a: Value, _ b: Value) throws(EvaluationError) -> Bool? {
    guard case .id(let a) = a, case .id(let b) = b, let x = terms.components(ofTriple: a),
      let y = terms.components(ofTriple: b)
    else { return false }
    var hasError = false
    for (p, q) in [
      (x.subject, y.subject), (x.predicate, y.predicate), (x.object, y.object),
    ] {
      switch try equals(.id(p), .id(q)) {
      case true: continue
      case false: return false
      case nil: hasError = true
      }
    }
    return hasError ? nil : true
  }
}
