import Engine
import RDF
import Sentences

/// Handles of the standard vocabularies' terms in one dictionary.
struct StandardTerms: Sendable {
  let type: TermID
  let label: TermID
  let reifies: TermID
  let subClassOf: TermID
  let subPropertyOf: TermID
  let inverseOf: TermID
  let alsoKnownAs: TermID
  let on: TermID
  let from: TermID
  let until: TermID
  let source: TermID
  /// Predicates that give a term its names; the first that a term has is the one shown.
  let naming: [TermID]
  private let relations: [TermID]

  init(_ dictionary: TermDictionary) throws(EvaluationError) {
    func id(_ iri: String) throws(EvaluationError) -> TermID {
      try dictionary.intern(.iri(iri))
    }
    type = try id(Vocabulary.type)
    label = try id(Vocabulary.label)
    reifies = try id(Vocabulary.reifies)
    subClassOf = try id(Vocabulary.subClassOf)
    subPropertyOf = try id(Vocabulary.subPropertyOf)
    inverseOf = try id(Vocabulary.inverseOf)
    alsoKnownAs = try id(Vocabulary.altLabel)
    on = try id(Vocabulary.date)
    from = try id(Vocabulary.validFrom)
    until = try id(Vocabulary.validThrough)
    source = try id(Vocabulary.source)
    naming = [
      label, try id(Vocabulary.prefLabel), try id(Vocabulary.schemaName),
      try id(Vocabulary.foafName), alsoKnownAs,
    ]
    var relations: [TermID] = []
    for relation in StandardRelation.allCases { relations.append(try id(relation.iri)) }
    self.relations = relations
  }

  /// The handle of a relation that the language itself knows.
  func id(_ relation: StandardRelation) -> TermID {
    for (candidate, id) in zip(StandardRelation.allCases, relations) where candidate == relation {
      return id
    }
    preconditionFailure("every standard relation was interned")
  }

  /// The word of the language for a standard relation.
  func word(_ id: TermID) -> String? {
    guard let index = relations.firstIndex(of: id) else { return nil }
    return StandardRelation.allCases[index].rawValue
  }

  /// The standard relation that dates a fact, if it is one: `on`, `from` or `until`.
  func dateSense(_ id: TermID) -> String? {
    id == on ? "on" : id == from ? "from" : id == until ? "until" : nil
  }

  /// Predicates that serve the language and are not facts that people stated.
  func isBookkeeping(_ predicate: TermID) -> Bool {
    predicate == label || predicate == reifies
  }
}
