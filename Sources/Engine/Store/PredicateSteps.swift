import RDF

/// The steps along one predicate, from subjects to objects or backwards.
struct PredicateSteps: Hashable {
  let predicate: TermID
  let isBackwards: Bool

  /// nil for a step of a path of another kind.
  init?(_ step: EncodedPath, backwards: Bool) {
    var step = step
    var isBackwards = backwards
    while case .inverse(let inner) = step {
      step = inner
      isBackwards.toggle()
    }
    guard case .predicate(let predicate) = step else { return nil }
    self.predicate = predicate
    self.isBackwards = isBackwards
  }

  /// What a step of a path is one of; nil for a step of another kind.
  static func all(_ step: EncodedPath, backwards: Bool) -> [PredicateSteps]? {
    var found: [PredicateSteps] = []
    return add(step, backwards, to: &found) ? found : nil
  }

  private static func add(
    _ step: EncodedPath, _ isBackwards: Bool, to found: inout [PredicateSteps]
  ) -> Bool {
    switch step {
    case .inverse(let inner): return add(inner, !isBackwards, to: &found)
    case .alternative(let a, let b):
      return add(a, isBackwards, to: &found) && add(b, isBackwards, to: &found)
    default:
      guard let one = PredicateSteps(step, backwards: isBackwards) else { return false }
      found.append(one)
      return true
    }
  }
}
