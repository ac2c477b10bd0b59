import Engine
import RDF
import Sentences

/// The relations that entail one relation, forwards and backwards.
///
/// `A implies B`: A entails B. `A inverse of B`: each entails the other backwards, and is transitive when the
/// other is. A symmetric relation entails itself backwards.
struct RelationClosure {
  private struct Step: Hashable {
    var relation: TermID
    var isForward: Bool
  }

  private let snapshot: Snapshot
  private let standard: StandardTerms
  private let symmetric: TermID?
  private let transitive: TermID?

  init(_ snapshot: Snapshot, _ standard: StandardTerms) {
    self.snapshot = snapshot
    self.standard = standard
    symmetric = snapshot.dictionary.lookup(.iri(Vocabulary.symmetricProperty))
    transitive = snapshot.dictionary.lookup(.iri(Vocabulary.transitiveProperty))
  }

  /// What entails `relation`; a transitive relation below one that is not keeps its own closure.
  func traits(of relation: TermID) -> RelationTraits {
    let isTransitive = isTransitive(relation)
    var traits = RelationTraits(forward: [], isTransitive: isTransitive)
    visit(relation) { step in
      if !isTransitive, step.relation != relation, self.isTransitive(step.relation) {
        traits.transitiveImplications.append(closed(step))
        return false
      }
      append(step, to: &traits)
      return true
    }
    return traits
  }

  /// A transitive relation with all that entails it, turned round when it is met backwards.
  private func closed(_ start: Step) -> RelationTraits {
    var traits = RelationTraits(forward: [], isTransitive: true)
    visit(start.relation) { step in
      append(
        Step(relation: step.relation, isForward: step.isForward == start.isForward), to: &traits)
      return true
    }
    return traits
  }

  private func append(_ step: Step, to traits: inout RelationTraits) {
    guard case .iri(let iri) = snapshot.dictionary.term(step.relation) else { return }
    if step.isForward { traits.forward.append(iri) } else { traits.backward.append(iri) }
  }

  /// Hands over every step that entails `relation`, each once; goes on below those for which `body` says so.
  private func visit(_ relation: TermID, _ body: (Step) -> Bool) {
    var open = [Step(relation: relation, isForward: true)]
    var seen: Set<Step> = []
    while let step = open.popLast() {
      guard seen.insert(step).inserted, body(step) else { continue }
      for other in subjects(standard.subPropertyOf, step.relation) {
        open.append(Step(relation: other, isForward: step.isForward))
      }
      for other in inverses(of: step.relation) {
        open.append(Step(relation: other, isForward: !step.isForward))
      }
      if has(step.relation, symmetric) {
        open.append(Step(relation: step.relation, isForward: !step.isForward))
      }
    }
  }

  /// Declared so, or the inverse of one that is.
  private func isTransitive(_ relation: TermID) -> Bool {
    var open = [relation]
    var seen: Set<TermID> = []
    while let relation = open.popLast() {
      if has(relation, transitive) { return true }
      if seen.insert(relation).inserted { open += inverses(of: relation) }
    }
    return false
  }

  private func inverses(of relation: TermID) -> [TermID] {
    var found = subjects(standard.inverseOf, relation)
    snapshot.forEach(relation, standard.inverseOf, .none) {
      found.append($0.object)
      return true
    }
    return found
  }

  private func subjects(_ predicate: TermID, _ object: TermID) -> [TermID] {
    var found: [TermID] = []
    snapshot.forEach(.none, predicate, object) {
      found.append($0.subject)
      return true
    }
    return found
  }

  private func has(_ relation: TermID, _ characteristic: TermID?) -> Bool {
    guard let characteristic else { return false }
    return snapshot.contains(EncodedTriple(relation, standard.type, characteristic))
  }
}
