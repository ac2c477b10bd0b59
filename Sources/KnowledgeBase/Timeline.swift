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
      var isStopped = false
      snapshot.forEach(.none, predicate, .none) { statement in
        isStopped = limits.cancellation?.isRaised == true
        let date = labeler.text(statement.object)
        let subjects = reifiedTriples(by: statement.subject)
        for triple in subjects.isEmpty ? [statement] : subjects where mentions(triple, entity) {
          found.append(DatedFact(date: date, sense: sense, fact: labeler.stated(triple)))
        }
        return !isStopped
      }
      if isStopped { throw .interrupted(afterSeconds: 0, rowCount: found.count) }
    }
    return found.enumerated().sorted {
      ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
    }.map(\.element)
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
