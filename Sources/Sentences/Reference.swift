public import RDF

/// What a piece of a fact stands for, before the graph has interned it.
public enum Reference: Hashable, Sendable {
  case known(TermID)
  /// A name the graph does not have yet, as written.
  case new(String, NameRole)
  case standard(StandardRelation)
  case term(Term)
  /// A sentence in parentheses: a triple term.
  indirect case claim(subject: Reference, relation: Reference, object: Reference)
}

/// The relations of the language that map to standard vocabularies.
public enum StandardRelation: String, Hashable, Sendable, CaseIterable {
  case isA = "is a"
  case kindOf = "kind of"
  case alsoKnownAs = "also known as"
  case implies
  case inverseOf = "inverse of"
  case sameAs = "same as"
  case source
  case on
  case from
  case until
  case quote

  public var iri: String {
    switch self {
    case .isA: Vocabulary.type
    case .kindOf: Vocabulary.subClassOf
    case .alsoKnownAs: Vocabulary.altLabel
    case .implies: Vocabulary.subPropertyOf
    case .inverseOf: Vocabulary.inverseOf
    case .sameAs: Vocabulary.sameAs
    case .source: Vocabulary.source
    case .on: Vocabulary.date
    case .from: Vocabulary.validFrom
    case .until: Vocabulary.validThrough
    case .quote: Vocabulary.exact
    }
  }
}
