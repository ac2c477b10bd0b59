import Engine
import RDF

/// Lists dated facts in order of time.
struct Timeline {
  private let labeler: Labeler
  private let budget: SearchBudget

  init(_ labeler: Labeler, limits: Limits) {
    self.labeler = labeler
    budget = SearchBudget(labeler.snapshot, limits)
  }

  /// Every fact with a date in its qualifiers or as its object; with a term, those it takes part in,
  /// claims that mention it included. ISO dates of any precision sort as text: a month before its days.
  func facts(about term: Term?) throws(EvaluationError) -> [DatedFact] {
    let snapshot = labeler.snapshot
    let entity = term.flatMap(snapshot.dictionary.lookup)
    if term != nil, entity == nil { return [] }
    var found: [DatedFact] = []
    do throws(EvaluationError) {
      try collect(entity, into: &found)
      // Equal dates keep their order.
      try budget.sort(&found) { $0.date < $1.date }
      return found
    } catch {
      DetachedThread.letGo(of: consume found)
      throw error
    }
  }

  private func collect(
    _ entity: TermID?, into found: inout [DatedFact]
  ) throws(EvaluationError) {
    for predicate in [labeler.standard.on, labeler.standard.from, labeler.standard.until] {
      let sense = labeler.standard.dateSense(predicate) ?? ""
      for (dated, reifiers) in try facts(dated: predicate, about: entity) {
        found.append(
          DatedFact(
            date: labeler.text(dated.date), sense: sense,
            fact: try labeler.stated(dated.triple, reifiers: reifiers, within: budget)))
      }
    }
  }

  private struct Dated: Hashable {
    var triple: EncodedTriple
    var date: TermID
  }

  /// Each fact once a date, with the reifiers that give it, in the order of the index.
  private func facts(
    dated predicate: TermID, about entity: TermID?
  ) throws(EvaluationError) -> [(Dated, [TermID])] {
    var places: [Dated: Int] = [:]
    var found: [(Dated, [TermID])] = []
    try budget.forEach(.none, predicate, .none) { statement throws(EvaluationError) in
      let triples = reifiedTriples(by: statement.subject)
      for triple in triples.isEmpty ? [statement] : triples where mentions(triple, entity) {
        try budget.step(8)
        let dated = Dated(triple: triple, date: statement.object)
        let own = triples.isEmpty ? [] : [statement.subject]
        if let place = places[dated] {
          found[place].1 += own
        } else {
          try budget.charge(byteCount: Self.datedByteCount)
          places[dated] = found.count
          found.append((dated, own))
        }
      }
      return true
    }
    for place in found.indices where found[place].1.isEmpty {
      found[place].1 = try labeler.reifiers(of: found[place].0.triple, within: budget)
    }
    return found
  }

  /// About what a fact takes while it is looked for, with its reifiers.
  private static let datedByteCount = 200

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
