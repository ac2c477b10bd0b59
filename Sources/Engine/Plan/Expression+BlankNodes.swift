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
    let numbered = mapping { $0.numberingLabels(row) }
    guard case .call(.bnode, let list) = numbered, list.count == 1 else { return numbered }
    return .call(.bnode, list + [.variable(row)])
  }
}
