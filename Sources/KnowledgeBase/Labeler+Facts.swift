import Engine
import RDF

extension Labeler {
  /// A triple as people read it, with its qualifiers and origin.
  func stated(_ triple: EncodedTriple) -> StatedFact {
    let dictionary = snapshot.dictionary
    return StatedFact(
      triple: Triple(
        dictionary.term(triple.subject), dictionary.term(triple.predicate),
        dictionary.term(triple.object)),
      subject: text(triple.subject), relation: text(triple.predicate),
      object: text(triple.object),
      qualifierGroups: qualifierGroups(of: triple).filter { !$0.isEmpty },
      origin: snapshot.origin(of: triple).flatMap(origins.origin))
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

  /// What each reifier says of the triple, in order of the qualifiers' handles.
  private func qualifierGroups(of triple: EncodedTriple) -> [[StatedQualifier]] {
    reifiers(of: triple).map { reifier in
      var group: [StatedQualifier] = []
      snapshot.forEach(reifier, .none, .none) { statement in
        guard !standard.isBookkeeping(statement.predicate) else { return true }
        let term = snapshot.dictionary.term(statement.object)
        guard case .iri(let iri) = snapshot.dictionary.term(statement.predicate) else {
          return true
        }
        group.append(
          StatedQualifier(
            relation: text(statement.predicate), value: text(statement.object), relationIRI: iri,
            term: term))
        return true
      }
      return group
    }
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
