import Algebra
import Engine
import RDF

extension KnowledgeBase {
  /// What an entity is, every relation in and out, and the claims that mention it.
  func portrait(of term: Term, limits: Limits) throws(EvaluationError) -> Portrait {
    let labeler = labeler
    let limits = limits.begun()
    let id = dictionary.lookup(term) ?? .none
    let name = labeler.text(term)
    guard id.isBound else {
      return Portrait(
        name: name, otherNames: [], iri: name, classes: [], groups: [], claims: [])
    }
    var claims = try claims(mentioning: term, limits: limits)
    let budget = SearchBudget(snapshot, limits)
    var groups: [Portrait.Group] = []
    for isOutgoing in [true, false] {
      for (relation, first, count) in try neighbours(of: id, isOutgoing: isOutgoing, budget) {
        var facts: [StatedFact] = []
        for triple in first { facts.append(try labeler.stated(triple, within: budget)) }
        if facts.contains(where: { $0.triple.object.isTriple }) {
          claims += facts
          continue
        }
        groups.append(
          Portrait.Group(
            relation: labeler.text(relation), isOutgoing: isOutgoing,
            facts: inOrderOfDate(facts, labeler), factCount: count))
      }
    }
    return Portrait(
      name: name, otherNames: names(of: id).filter { $0 != name }, iri: term.iri ?? name,
      classes: classes(of: id, labeler), groups: groups, claims: claims,
      uses: try uses(of: id, labeler, budget))
  }

  /// The facts that a relation makes, the first of them read.
  private func uses(
    of id: TermID, _ labeler: Labeler, _ budget: SearchBudget
  ) throws(EvaluationError) -> (facts: [StatedFact], count: Int) {
    var facts: [StatedFact] = []
    let count = snapshot.count(.none, id, .none)
    guard count > 0, !standard.isBookkeeping(id) else { return ([], 0) }
    try budget.forEach(.none, id, .none) { triple throws(EvaluationError) in
      if let fact = try labeler.reified(by: triple, within: budget) {
        facts.append(fact)
      } else {
        facts.append(try labeler.stated(triple, within: budget))
      }
      return facts.count < PendingFacts.shownLimit
    }
    return (inOrderOfDate(facts, labeler), count)
  }

  private func classes(of id: TermID, _ labeler: Labeler) -> [String] {
    var found: [String] = []
    snapshot.forEach(id, standard.type, .none) {
      found.append(labeler.text($0.object))
      return true
    }
    return found
  }

  /// The first triples of an entity by predicate, and how many there are, without names and classes.
  private func neighbours(
    of id: TermID, isOutgoing: Bool, _ budget: SearchBudget
  ) throws(EvaluationError) -> [(relation: TermID, first: [EncodedTriple], count: Int)] {
    var groups: [TermID: (first: [EncodedTriple], count: Int)] = [:]
    var order: [TermID] = []
    try budget.forEach(isOutgoing ? id : .none, .none, isOutgoing ? .none : id) { triple in
      let predicate = triple.predicate
      let isShown =
        isOutgoing
        ? !standard.naming.contains(predicate) && predicate != standard.type
        : !isReifier(triple.subject)
      if isShown, !standard.isBookkeeping(predicate) {
        if groups[predicate] == nil { order.append(predicate) }
        groups[predicate, default: ([], 0)].count += 1
        if groups[predicate, default: ([], 0)].first.count < PendingFacts.shownLimit {
          groups[predicate, default: ([], 0)].first.append(triple)
        }
      }
      return true
    }
    return order.map { ($0, groups[$0]?.first ?? [], groups[$0]?.count ?? 0) }
  }

  /// Whether a relation says something of facts only, as the first that it makes show.
  func isOnlyQualifier(_ relation: TermID) -> Bool {
    var left = 32
    var isOnly = snapshot.count(.none, relation, .none) > 0
    snapshot.forEach(.none, relation, .none) {
      isOnly = isReifier($0.subject)
      left -= 1
      return isOnly && left > 0
    }
    return isOnly
  }

  private func isReifier(_ id: TermID) -> Bool {
    dictionary.kind(id) == .blankNode && snapshot.count(id, standard.reifies, .none) > 0
  }

  private func inOrderOfDate(_ facts: [StatedFact], _ labeler: Labeler) -> [StatedFact] {
    let dated = facts.map { (date: labeler.sortingDate($0) ?? "~", fact: $0) }
    return dated.enumerated().sorted {
      ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
    }.map(\.element.fact)
  }

  /// Facts that say something of a claim in which the entity is subject or object, its own excepted.
  private func claims(
    mentioning term: Term, limits: Limits
  ) throws(EvaluationError) -> [StatedFact] {
    let (who, how, relation, other) =
      (Variable(" who"), Variable(" how"), Variable(" relation"), Variable(" other"))
    func said(_ claim: TriplePattern) -> Pattern {
      .triples([TriplePattern(.variable(who), .variable(how), .triple(claim))])
    }
    let mentions = Pattern.union(
      said(TriplePattern(.term(term), .variable(relation), .variable(other))),
      said(TriplePattern(.variable(other), .variable(relation), .term(term))))
    let asserted = Pattern.filter(
      .and(
        .compare(.notEqual, .variable(how), .term(.iri(Vocabulary.reifies))),
        .not(.call(.sameTerm, [.variable(who), .term(term)]))), mentions)
    // Whole claims are read back from the graph: the speaker and the relation are enough to find them.
    let query = Query(.select, .distinct(.project(asserted, [who, how])))
    let found = try QueryEngine().evaluate(query, on: snapshot, limits: limits).solutions
    let budget = SearchBudget(snapshot, limits)
    let labeler = labeler
    var facts: [StatedFact] = []
    for row in 0..<found.rowCount where facts.count < PendingFacts.shownLimit {
      try budget.forEach(found.id(row: row, column: 0), found.id(row: row, column: 1), .none) {
        triple throws(EvaluationError) in
        if let claim = dictionary.components(ofTriple: triple.object),
          let id = dictionary.lookup(term), claim.subject == id || claim.object == id
        {
          facts.append(try labeler.stated(triple, within: budget))
        }
        return facts.count < PendingFacts.shownLimit
      }
    }
    return facts
  }
}

extension Term {
  var isTriple: Bool {
    if case .triple = self { true } else { false }
  }

  var iri: String? {
    if case .iri(let iri) = self { iri } else { nil }
  }
}
