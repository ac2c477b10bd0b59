import Algebra
import Engine
import RDF

/// Finds the asserted facts behind an answer: a pattern's premises with the answer put in.
struct Evidence: Sendable {
  private let labeler: Labeler
  private let premises: Premises

  init(_ labeler: Labeler, for pattern: Pattern) {
    self.init(labeler, Premises(pattern))
  }

  private init(_ labeler: Labeler, _ premises: Premises) {
    self.labeler = labeler
    self.premises = premises
  }

  /// One for each combination of the pattern's alternatives.
  private var readings: [Evidence] {
    premises.readings.map { Evidence(labeler, $0) }
  }

  /// Those whose terms tell which facts are behind a solution.
  var variables: Set<Variable> {
    readings.reduce(into: []) { $0.formUnion($1.premises.variables) }
  }

  private var snapshot: Snapshot { labeler.snapshot }

  /// The asserted facts below one solution; gaps left over take the first match. At most 20, each once.
  func facts(
    for bindings: [Variable: Term], limits: Limits
  ) throws(EvaluationError) -> [StatedFact] {
    let readings = readings
    let limits = limits.begun()
    for reading in readings {
      let facts = try reading.ownFacts(
        for: bindings, all: readings.count > 1, limits: limits)
      if !facts.isEmpty { return facts }
    }
    return []
  }

  /// `all` asks for every premise, as one of several alternatives has to hold whole.
  private func ownFacts(
    for bindings: [Variable: Term], all: Bool, limits: Limits
  ) throws(EvaluationError) -> [StatedFact] {
    guard let complete = try completed(bindings, limits: limits) else { return [] }
    var facts = assertedFacts(complete)
    if all, facts.count < premises.facts.count { return [] }
    let budget = SearchBudget(snapshot, limits)
    for reach in premises.reaches {
      let walk = try walk(reach, complete, within: budget)
      if all, walk == nil { return [] }
      for triple in walk ?? [] { facts.append((triple, nil)) }
    }
    var seen: Set<EncodedTriple> = []
    var found: [StatedFact] = []
    for fact in facts where seen.insert(fact.triple).inserted {
      found.append(try stated(fact, within: budget))
      if found.count == Self.factLimit { break }
    }
    return found
  }

  private static let factLimit = 20

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

  private func stated(
    _ fact: (triple: EncodedTriple, reifier: TermID?), within budget: SearchBudget
  ) throws(EvaluationError) -> StatedFact {
    guard let reifier = fact.reifier else {
      return try labeler.stated(fact.triple, within: budget)
    }
    return try labeler.stated(fact.triple, reifiers: [reifier], within: budget)
  }

  /// One explanation a premise: an asserted fact, or a conclusion with the facts that lead to it; none unless all hold.
  func explanations(
    for bindings: [Variable: Term], limits: Limits
  ) throws(EvaluationError) -> [Explanation] {
    let limits = limits.begun()
    for reading in readings {
      let found = try reading.ownExplanations(for: bindings, limits: limits)
      if !found.isEmpty { return found }
    }
    return []
  }

  private func ownExplanations(
    for bindings: [Variable: Term], limits: Limits
  ) throws(EvaluationError) -> [Explanation] {
    guard let complete = try completed(bindings, limits: limits) else { return [] }
    let facts = assertedFacts(complete)
    guard facts.count == premises.facts.count else { return [] }
    let budget = SearchBudget(snapshot, limits)
    var found: [Explanation] = []
    for fact in facts {
      found.append(
        Explanation(conclusion: try stated(fact, within: budget), isAsserted: true))
    }
    for reach in premises.reaches {
      guard let walk = try walk(reach, complete, within: budget),
        let explanation = try explanation(of: reach, by: walk, complete, within: budget)
      else { return [] }
      found.append(explanation)
    }
    return found
  }

  /// Every asserted triple that is part of a match of the sentence as written, without what relations
  /// imply; each once.
  func matches(limits: Limits) throws(EvaluationError) -> [EncodedTriple] {
    let facts = premises.asWritten
    let qualified = premises.triples.filter { !facts.contains($0) }
    let solutions = try solutions(of: .triples(facts + qualified), limit: nil, limits: limits)
    let budget = SearchBudget(snapshot, limits)
    try budget.charge(
      byteCount: solutions.rowCount * solutions.columns.count * MemoryLayout<TermID>.stride)
    let templates = facts.compactMap {
      FactTemplate($0, columns: solutions.variables, snapshot.dictionary)
    }
    var found = TripleCollector()
    for row in 0..<solutions.rowCount {
      for template in templates {
        try budget.step(4)
        guard let triple = template.triple(solutions, row: row), snapshot.contains(triple) else {
          continue
        }
        try budget.add(triple, to: &found)
      }
    }
    return try budget.triples(of: found)
  }

  /// Facts that say the first premise without asserting it, such as `X says (…)`. At most 20.
  func claims(limits: Limits) throws(EvaluationError) -> [StatedFact] {
    guard let pattern = premises.asWritten.first else { return [] }
    let (who, how) = (Variable(" who"), Variable(" how"))
    let said = TriplePattern(.variable(who), .variable(how), pattern.term)
    let others = Pattern.filter(
      .compare(.notEqual, .variable(how), .term(.iri(Vocabulary.reifies))), .triples([said]))
    let solutions = try solutions(of: others, limit: Self.factLimit, limits: limits)
    let budget = SearchBudget(snapshot, limits)
    var claims: [StatedFact] = []
    for row in 0..<solutions.rowCount {
      guard let triple = ground(said.replacing(bindings(solutions, row))) else { continue }
      claims.append(try labeler.stated(triple, within: budget))
    }
    return claims
  }

  /// Bindings for every variable of the premises, those given included; nil when there is no match.
  private func completed(
    _ bindings: [Variable: Term], limits: Limits
  ) throws(EvaluationError) -> [Variable: Term]? {
    if premises.variables.isSubset(of: bindings.keys) { return bindings }
    let pattern = premises.pattern(replacing: bindings)
    let match = try solutions(of: pattern, limit: 1, limits: limits)
    guard match.rowCount > 0 else { return nil }
    return self.bindings(match, 0).merging(bindings) { _, given in given }
  }

  private func solutions(
    of pattern: Pattern, limit: Int?, limits: Limits
  ) throws(EvaluationError) -> Solutions {
    let variables = pattern.variablesInScope
    let query = Query(
      .select, .slice(.project(pattern, variables), offset: 0, limit: limit))
    return try QueryEngine().evaluate(query, on: snapshot, limits: limits).solutions
  }

  private func bindings(_ solutions: Solutions, _ row: Int) -> [Variable: Term] {
    var bindings: [Variable: Term] = [:]
    for (column, variable) in solutions.variables.enumerated() {
      bindings[variable] = solutions.term(row: row, column: column)
    }
    return bindings
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

  // MARK: - Paths

  /// The facts along a path; nil when it does not hold.
  private func walk(
    _ reach: Premises.Reach, _ bindings: [Variable: Term], within budget: SearchBudget
  ) throws(EvaluationError) -> [EncodedTriple]? {
    guard let subject = reach.subject.replacing(bindings).groundTerm,
      let object = reach.object.replacing(bindings).groundTerm,
      let source = snapshot.dictionary.lookup(subject),
      let target = snapshot.dictionary.lookup(object)
    else { return nil }
    return try PathWitness(reach.path, on: snapshot)
      .walk(from: source, to: target, within: budget)
  }

  /// What a path concludes from the facts along it; the fact itself where it is asserted.
  private func explanation(
    of reach: Premises.Reach, by walk: [EncodedTriple], _ bindings: [Variable: Term],
    within budget: SearchBudget
  ) throws(EvaluationError) -> Explanation? {
    guard let subject = reach.subject.replacing(bindings).groundTerm,
      let object = reach.object.replacing(bindings).groundTerm,
      let predicate = reach.path.leadingPredicate
    else { return nil }
    var facts: [StatedFact] = []
    for triple in walk { facts.append(try labeler.stated(triple, within: budget)) }
    let triple = Triple(subject, predicate, object)
    if facts.count == 1, facts[0].triple == triple {
      return Explanation(conclusion: facts[0], isAsserted: true)
    }
    let conclusion = StatedFact(
      triple: triple, subject: labeler.text(subject), relation: labeler.text(predicate),
      object: labeler.text(object), qualifierGroups: [], origin: nil)
    return Explanation(
      conclusion: conclusion, isAsserted: false, reason: reason(conclusion, facts),
      premises: facts.map { Explanation(conclusion: $0, isAsserted: true) })
  }

  /// The trait of relations that leads from the facts to the conclusion, in words.
  private func reason(_ conclusion: StatedFact, _ facts: [StatedFact]) -> String? {
    let relation = conclusion.relation
    if conclusion.triple.predicate == .iri(Vocabulary.type) { return "by kind of" }
    guard facts.count == 1, let fact = facts.first else {
      return facts.isEmpty ? nil : "\(relation) is transitive"
    }
    let isForward = fact.triple.subject == conclusion.triple.subject
    switch (fact.relation == relation, isForward) {
    case (true, true): return nil
    case (true, false): return "\(relation) is symmetric"
    case (false, true): return "\(fact.relation) implies \(relation)"
    case (false, false): return "\(fact.relation) is the inverse of \(relation)"
    }
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
