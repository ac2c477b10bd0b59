import RDF

/// The steps along one predicate, from subjects to objects or backwards.
struct PredicateSteps: Hashable {
  var predicate: TermID
  var isBackwards: Bool

  /// What a step of a path is one of; nil for a step of another kind.
  static func all(_ step: EncodedPath, backwards: Bool) -> [PredicateSteps]? {
    var found: [PredicateSteps] = []
    return add(step, backwards, to: &found) ? found : nil
  }

  private static func add(
    _ step: EncodedPath, _ isBackwards: Bool, to found: inout [PredicateSteps]
  ) -> Bool {
    switch step {
    case .predicate(let predicate):
      found.append(PredicateSteps(predicate: predicate, isBackwards: isBackwards))
      return true
    case .inverse(let inner): return add(inner, !isBackwards, to: &found)
    case .alternative(let a, let b):
      return add(a, isBackwards, to: &found) && add(b, isBackwards, to: &found)
    default: return false
    }
  }
}
