import Algebra

/// BNODE with a label.
extension Expression {
  var labelsBlankNodes: Bool {
    var found = false
    visit { if case .call(.bnode, let list) = $0, list.count == 1 { found = true } }
    return found
  }

  /// The expression with the row's number beside each label.
  func numberingLabels(_ row: Variable) -> Expression {
    func mapped(_ list: [Expression]) -> [Expression] { list.map { $0.numberingLabels(row) } }
    switch self {
    case .call(.bnode, let list) where list.count == 1:
      return .call(.bnode, mapped(list) + [.variable(row)])
    case .term, .variable, .bound, .exists: return self
    case .not(let a): return .not(a.numberingLabels(row))
    case .negate(let a): return .negate(a.numberingLabels(row))
    case .and(let a, let b): return .and(a.numberingLabels(row), b.numberingLabels(row))
    case .or(let a, let b): return .or(a.numberingLabels(row), b.numberingLabels(row))
    case .compare(let op, let a, let b):
      return .compare(op, a.numberingLabels(row), b.numberingLabels(row))
    case .arithmetic(let op, let a, let b):
      return .arithmetic(op, a.numberingLabels(row), b.numberingLabels(row))
    case .oneOf(let a, let list, let negated):
      return .oneOf(a.numberingLabels(row), mapped(list), negated: negated)
    case .conditional(let a, let b, let c):
      return .conditional(
        a.numberingLabels(row), b.numberingLabels(row), c.numberingLabels(row))
    case .triple(let a, let b, let c):
      return .triple(a.numberingLabels(row), b.numberingLabels(row), c.numberingLabels(row))
    case .coalesce(let list): return .coalesce(mapped(list))
    case .call(let function, let list): return .call(function, mapped(list))
    case .callIRI(let iri, let list): return .callIRI(iri, mapped(list))
    }
  }
}
