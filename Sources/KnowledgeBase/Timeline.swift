import Engine
import RDF

/// Lists dated facts in order of time.
struct Timeline {
  private let labeler: Labeler
  private let limits: Limits

  init(_ labeler: Labeler, limits: Limits) {
    self.labeler = labeler
    self.limits = limits
  }

  /// Every fact with a date in its qualifiers or as its object; with a term, those it takes part in,
  /// claims that mention it included. ISO dates of any precision sort as text: a month before its days.
  func facts(about term: Term?) throws(EvaluationError) -> [DatedFact] {
    let snapshot = labeler.snapshot
    let entity = term.flatMap(snapshot.dictionary.lookup)
    if term != nil, entity == nil { return [] }
    var found: [DatedFact] = []
    for predicate in [labeler.standard.on, labeler.standard.from, labeler.standard.until] {
      let sense = labeler.standard.dateSense(predicate) ?? ""
      for (dated, reifiers) in try facts(dated: predicate, about: entity) {
        found.append(
          DatedFact(
            date: labeler.text(dated.date), sense: sense,
            fact: labeler.stated(dated.triple, reifiers: reifiers)))
      }
    }
    return found.enumerated().sorted {
      ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
    }.map(\.element)
  }

  private struct Dated: Hashable {
    var triple: EncodedTriple
    var date: TermID
  }

  /// Each fact once a date, with the reifiers that give it, in the order of the index.
  private func facts(
    dated predicate: TermID, about entity: TermID?
  ) throws(EvaluationError) -> [(Dated, [TermID])] {
    var reifiers: [Dated: [TermID]] = [:]
    var order: [Dated] = []
    var isStopped = false
    labeler.snapshot.forEach(.none, predicate, .none) { statement in
      isStopped = limits.cancellation?.isRaised == true
      let triples = reifiedTriples(by: statement.subject)
      for triple in triples.isEmpty ? [statement] : triples where mentions(triple, entity) {
        let dated = Dated(triple: triple, date: statement.object)
        if reifiers[dated] == nil { order.append(dated) }
        reifiers[dated, default: []] += triples.isEmpty ? [] : [statement.subject]
      }
      return !isStopped
    }
    if isStopped { throw .interrupted(afterSeconds: 0, rowCount: order.count) }
    return order.map { dated in
      let own = reifiers[dated] ?? []
      return (dated, own.isEmpty ? labeler.reifiers(of: dated.triple) : own)
    }
  }

  private func reifiedTriples(by reifier: TermID) -> [EncodedTriple] {
    var triples: [EncodedTriple] = []
    labeler.snapshot.forEach(reifier, labeler.standard.reifies, .none) {
      if let triple = labeler.snapshot.dictionary.components(ofTriple: $0.object) {
        triples.append(triple)
      }
      return true
    }
    return triples
  }

  private func mentions(_ triple: EncodedTriple, _ entity: TermID?) -> Bool {
    guard let entity else { return true }
    if triple.subject == entity || triple.object == entity { return true }
    guard let claim = labeler.snapshot.dictionary.components(ofTriple: triple.object) else {
      return false
    }
    return mentions(claim, entity)
  }
}
