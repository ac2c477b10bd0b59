import Engine
import RDF

extension Labeler {
  /// About what a fact as people read it takes, and each thing said about it.
  private static let factByteCount = 600
  private static let qualifierByteCount = 300

  /// A triple as people read it, with its qualifiers and origin.
  func stated(
    _ triple: EncodedTriple, within budget: SearchBudget
  ) throws(EvaluationError) -> StatedFact {
    try stated(triple, reifiers: try reifiers(of: triple, within: budget), within: budget)
  }

  /// The same with what some of its reifiers say.
  func stated(
    _ triple: EncodedTriple, reifiers: [TermID], within budget: SearchBudget
  ) throws(EvaluationError) -> StatedFact {
    try budget.step(64)
    try budget.charge(byteCount: Self.factByteCount)
    var groups: [[StatedQualifier]] = []
    for reifier in reifiers {
      let group = try qualifiers(of: reifier, within: budget)
      if !group.isEmpty { groups.append(group) }
    }
    let dictionary = snapshot.dictionary
    return StatedFact(
      triple: Triple(
        dictionary.term(triple.subject), dictionary.term(triple.predicate),
        dictionary.term(triple.object)),
      subject: text(triple.subject), relation: text(triple.predicate),
      object: text(triple.object),
      qualifierGroups: groups,
      origin: snapshot.origin(of: triple).flatMap(origins.origin))
  }

  /// The fact that a statement's subject is the reifier of, with what that reifier says of it; nil for other statements.
  func reified(
    by statement: EncodedTriple, within budget: SearchBudget
  ) throws(EvaluationError) -> StatedFact? {
    var fact: EncodedTriple?
    snapshot.forEach(statement.subject, standard.reifies, .none) { reification in
      fact = snapshot.dictionary.components(ofTriple: reification.object)
      return false
    }
    guard let fact else { return nil }
    return try stated(fact, reifiers: [statement.subject], within: budget)
  }

  /// The reifiers of a triple.
  func reifiers(
    of triple: EncodedTriple, within budget: SearchBudget
  ) throws(EvaluationError) -> [TermID] {
    guard let term = snapshot.dictionary.lookup(triple: triple) else { return [] }
    var found: [TermID] = []
    try budget.forEach(.none, standard.reifies, term) {
      found.append($0.subject)
      return true
    }
    return found
  }

  /// What a reifier says of its triple, in order of the qualifiers' handles.
  private func qualifiers(
    of reifier: TermID, within budget: SearchBudget
  ) throws(EvaluationError) -> [StatedQualifier] {
    var group: [StatedQualifier] = []
    try budget.forEach(reifier, .none, .none) { statement throws(EvaluationError) in
      guard !standard.isBookkeeping(statement.predicate),
        case .iri(let iri) = snapshot.dictionary.term(statement.predicate)
      else { return true }
      try budget.step(64)
      try budget.charge(byteCount: Self.qualifierByteCount)
      let term = snapshot.dictionary.term(statement.object)
      let isText = snapshot.dictionary.kind(statement.object).isLiteral
      group.append(
        StatedQualifier(
          relation: text(statement.predicate), value: isText ? phrase(term) : text(term),
          relationIRI: iri, term: term))
      return true
    }
    return group
  }

  /// The first of the dates that a fact has, as text that sorts in order of time; nil when undated.
  func sortingDate(_ fact: StatedFact) -> String? {
    fact.qualifierGroups.joined().filter { standardDates.contains($0.relationIRI) }
      .map(\.value).min()
  }

  private var standardDates: [String] {
    [Vocabulary.date, Vocabulary.validFrom, Vocabulary.validThrough]
  }
}
