import Engine
import RDF
import Sentences

/// The place of a name in a fact, by the names before it: what the graph has there.
struct FactPlace {
  private let snapshot: Snapshot
  let relation: TermID?
  private let subject: TermID?
  /// The relations that entail the one before, forwards and backwards.
  private var forward: [TermID] = []
  private var backward: [TermID] = []

  /// How many facts are looked through for values.
  private static let searchedFactLimit = 2_000
  /// Longer texts are no candidates.
  private static let maximumValueLength = 60

  init(snapshot: Snapshot, standard: StandardTerms, relation: TermID?, subject: TermID?) {
    self.snapshot = snapshot
    self.relation = relation
    guard let relation else {
      self.subject = subject
      return
    }
    let traits = RelationClosure(snapshot, standard).traits(of: relation)
    let all = [traits] + traits.transitiveImplications
    func ids(_ iris: [String]) -> [TermID] {
      iris.compactMap { snapshot.dictionary.lookup(.iri($0)) }
    }
    forward = ids(all.flatMap(\.forward))
    backward = ids(all.flatMap(\.backward))
    // A chain of facts leads further than the subject's own.
    self.subject = all.contains(where: \.isTransitive) ? nil : subject
  }

  /// How many facts have a term in this place; 0 when nothing is known of the place.
  func factCount(with id: TermID, _ role: NameRole) -> Int {
    let subject = subject ?? .none
    if relation != nil {
      return forward.reduce(0) { $0 + snapshot.count(subject, $1, id) }
        + backward.reduce(0) { $0 + snapshot.count(id, $1, subject) }
    }
    guard role == .relation, subject.isBound else { return 0 }
    return snapshot.count(subject, id, .none)
  }

  /// A text, number or date that facts have.
  struct Value {
    var id: TermID
    var text: String
    var count: Int

    var completion: Completion {
      Completion(text: text, kind: .value, detail: Completion.count(count, "fact"))
    }
  }

  /// The values there that begin as typed, most frequent first.
  func values(withPrefix prefix: [UInt8]) -> [Value] {
    var counts: [TermID: Int] = [:]
    for predicate in forward {
      var searched = 0
      snapshot.forEachUnordered(subject ?? .none, predicate, .none) {
        if snapshot.dictionary.kind($0.object).isLiteral { counts[$0.object, default: 0] += 1 }
        searched += 1
        return searched < Self.searchedFactLimit
      }
    }
    var found: [Value] = []
    for (id, count) in counts {
      guard case .literal(let literal) = snapshot.dictionary.term(id),
        literal.lexicalForm.utf8.count <= Self.maximumValueLength
      else { continue }
      let text = SentenceWriter.literal(literal)
      let begins = [text, literal.lexicalForm].contains {
        NameFolding.fold($0).starts(with: prefix)
      }
      if begins { found.append(Value(id: id, text: text, count: count)) }
    }
    found.sort { ($1.count, $0.text) < ($0.count, $1.text) }
    return found
  }
}
