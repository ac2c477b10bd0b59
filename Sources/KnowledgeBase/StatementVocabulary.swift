import Algebra
import Engine
import RDF
import SPARQL
import Sentences

/// The names and values of a graph that can stand at a place of a statement of SPARQL, most used first.
struct StatementVocabulary {
  private let knowledge: KnowledgeBase
  private let snapshot: Snapshot
  /// The longest namespace first, so that a name is always written the same.
  private let prefixes: [(prefix: String, namespace: String)]

  /// How many facts or names are looked through for what stands in a place.
  private static let searchedFactLimit = 2_000
  private static let longestValue = 60
  /// When all has to be found that is looked for.
  private let end: Double
  private let purpose: CompletionPurpose

  init(_ knowledge: KnowledgeBase, prefixes: [String: String], for purpose: CompletionPurpose) {
    self.knowledge = knowledge
    self.purpose = purpose
    self.prefixes = prefixes.map { (prefix: $0.key, namespace: $0.value) }.sorted {
      ($1.namespace.utf8.count, $0.prefix) < ($0.namespace.utf8.count, $1.prefix)
    }
    snapshot = knowledge.settledSnapshot
    end = monotonicSeconds() + knowledge.completionSeconds(for: purpose) * 0.8
  }

  private struct Candidate {
    var id: TermID
    var kind: Completion.Kind
    var count: Int
    /// As it is written.
    var text = ""
  }

  /// What can stand in a place behind some triples; `position` is nil where nothing is known of it.
  func names(
    at position: TriplePosition?, after triples: [TriplePattern], typed: String
  ) -> [Completion] {
    let value = Variable(" value")
    switch position {
    case nil: return completions(written(typed.isEmpty ? [] : relations() + classes(), typed))
    case .subject:
      return completions(written(entities(typed) { snapshot.count($0, .none, .none) }, typed))
    case .predicate(let subject):
      let place = TriplePattern(subject, .variable(value), .variable(Variable(" object")))
      let known = id(of: subject)
      return completions(
        fitting(typed, search(triples, place, value)) {
          relations(of: known)
        } candidate: {
          relation($0, of: known)
        })
    case .object(let subject, let predicate):
      let place = predicate.map { TriplePattern(subject, $0, .variable(value)) }
      let (known, relation) = (id(of: subject), predicate.flatMap(id))
      return completions(
        fitting(typed, search(triples, place, value)) {
          objects(of: known, relation, typed)
        } candidate: {
          object($0, of: known, relation)
        })
    }
  }

  /// The handle of a term; nil for a variable, `none` for a term that the graph does not have.
  private func id(of pattern: TermPattern) -> TermID? {
    pattern.groundTerm.map { snapshot.dictionary.lookup($0) ?? .none }
  }

  /// nil where the place alone says what can stand there.
  private func search(
    _ triples: [TriplePattern], _ place: TriplePattern?, _ value: Variable
  ) -> MatchSearch? {
    guard let place, !triples.isEmpty else { return nil }
    return MatchSearch(
      Premises(triples: triples + [place]), valuesOf: value, on: snapshot, until: end)
  }

  // MARK: Places

  private func relations(of subject: TermID?) -> [Candidate] {
    subject == TermID.none ? [] : snapshot.predicates.map { relation($0, of: subject) }
  }

  private func relations() -> [Candidate] { relations(of: nil) }

  private func relation(_ id: TermID, of subject: TermID?) -> Candidate {
    Candidate(id: id, kind: .relation, count: snapshot.count(subject ?? .none, id, .none))
  }

  private func classes() -> [Candidate] {
    objects(of: nil, knowledge.standard.type, "")
  }

  /// What a subject's facts of a relation have; by name, too, where they are too many to look through.
  private func objects(
    of subject: TermID?, _ relation: TermID?, _ typed: String
  ) -> [Candidate] {
    guard let relation, relation.isBound, subject != TermID.none else {
      return relation == TermID.none || subject == TermID.none
        ? [] : entities(typed) { snapshot.count(.none, .none, $0) }
    }
    var ids: [TermID] = []
    let isWanted = { (id: TermID) in
      ids.append(id)
      return ids.count < Self.searchedFactLimit
    }
    if let subject {
      snapshot.forEachUnordered(subject, relation, .none) { isWanted($0.object) }
    } else {
      snapshot.forEachObject(of: relation, isWanted)
    }
    let found = ids.map { object($0, of: subject, relation) }
    guard ids.count == Self.searchedFactLimit else { return found }
    return found + entities(typed) { snapshot.count(subject ?? .none, relation, $0) }
  }

  private func object(_ id: TermID, of subject: TermID?, _ relation: TermID?) -> Candidate {
    let count = snapshot.count(subject ?? .none, relation ?? .none, id)
    if relation == knowledge.standard.type { return Candidate(id: id, kind: .class, count: count) }
    let isValue = snapshot.dictionary.kind(id).isLiteral
    return Candidate(id: id, kind: isValue ? .value : .entity, count: count)
  }

  /// Things whose name begins as the local part of what is typed, that facts have in a place.
  private func entities(_ typed: String, _ count: (TermID) -> Int) -> [Candidate] {
    guard let colon = typed.firstIndex(of: ":") else { return [] }
    let local = typed[typed.index(after: colon)...].map { $0 == "_" ? " " : $0 }
    let prefix = NameFolding.fold(String(local))
    guard !prefix.isEmpty else { return [] }
    var found: [Candidate] = []
    for number in knowledge.names.numbers(withPrefix: prefix, limit: Self.searchedFactLimit) {
      for id in knowledge.names.bearersList(number) {
        let count = count(id)
        if count > 0 { found.append(Candidate(id: id, kind: .entity, count: count)) }
      }
    }
    return found
  }

  // MARK: What fits

  /// The values with which all before has a match: all that a short search finds or, where it does not come to an end, those of the
  /// candidates that are found to have one. What could not be found out in time is left out, unless nothing is sure.
  private func fitting(
    _ typed: String, _ search: MatchSearch?, among candidates: () -> [Candidate],
    candidate: (TermID) -> Candidate
  ) -> [Candidate] {
    guard let search else { return written(candidates(), typed) }
    let found = search.values(stepLimit: Self.searchedFactLimit)
    let sure = written(found.ids.map(candidate), typed)
    if found.isAll { return sure }
    let others = written(candidates().filter { !found.ids.contains($0.id) }, typed)
    let (more, open) = MatchSearch.sort(
      others, upTo: purpose.limit, until: end
    ) { search.finding($0.id, stepLimit: $1) }
    let fitting = sure + more
    return fitting.isEmpty ? open : fitting
  }

  /// Those that begin as typed, most used first, as they are written.
  private func written(_ candidates: [Candidate], _ typed: String) -> [Candidate] {
    let wanted = Array(typed.lowercased().utf8)
    var found: [Candidate] = []
    var seen: Set<String> = []
    for var candidate in candidates.sorted(by: { $1.count < $0.count }) where candidate.count > 0 {
      guard found.isEmpty || monotonicSeconds() < end else { break }
      let texts = texts(of: candidate.id)
      guard let text = texts.first(where: { $0.lowercased().utf8.starts(with: wanted) }),
        seen.insert(text).inserted
      else { continue }
      candidate.text = text
      found.append(candidate)
    }
    return found
  }

  private func completions(_ found: [Candidate]) -> [Completion] {
    let best = found.sorted { ($1.count, $0.text) < ($0.count, $1.text) }
    return best.prefix(KnowledgeBase.completionLimit).map {
      let noun = $0.kind == .class ? "member" : "fact"
      return Completion(
        text: $0.text, kind: $0.kind, detail: Completion.count($0.count, noun))
    }
  }

  /// The ways to write a term, the best first.
  private func texts(of id: TermID) -> [String] {
    switch snapshot.dictionary.term(id) {
    case .iri(let iri): return prefixedNames(iri)
    case .literal(let literal):
      let text = SentenceWriter.literal(literal)
      let isPlain = literal.datatype == XSD.string || literal.datatype == XSD.integer
      return text.utf8.count <= Self.longestValue && isPlain ? [text] : []
    case .blankNode, .triple: return []
    }
  }

  private func prefixedNames(_ iri: String) -> [String] {
    prefixes.filter { iri.utf8.starts(with: $0.namespace.utf8) }.compactMap { prefix, namespace in
      let local = String(decoding: iri.utf8.dropFirst(namespace.utf8.count), as: UTF8.self)
      let isPlain = local.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
      return isPlain && !local.isEmpty && local.first != "-" ? "\(prefix):\(local)" : nil
    }
  }
}
