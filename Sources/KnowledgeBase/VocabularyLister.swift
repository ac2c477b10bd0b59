import Engine
import RDF

/// Lists what a graph speaks of: its classes, relations and sources, most used first.
struct VocabularyLister {
  private let labeler: Labeler

  init(_ labeler: Labeler) {
    self.labeler = labeler
  }

  private var snapshot: Snapshot { labeler.snapshot }
  private var standard: StandardTerms { labeler.standard }

  /// Classes with the number of their members, those of their subclasses included.
  func kinds() -> VocabularyList {
    var classes = Set(countedObjects(of: standard.type).map(\.0))
    snapshot.forEach(.none, standard.subClassOf, .none) {
      classes.formUnion([$0.subject, $0.object])
      return true
    }
    let counted = classes.filter { !isVocabulary($0) }.map { ($0, memberCount($0)) }
    return VocabularyList(
      title: "kind", unit: "members",
      entries: entries(counted) {
        first(.none, standard.type, $0) ?? first(.none, standard.subClassOf, $0)
      })
  }

  private func memberCount(_ kind: TermID) -> Int {
    let kinds = subclasses(of: kind)
    if kinds.count == 1 { return snapshot.count(.none, standard.type, kind) }
    var members: Set<TermID> = []
    for kind in kinds {
      snapshot.forEach(.none, standard.type, kind) {
        members.insert($0.subject)
        return true
      }
    }
    return members.count
  }

  /// A class and every class below it.
  func subclasses(of kind: TermID) -> Set<TermID> {
    var found: Set<TermID> = [kind]
    var open = [kind]
    while let next = open.popLast() {
      snapshot.forEach(.none, standard.subClassOf, next) {
        if found.insert($0.subject).inserted { open.append($0.subject) }
        return true
      }
    }
    return found
  }

  /// Whether a class is one of RDF's own, such as owl:TransitiveProperty.
  private func isVocabulary(_ id: TermID) -> Bool {
    guard case .iri(let iri) = snapshot.dictionary.term(id) else { return false }
    return [Vocabulary.rdf, Vocabulary.rdfs, Vocabulary.owl].contains { iri.hasPrefix($0) }
  }

  /// Relations with the number of facts they make.
  func relations() -> VocabularyList {
    let relations = snapshot.predicates.filter {
      !standard.isBookkeeping($0) && $0 != standard.source && standard.dateSense($0) == nil
    }
    let counted = relations.map { ($0, snapshot.count(.none, $0, .none)) }
    return VocabularyList(
      title: "relation", unit: "facts", entries: entries(counted) { first(.none, $0, .none) })
  }

  /// Sources with the number of facts that name them.
  func sources() -> VocabularyList {
    VocabularyList(
      title: "source", unit: "facts",
      entries: entries(countedObjects(of: standard.source)) { source in
        first(.none, standard.source, source).flatMap { statement in
          first(statement.subject, standard.reifies, .none).flatMap {
            snapshot.dictionary.components(ofTriple: $0.object)
          } ?? statement
        }
      })
  }

  private func countedObjects(of predicate: TermID) -> [(TermID, Int)] {
    var counts: [TermID: Int] = [:]
    snapshot.forEach(.none, predicate, .none) {
      counts[$0.object, default: 0] += 1
      return true
    }
    return counts.map { ($0.key, $0.value) }
  }

  private func entries(
    _ counted: [(TermID, Int)], example: (TermID) -> EncodedTriple?
  ) -> [VocabularyList.Entry] {
    counted.map { id, count in
      VocabularyList.Entry(
        name: labeler.text(id), count: count, example: example(id).map(sentence) ?? "")
    }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  private func first(_ subject: TermID, _ predicate: TermID, _ object: TermID) -> EncodedTriple? {
    var found: EncodedTriple?
    snapshot.forEach(subject, predicate, object) {
      found = $0
      return false
    }
    return found
  }

  /// An example as a sentence; what is said of a reifier stands in braces after its fact.
  private func sentence(_ triple: EncodedTriple) -> String {
    let dictionary = snapshot.dictionary
    let decoded = Triple(
      dictionary.term(triple.subject), dictionary.term(triple.predicate),
      dictionary.term(triple.object))
    guard let reified = first(triple.subject, standard.reifies, .none),
      case .triple(let fact) = dictionary.term(reified.object)
    else { return labeler.sentence(decoded) }
    return labeler.sentence(fact) + " {\(labeler.text(triple.predicate)) "
      + "\(labeler.phrase(decoded.object))}"
  }
}
