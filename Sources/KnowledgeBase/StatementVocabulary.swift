import Algebra
import Engine
import RDF
import SPARQL
import Sentences

/// The names and values of a graph that can stand at a place of a statement of SPARQL, most used first.
struct StatementVocabulary {
  private let knowledge: KnowledgeBase
  private let snapshot: Snapshot
  private let prefixes: [String: String]

  /// How many facts are looked through for what stands in them.
  private static let searchedFactLimit = 2_000
  /// In graphs of more triples, what stands before is not taken into account: asking might take long.
  private static let joinedTripleLimit = 200_000
  private static let longestValue = 60

  init(_ knowledge: KnowledgeBase, prefixes: [String: String]) {
    self.knowledge = knowledge
    self.prefixes = prefixes
    snapshot = knowledge.settledSnapshot
  }

  private struct Candidate {
    var id: TermID
    var kind: Completion.Kind
    var count: Int
  }

  /// `position` is nil where nothing is known of the place.
  func names(
    at position: TriplePosition?, after triples: [TriplePattern], typed: String
  ) -> [Completion] {
    let found: [Candidate]
    switch position {
    case nil: found = typed.isEmpty ? [] : relations() + classes()
    case .subject: found = entities(typed) { snapshot.count($0, .none, .none) }
    case .predicate(let subject):
      found = together(relations(of: subject), triples) {
        TriplePattern(subject, .term($0), .variable(Variable(" o")))
      }
    case .object(let subject, let predicate):
      let candidates = objects(of: subject, predicate, typed)
      found = together(candidates, triples) { term in
        predicate.map { TriplePattern(subject, $0, .term(term)) }
      }
    }
    return completions(found, typed)
  }

  // MARK: Places

  private func relations(of subject: TermPattern = .variable(Variable(" s"))) -> [Candidate] {
    let id = subject.groundTerm.map { snapshot.dictionary.lookup($0) ?? .none }
    return snapshot.predicates.compactMap { predicate in
      let count = snapshot.count(id ?? .none, predicate, .none)
      return count > 0 && id != TermID.none
        ? Candidate(id: predicate, kind: .relation, count: count) : nil
    }
  }

  private func classes() -> [Candidate] {
    var found: [Candidate] = []
    var last = TermID.none
    snapshot.forEach(.none, knowledge.standard.type, .none) {
      if $0.object != last {
        let count = snapshot.count(.none, knowledge.standard.type, $0.object)
        found.append(Candidate(id: $0.object, kind: .class, count: count))
      }
      last = $0.object
      return found.count < KnowledgeBase.completionLimit
    }
    return found
  }

  /// What the predicate's facts have; by name where they are too many to look through.
  private func objects(
    of subject: TermPattern, _ predicate: TermPattern?, _ typed: String
  ) -> [Candidate] {
    guard let relation = predicate?.groundTerm, let id = snapshot.dictionary.lookup(relation) else {
      return typed.isEmpty ? [] : entities(typed) { snapshot.count(.none, .none, $0) }
    }
    if id == knowledge.standard.type { return classes() }
    let known = subject.groundTerm.flatMap(snapshot.dictionary.lookup) ?? .none
    guard snapshot.count(known, id, .none) <= Self.searchedFactLimit || typed.isEmpty else {
      return entities(typed) { snapshot.count(known, id, $0) }
    }
    var counts: [TermID: Int] = [:]
    var searched = 0
    snapshot.forEach(known, id, .none) {
      counts[$0.object, default: 0] += 1
      searched += 1
      return searched < Self.searchedFactLimit
    }
    return counts.map { id, count in
      let isValue = snapshot.dictionary.kind(id).isLiteral
      return Candidate(id: id, kind: isValue ? .value : .entity, count: count)
    }
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

  /// The candidates with which the triples before still have a match, as far as there is time to ask.
  private func together(
    _ candidates: [Candidate], _ triples: [TriplePattern], _ pattern: (Term) -> TriplePattern?
  ) -> [Candidate] {
    guard !triples.isEmpty, snapshot.count(.none, .none, .none) <= Self.joinedTripleLimit else {
      return candidates
    }
    let end = monotonicSeconds() + knowledge.completionSeconds
    return candidates.sorted { $1.count < $0.count }.filter { candidate in
      let left = end - monotonicSeconds()
      guard left > 0, let added = pattern(snapshot.dictionary.term(candidate.id)) else {
        return true
      }
      let query = Query(.ask, .triples(triples + [added]))
      // What cannot be asked in time may stand there.
      let answer = try? QueryEngine().evaluate(query, on: snapshot, limits: Limits(seconds: left))
      return answer?.isTrue ?? true
    }
  }

  private func completions(_ found: [Candidate], _ typed: String) -> [Completion] {
    let wanted = Array(typed.lowercased().utf8)
    var named: [(text: String, candidate: Candidate)] = []
    var seen: Set<String> = []
    // Most begin otherwise or stand too far behind: only those that are offered are sorted by their text.
    for candidate in found.sorted(by: { $1.count < $0.count }) {
      guard named.count < KnowledgeBase.completionLimit else { break }
      guard let text = text(of: candidate.id), text.lowercased().utf8.starts(with: wanted),
        seen.insert(text).inserted
      else { continue }
      named.append((text, candidate))
    }
    named.sort { ($1.candidate.count, $0.text) < ($0.candidate.count, $1.text) }
    return named.map { text, candidate in
      let noun = candidate.kind == .class ? "member" : "fact"
      return Completion(
        text: text, kind: candidate.kind, detail: Completion.count(candidate.count, noun))
    }
  }

  private func text(of id: TermID) -> String? {
    switch snapshot.dictionary.term(id) {
    case .iri(let iri): return prefixedName(iri)
    case .literal(let literal):
      let text = SentenceWriter.literal(literal)
      let isPlain = literal.datatype == XSD.string || literal.datatype == XSD.integer
      return text.utf8.count <= Self.longestValue && isPlain ? text : nil
    case .blankNode, .triple: return nil
    }
  }

  private func prefixedName(_ iri: String) -> String? {
    for (prefix, namespace) in prefixes where iri.utf8.starts(with: namespace.utf8) {
      let local = String(decoding: iri.utf8.dropFirst(namespace.utf8.count), as: UTF8.self)
      let isPlain = local.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
      if isPlain, !local.isEmpty, local.first != "-" { return "\(prefix):\(local)" }
    }
    return nil
  }
}
