import Algebra
import Engine
import RDF

/// Finds the asserted facts behind an answer: a pattern's premises with the answer put in.
struct Evidence: Sendable {
  private let labeler: Labeler
  private let premises: Premises

  init(_ labeler: Labeler, for pattern: Pattern) {
    self.labeler = labeler
    premises = Premises(pattern)
  }

  private var snapshot: Snapshot { labeler.snapshot }

  /// The asserted facts below one solution; gaps left over take the first match. At most 20, each once.
  func facts(
    for bindings: [Variable: Term], limits: Limits
  ) throws(EvaluationError) -> [StatedFact] {
    guard let complete = try completed(bindings, limits: limits) else { return [] }
    var facts = assertedFacts(complete)
    for reach in premises.reaches {
      for triple in walk(reach, complete) { facts.append((triple, nil)) }
    }
    var seen: Set<EncodedTriple> = []
    return facts.filter { seen.insert($0.triple).inserted }.prefix(20).map(stated)
  }

  /// The stated facts under complete bindings, each with the reifier that the solution read it by.
  private func assertedFacts(
    _ bindings: [Variable: Term]
  ) -> [(triple: EncodedTriple, reifier: TermID?)] {
    premises.facts.compactMap { fact in
      ground(fact.triple.replacing(bindings)).map { triple in
        let reifier = fact.reifier?.replacing(bindings).groundTerm
        return (triple, reifier.flatMap(snapshot.dictionary.lookup))
      }
    }
  }

  private func stated(_ fact: (triple: EncodedTriple, reifier: TermID?)) -> StatedFact {
    fact.reifier.map { labeler.stated(fact.triple, reifiers: [$0]) } ?? labeler.stated(fact.triple)
  }

  /// One explanation a premise: an asserted fact, or a conclusion with the facts that lead to it.
  func explanations(
    for bindings: [Variable: Term], limits: Limits
  ) throws(EvaluationError) -> [Explanation] {
    guard let complete = try completed(bindings, limits: limits) else { return [] }
    var found = distinct(assertedFacts(complete).map(\.triple))
      .map { Explanation(conclusion: labeler.stated($0), isAsserted: true) }
    for reach in premises.reaches {
      let facts = walk(reach, complete).map {
        Explanation(conclusion: labeler.stated($0), isAsserted: true)
      }
      if facts.count == 1, let only = facts.first, stands(only.conclusion, for: reach, complete) {
        found.append(only)
      } else if let conclusion = conclusion(reach, complete) {
        found.append(
          Explanation(
            conclusion: conclusion, isAsserted: false, reason: reason(reach.path),
            premises: facts))
      }
    }
    return found
  }

  /// Every asserted triple that is part of a match of the sentence as written, without what relations
  /// imply; each once.
  func matches(limits: Limits) throws(EvaluationError) -> [EncodedTriple] {
    let facts = premises.asWritten
    let qualified = premises.triples.filter { !facts.contains($0) }
    var found: [EncodedTriple] = []
    for bindings in try solutions(of: .triples(facts + qualified), limit: nil, limits: limits) {
      found += facts.compactMap { ground($0.replacing(bindings)) }
    }
    return distinct(found)
  }

  /// Facts that say the first premise without asserting it, such as `X says (…)`. At most 20.
  func claims(limits: Limits) throws(EvaluationError) -> [StatedFact] {
    guard let pattern = premises.asWritten.first else { return [] }
    let (who, how) = (Variable(" who"), Variable(" how"))
    let said = TriplePattern(.variable(who), .variable(how), pattern.term)
    let others = Pattern.filter(
      .compare(.notEqual, .variable(how), .term(.iri(Vocabulary.reifies))), .triples([said]))
    return try solutions(of: others, limit: 20, limits: limits).compactMap { bindings in
      ground(said.replacing(bindings)).map(labeler.stated)
    }
  }

  /// Bindings for every variable of the premises, those given included; nil when there is no match.
  private func completed(
    _ bindings: [Variable: Term], limits: Limits
  ) throws(EvaluationError) -> [Variable: Term]? {
    if premises.variables.isSubset(of: bindings.keys) { return bindings }
    let pattern = premises.pattern(replacing: bindings)
    guard let match = try solutions(of: pattern, limit: 1, limits: limits).first else {
      return nil
    }
    return match.merging(bindings) { _, given in given }
  }

  private func solutions(
    of pattern: Pattern, limit: Int?, limits: Limits
  ) throws(EvaluationError) -> [[Variable: Term]] {
    let variables = pattern.variablesInScope
    let query = Query(
      .select, .slice(.project(pattern, variables), offset: 0, limit: limit))
    let found = try QueryEngine().evaluate(query, on: snapshot, limits: limits).solutions
    return (0..<found.rowCount).map { row in
      var bindings: [Variable: Term] = [:]
      for (column, variable) in found.variables.enumerated() {
        bindings[variable] = found.term(row: row, column: column)
      }
      return bindings
    }
  }

  /// The asserted triple that a pattern without gaps is.
  private func ground(_ pattern: TriplePattern) -> EncodedTriple? {
    guard let triple = pattern.groundTriple,
      let subject = snapshot.dictionary.lookup(triple.subject),
      let predicate = snapshot.dictionary.lookup(triple.predicate),
      let object = snapshot.dictionary.lookup(triple.object)
    else { return nil }
    let encoded = EncodedTriple(subject, predicate, object)
    return snapshot.contains(encoded) ? encoded : nil
  }

  private func distinct(_ triples: [EncodedTriple]) -> [EncodedTriple] {
    var seen: Set<EncodedTriple> = []
    return triples.filter { seen.insert($0).inserted }
  }

  // MARK: - Paths

  private func walk(_ reach: Premises.Reach, _ bindings: [Variable: Term]) -> [EncodedTriple] {
    guard let subject = reach.subject.replacing(bindings).groundTerm,
      let object = reach.object.replacing(bindings).groundTerm,
      let source = snapshot.dictionary.lookup(subject),
      let target = snapshot.dictionary.lookup(object)
    else { return [] }
    return PathWitness(reach.path, on: snapshot).walk(from: source, to: target) ?? []
  }

  /// Whether an asserted fact is itself what the path says.
  private func stands(
    _ fact: StatedFact, for reach: Premises.Reach, _ bindings: [Variable: Term]
  ) -> Bool {
    fact.triple.predicate == reach.path.leadingPredicate
      && fact.triple.subject == reach.subject.replacing(bindings).groundTerm
      && fact.triple.object == reach.object.replacing(bindings).groundTerm
  }

  /// What a path concludes, as a fact that nobody stated.
  private func conclusion(
    _ reach: Premises.Reach, _ bindings: [Variable: Term]
  ) -> StatedFact? {
    guard let subject = reach.subject.replacing(bindings).groundTerm,
      let object = reach.object.replacing(bindings).groundTerm,
      let predicate = reach.path.leadingPredicate
    else { return nil }
    return StatedFact(
      triple: Triple(subject, predicate, object), subject: labeler.text(subject),
      relation: labeler.text(predicate), object: labeler.text(object), qualifierGroups: [],
      origin: nil)
  }

  /// Which traits of relations a path uses, in words.
  private func reason(_ path: Path) -> String? {
    guard let relation = path.leadingPredicate.map(labeler.text) else { return nil }
    if relation == labeler.text(.iri(Vocabulary.type)) { return "by 'kind of'" }
    if case .oneOrMore = path { return "\(relation) is transitive" }
    return "by what implies '\(relation)' or is its inverse"
  }
}

extension Path {
  /// The first predicate as written: the relation that a question named before its traits were added.
  var leadingPredicate: Term? {
    switch self {
    case .predicate(let predicate): predicate
    case .inverse(let inner), .zeroOrMore(let inner), .oneOrMore(let inner), .zeroOrOne(let inner):
      inner.leadingPredicate
    case .sequence(let first, _), .alternative(let first, _): first.leadingPredicate
    case .negated: nil
    }
  }
}
