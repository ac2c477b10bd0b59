import Engine
import RDF
import Sentences

/// Sentences that ask a graph about what it has most of.
struct ExampleQuestions {
  let labeler: Labeler

  private static let relationLimit = 8
  /// Whoever asks for examples does not wait longer for those of classes.
  private static let seconds = 0.05
  private static let classLimit = 3

  private var snapshot: Snapshot { labeler.snapshot }
  private var standard: StandardTerms { labeler.standard }

  /// One for each of the most used relations, some for classes, and what leads on from there.
  func list() -> [Completion] {
    let relations = mostUsed(snapshot.predicates.filter(isAskedAbout)) {
      snapshot.count(.none, $0, .none)
    }
    let facts = relations.prefix(Self.relationLimit).compactMap { relation, count in
      first(relation).map { question(about: $0, count) }
    }
    let kinds = kinds.prefix(Self.classLimit).map { entry in
      Completion(
        text:
          "what is \(Article.before(entry.name)) \(SentenceWriter.name(entry.name, as: .class))?",
        kind: .question, detail: Completion.count(entry.count, "member"))
    }
    let subject = relations.first.flatMap { first($0.id) }.map { labeler.phrase(term($0.subject)) }
    let others = [
      subject.map { ("about \($0)", "all that is known of it") },
      ("kinds", "what there is"), ("relations", "what can be said of it"),
    ]
    return facts + kinds
      + others.compactMap(\.self).map { Completion(text: $0.0, kind: .question, detail: $0.1) }
  }

  /// The classes by the number of their members; none where it takes long to count them.
  var kinds: [VocabularyList.Entry] {
    let lister = VocabularyLister(labeler, limits: Limits(seconds: Self.seconds))
    return (try? lister.kinds().entries) ?? []
  }

  /// A fact of the most used relation that holds between things with names.
  var factAboutTwoThings: Triple? {
    let relations = mostUsed(snapshot.predicates.filter(isAskedAbout)) {
      snapshot.count(.none, $0, .none)
    }
    for (relation, _) in relations {
      guard let fact = first(relation), case .iri = term(fact.object),
        fact.subject != fact.object
      else { continue }
      return Triple(term(fact.subject), term(fact.predicate), term(fact.object))
    }
    return nil
  }

  private func mostUsed(
    _ ids: [TermID], _ count: (TermID) -> Int
  ) -> [(id: TermID, count: Int)] {
    ids.map { (id: $0, count: count($0)) }.sorted { ($1.count, $0.id) < ($0.count, $1.id) }
  }

  /// Whether facts of a relation are about the world, not about names and facts.
  private func isAskedAbout(_ relation: TermID) -> Bool {
    guard let fact = first(relation), case .iri = term(fact.subject) else { return false }
    return !standard.isBookkeeping(relation) && standard.word(relation) == nil
      && relation != standard.type && !standard.naming.contains(relation)
  }

  private func first(_ relation: TermID) -> EncodedTriple? {
    var found: EncodedTriple?
    snapshot.forEach(.none, relation, .none) {
      found = $0
      return false
    }
    return found
  }

  private func term(_ id: TermID) -> Term { snapshot.dictionary.term(id) }

  /// The sentence of a fact with its subject left open.
  private func question(about triple: EncodedTriple, _ count: Int) -> Completion {
    let fact = Triple(term(triple.subject), term(triple.predicate), term(triple.object))
    let rest = labeler.sentence(fact).dropFirst(labeler.phrase(fact.subject).count)
    return Completion(
      text: "what\(rest)?", kind: .question, detail: Completion.count(count, "fact"))
  }
}
