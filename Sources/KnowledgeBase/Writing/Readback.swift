import Diagnostics
import Engine
import RDF
import Sentences

/// A reader that follows what is written, so that every sentence is known to say what it should.
///
/// What a sentence means depends on the names before it; this is the one place that knows them all.
final class Readback {
  /// A fact with the groups of qualifiers in its braces.
  struct Fact: Equatable {
    var triple: Triple
    var groups: [[PredicateObject]] = []
  }

  struct PredicateObject: Equatable {
    var relation: String
    var value: Term
  }

  private let knowledge = KnowledgeBase()
  private let lexicon: GraphLexicon
  /// The label that each IRI gets when its name is new.
  private let labels: [String: String]
  /// The IRIs that were given such a label.
  private(set) var labelled: Set<String> = []
  /// The new names of the sentence at hand and their IRIs.
  private var introduced: [String: String] = [:]

  /// `labels` gives the IRIs of the base that may be introduced by their names.
  init(base: String, namespaces: [String: String], labels: [String: String]) {
    knowledge.base = base
    knowledge.namespaces = namespaces
    self.labels = labels
    lexicon = GraphLexicon(knowledge: knowledge, suggestsNames: false)
  }

  /// Whether a name stands for an IRI in a role, or would as a new one.
  func canName(_ iri: String, _ name: String, as role: NameRole) -> Bool {
    switch lexicon.match(NameFolding.fold(name).span, as: role) {
    case .one(let id): lexicon.term(id) == .iri(iri)
    case .several: false
    case .unknown: labels[iri] == name
    }
  }

  /// Reads a sentence of facts; false, and nothing is learnt, unless it says exactly these.
  func accepts(_ text: String, saying facts: [Fact]) throws(EvaluationError) -> Bool {
    guard case .facts(let found) = statement(text), found.count == facts.count,
      zip(found, facts).allSatisfy({ says($0, $1) })
    else { return false }
    for fact in found { try knowledge.lower(fact, into: &knowledge.pending, lineBase: nil) }
    endSentence()
    return true
  }

  /// The same for `with {…}.`
  func accepts(
    _ text: String, setting group: [PredicateObject]
  ) throws(EvaluationError) -> Bool {
    guard case .defaults(let found) = statement(text), says([found], [group]) else { return false }
    try knowledge.declare(.defaults(found))
    knowledge.defaults = []
    endSentence()
    return true
  }

  /// Names are all that later sentences depend on.
  private func endSentence() {
    knowledge.pending = PendingFacts()
    labelled.formUnion(introduced.values)
  }

  private func statement(_ text: String) -> Statement? {
    introduced.removeAll(keepingCapacity: true)
    var parser = SentenceParser(source: SourceText(name: "", text), mode: .knowledge)
    guard let sentence = parser.next(lexicon), case .statement(let statement) = sentence.result,
      parser.next(lexicon) == nil
    else { return nil }
    return statement
  }

  private func says(_ fact: Sentences.Fact, _ expected: Fact) -> Bool {
    says(fact.subject, expected.triple.subject) && says(fact.relation, expected.triple.predicate)
      && says(fact.object, expected.triple.object) && says(fact.qualifierGroups, expected.groups)
  }

  private func says(_ groups: [[Qualifier]], _ expected: [[PredicateObject]]) -> Bool {
    groups.count == expected.count
      && zip(groups, expected).allSatisfy { group, expected in
        group.count == expected.count
          && zip(group, expected).allSatisfy {
            says($0.relation, .iri($1.relation)) && says($0.object, $1.value)
          }
      }
  }

  private func says(_ reference: Reference, _ term: Term) -> Bool {
    switch reference {
    case .known(let id): return lexicon.term(id) == term
    case .standard(let relation): return .iri(relation.iri) == term
    case .term(let found): return found == term
    case .new(let name, _):
      let iri = SentenceWriter.iri(forName: name, base: knowledge.base)
      guard term == .iri(iri), labels[iri] == name else { return false }
      // Two new names of one sentence that differ in case only would be one.
      return introduced.updateValue(iri, forKey: NameFolding.key(name)) ?? iri == iri
    case .claim(let subject, let relation, let object):
      guard case .triple(let triple) = term else { return false }
      return says(subject, triple.subject) && says(relation, triple.predicate)
        && says(object, triple.object)
    }
  }
}
