import Engine
import RDF

/// The facts that link an entity to others, in either direction.
///
/// Names, classes, reifiers and literals are no links.
struct EntityLinks {
  /// A fact seen from one of its ends.
  struct Link {
    var triple: EncodedTriple
    /// Whether it is seen from its subject.
    var isForward: Bool
    /// The other end.
    var target: TermID { isForward ? triple.object : triple.subject }

    /// The same fact seen from the other end.
    var reversed: Link { Link(triple: triple, isForward: !isForward) }
  }

  private let snapshot: Snapshot
  private let standard: StandardTerms
  private let budget: SearchBudget

  init(_ labeler: Labeler, within budget: SearchBudget) {
    snapshot = labeler.snapshot
    standard = labeler.standard
    self.budget = budget
  }

  /// Calls `body` with each link until it returns false, those from the entity first.
  func forEach(
    of entity: TermID, _ body: (Link) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) {
    var goesOn = true
    try budget.forEach(entity, .none, .none) { triple throws(EvaluationError) in
      if isLink(triple) { goesOn = try body(Link(triple: triple, isForward: true)) }
      return goesOn
    }
    guard goesOn else { return }
    try budget.forEach(.none, .none, entity) { triple throws(EvaluationError) in
      isLink(triple) ? try body(Link(triple: triple, isForward: false)) : true
    }
  }

  private func isLink(_ triple: EncodedTriple) -> Bool {
    let predicate = triple.predicate
    if predicate == standard.type || predicate == standard.subClassOf
      || predicate == standard.reifies
    {
      return false
    }
    let dictionary = snapshot.dictionary
    guard dictionary.kind(triple.subject).isNode, dictionary.kind(triple.object).isNode else {
      return false
    }
    return dictionary.kind(triple.subject) != .blankNode
      || snapshot.count(triple.subject, standard.reifies, .none) == 0
  }
}
