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

  /// Classes with the number of their direct members.
  func kinds() -> VocabularyList {
    let counted = countedObjects(of: standard.type)
    return VocabularyList(
      title: "kind", unit: "members", entries: entries(counted) { first(.none, standard.type, $0) })
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

  private func sentence(_ triple: EncodedTriple) -> String {
    let dictionary = snapshot.dictionary
    return [triple.subject, triple.predicate, triple.object]
      .map { labeler.phrase(dictionary.term($0)) }.joined(separator: " ")
  }
}
