import Algebra

extension Pattern {
  /// Of ordered solutions some of whose variables are shown, each different one once, in the same
  /// order: made before they are put in order. nil where the order goes by more than is shown.
  var orderedLast: Pattern? {
    guard case .project(.orderBy(let inner, let keys), let variables) = self,
      keys.allSatisfy({
        $0.expression.isRepeatable && !$0.expression.hasExists
          && $0.expression.variables.isSubset(of: variables)
      })
    else { return nil }
    return .orderBy(.distinct(.project(inner, variables)), keys)
  }
}
