import Engine
import RDF

/// The relations that entail one relation, forwards and backwards.
///
/// `A implies B`: A entails B. `A inverse of B`: each entails the other backwards. A symmetric relation
/// entails itself backwards.
struct RelationClosure {
  private(set) var forward: [TermID] = []
  private(set) var backward: [TermID] = []
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

  func isTransitive(_ relation: TermID) -> Bool { has(relation, transitive) }

  mutating func visit(_ relation: TermID) {
    var open: [(relation: TermID, isForward: Bool)] = [(relation, true)]
    while let (relation, isForward) = open.popLast() {
      if isForward {
        if forward.contains(relation) { continue }
        forward.append(relation)
      } else {
        if backward.contains(relation) { continue }
        backward.append(relation)
      }
      for other in subjects(standard.subPropertyOf, relation) { open.append((other, isForward)) }
      for other in subjects(standard.inverseOf, relation) { open.append((other, !isForward)) }
      snapshot.forEach(relation, standard.inverseOf, .none) { triple in
        open.append((triple.object, !isForward))
        return true
      }
      if has(relation, symmetric) { open.append((relation, !isForward)) }
    }
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
