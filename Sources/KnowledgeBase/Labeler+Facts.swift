import Engine
import RDF

extension Labeler {
  /// A triple as people read it, with its qualifiers and origin.
  func stated(_ triple: EncodedTriple) -> StatedFact {
    stated(triple, reifiers: reifiers(of: triple))
  }

  /// The same with what some of its reifiers say.
  func stated(_ triple: EncodedTriple, reifiers: [TermID]) -> StatedFact {
    let dictionary = snapshot.dictionary
    return StatedFact(
      triple: Triple(
        dictionary.term(triple.subject), dictionary.term(triple.predicate),
        dictionary.term(triple.object)),
      subject: text(triple.subject), relation: text(triple.predicate),
      object: text(triple.object),
      qualifierGroups: reifiers.map(qualifiers).filter { !$0.isEmpty },
      origin: snapshot.origin(of: triple).flatMap(origins.origin))
  }

  /// The fact that a statement's subject is the reifier of, with what that reifier says of it; nil for other statements.
  func reified(by statement: EncodedTriple) -> StatedFact? {
    var fact: EncodedTriple?
    snapshot.forEach(statement.subject, standard.reifies, .none) { reification in
      fact = snapshot.dictionary.components(ofTriple: reification.object)
      return false
    }
    return fact.map { stated($0, reifiers: [statement.subject]) }
  }

  /// The reifiers of a triple.
  func reifiers(of triple: EncodedTriple) -> [TermID] {
    guard let term = snapshot.dictionary.lookup(triple: triple) else { return [] }
    var found: [TermID] = []
    snapshot.forEach(.none, standard.reifies, term) {
      found.append($0.subject)
      return true
    }
    return found
  }

  /// What a reifier says of its triple, in order of the qualifiers' handles.
  private func qualifiers(of reifier: TermID) -> [StatedQualifier] {
    var group: [StatedQualifier] = []
    snapshot.forEach(reifier, .none, .none) { statement in
      guard !standard.isBookkeeping(statement.predicate),
        case .iri(let iri) = snapshot.dictionary.term(statement.predicate)
      else { return true }
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
