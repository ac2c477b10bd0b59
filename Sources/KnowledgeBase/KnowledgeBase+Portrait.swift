import Algebra
import Engine
import RDF

extension KnowledgeBase {
  /// What an entity is, every relation in and out, and the claims that mention it.
  func portrait(of term: Term, limits: Limits) throws(EvaluationError) -> Portrait {
    let labeler = labeler
    let id = dictionary.lookup(term) ?? .none
    let name = labeler.text(term)
    guard id.isBound else {
      return Portrait(
        name: name, otherNames: [], iri: name, classes: [], groups: [], claims: [])
    }
    var claims = try claims(mentioning: term, limits: limits)
    var groups: [Portrait.Group] = []
    for isOutgoing in [true, false] {
      for (relation, triples) in neighbours(of: id, isOutgoing: isOutgoing) {
        let facts = triples.prefix(PendingFacts.shownLimit).map(labeler.stated)
        if facts.contains(where: { $0.triple.object.isTriple }) {
          claims += facts
          continue
        }
        groups.append(
          Portrait.Group(
            relation: labeler.text(relation), isOutgoing: isOutgoing,
            facts: inOrderOfDate(facts, labeler), factCount: triples.count))
      }
    }
    return Portrait(
      name: name, otherNames: names(of: id).filter { $0 != name }, iri: term.iri ?? name,
      classes: classes(of: id, labeler), groups: groups, claims: claims,
      uses: uses(of: id, labeler))
  }

  /// The facts that a relation makes, the first of them read.
  private func uses(of id: TermID, _ labeler: Labeler) -> (facts: [StatedFact], count: Int) {
    var facts: [StatedFact] = []
    let count = snapshot.count(.none, id, .none)
    guard count > 0, !standard.isBookkeeping(id) else { return ([], 0) }
    snapshot.forEach(.none, id, .none) { triple in
      facts.append(labeler.reified(by: triple) ?? labeler.stated(triple))
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

  /// The triples of an entity by predicate, without names and classes.
  private func neighbours(
    of id: TermID, isOutgoing: Bool
  ) -> [(relation: TermID, triples: [EncodedTriple])] {
    var groups: [TermID: [EncodedTriple]] = [:]
    var order: [TermID] = []
    snapshot.forEach(isOutgoing ? id : .none, .none, isOutgoing ? .none : id) { triple in
      let predicate = triple.predicate
      let isShown =
        isOutgoing
        ? !standard.naming.contains(predicate) && predicate != standard.type
        : !isReifier(triple.subject)
      if isShown, !standard.isBookkeeping(predicate) {
        if groups[predicate] == nil { order.append(predicate) }
        groups[predicate, default: []].append(triple)
      }
      return true
    }
    return order.map { ($0, groups[$0] ?? []) }
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
    var facts: [StatedFact] = []
    for row in 0..<found.rowCount where facts.count < PendingFacts.shownLimit {
      snapshot.forEach(found.id(row: row, column: 0), found.id(row: row, column: 1), .none) {
        if let claim = dictionary.components(ofTriple: $0.object),
          let id = dictionary.lookup(term), claim.subject == id || claim.object == id
        {
          facts.append(labeler.stated($0))
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
