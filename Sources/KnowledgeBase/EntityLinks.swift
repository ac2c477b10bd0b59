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
  }

  private let snapshot: Snapshot
  private let standard: StandardTerms

  init(_ labeler: Labeler) {
    snapshot = labeler.snapshot
    standard = labeler.standard
  }

  func all(of entity: TermID) -> [Link] {
    var links: [Link] = []
    forEach(of: entity) { links.append($0) }
    return links
  }

  func forEach(of entity: TermID, _ body: (Link) -> Void) {
    snapshot.forEach(entity, .none, .none) { triple in
      if isLink(triple) { body(Link(triple: triple, isForward: true)) }
      return true
    }
    snapshot.forEach(.none, .none, entity) { triple in
      if isLink(triple) { body(Link(triple: triple, isForward: false)) }
      return true
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
