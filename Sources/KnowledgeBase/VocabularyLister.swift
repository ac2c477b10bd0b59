import Engine
import RDF

/// Lists what a graph speaks of: its classes, relations and sources, most used first.
struct VocabularyLister {
  private let labeler: Labeler
  private let budget: SearchBudget

  init(_ labeler: Labeler, limits: Limits = Limits()) {
    self.labeler = labeler
    budget = SearchBudget(labeler.snapshot, limits)
  }

  private var snapshot: Snapshot { labeler.snapshot }
  private var standard: StandardTerms { labeler.standard }

  /// Classes with the number of their members, those of their subclasses included.
  func kinds() throws(EvaluationError) -> VocabularyList {
    var classes = Set(try countedObjects(of: standard.type).map(\.0))
    try budget.forEach(.none, standard.subClassOf, .none) {
      classes.formUnion([$0.subject, $0.object])
      return true
    }
    var counted: [(TermID, Int)] = []
    for kind in classes.sorted() where !isVocabulary(kind) {
      counted.append((kind, try memberCount(kind)))
    }
    return VocabularyList(
      title: "kind", unit: "members",
      entries: try entries(counted) {
        first(.none, standard.type, $0) ?? first(.none, standard.subClassOf, $0)
      })
  }

  private func memberCount(_ kind: TermID) throws(EvaluationError) -> Int {
    let kinds = try subclasses(of: kind)
    if kinds.count == 1 { return snapshot.count(.none, standard.type, kind) }
    var members: Set<TermID> = []
    defer { budget.release(byteCount: members.count * Self.memberByteCount) }
    for kind in kinds {
      try budget.forEach(.none, standard.type, kind) { triple throws(EvaluationError) in
        if members.insert(triple.subject).inserted {
          try budget.charge(byteCount: Self.memberByteCount)
        }
        return true
      }
    }
    return members.count
  }

  /// About what a term takes in a table that grows.
  private static let memberByteCount = 24

  /// A class and every class below it.
  func subclasses(of kind: TermID) throws(EvaluationError) -> Set<TermID> {
    var found: Set<TermID> = [kind]
    var open = [kind]
    while let next = open.popLast() {
      try budget.step(4)
      try budget.forEach(.none, standard.subClassOf, next) {
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
  func relations() throws(EvaluationError) -> VocabularyList {
    let relations = snapshot.predicates.filter {
      !standard.isBookkeeping($0) && $0 != standard.source && standard.dateSense($0) == nil
    }
    let counted = relations.map { ($0, snapshot.count(.none, $0, .none)) }
    return VocabularyList(
      title: "relation", unit: "facts", entries: try entries(counted) { first(.none, $0, .none) })
  }

  /// Sources with the number of facts that name them.
  func sources() throws(EvaluationError) -> VocabularyList {
    VocabularyList(
      title: "source", unit: "facts",
      entries: try entries(countedObjects(of: standard.source)) { source in
        first(.none, standard.source, source).flatMap { statement in
          first(statement.subject, standard.reifies, .none).flatMap {
            snapshot.dictionary.components(ofTriple: $0.object)
          } ?? statement
        }
      })
  }

  private func countedObjects(
    of predicate: TermID
  ) throws(EvaluationError) -> [(TermID, Int)] {
    var counted: [(TermID, Int)] = []
    // Equal objects follow each other.
    try budget.forEach(.none, predicate, .none) { triple throws(EvaluationError) in
      if counted.last?.0 == triple.object {
        counted[counted.count - 1].1 += 1
      } else {
        try budget.charge(byteCount: Self.memberByteCount)
        counted.append((triple.object, 1))
      }
      return true
    }
    return counted
  }

  private func entries(
    _ counted: [(TermID, Int)], example: (TermID) -> EncodedTriple?
  ) throws(EvaluationError) -> [VocabularyList.Entry] {
    var entries: [VocabularyList.Entry] = []
    for (id, count) in counted {
      try budget.step(64)
      try budget.charge(byteCount: Self.entryByteCount)
      entries.append(
        VocabularyList.Entry(
          name: labeler.text(id), count: count, example: example(id).map(sentence) ?? ""))
    }
    try budget.sort(&entries) { ($1.count, $0.name) < ($0.count, $1.name) }
    return entries
  }

  /// About what an entry takes, with its texts.
  private static let entryByteCount = 240

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
