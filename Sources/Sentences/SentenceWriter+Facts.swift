public import RDF

extension SentenceWriter {
  /// The parts of a sentence as they are written.
  public struct Parts: Hashable, Sendable {
    public var subject: String
    public var relation: String
    public var object: String
  }

  /// What stands for each part of a triple whose predicate is an IRI.
  public static func parts(_ triple: Triple, _ naming: Naming) -> Parts {
    guard case .iri(let relation) = triple.predicate else {
      preconditionFailure("a predicate is an IRI")
    }
    if case .iri(let iri) = triple.subject, relation == Vocabulary.type,
      let trait = trait(triple.object), let name = naming.name(iri, .relation)
    {
      return Parts(subject: newName(name, as: .relation), relation: "is", object: trait)
    }
    return Parts(
      subject: term(triple.subject, as: subjectRole(of: relation), naming),
      relation: self.relation(relation, naming), object: object(triple.object, of: relation, naming)
    )
  }

  /// `subject relation object`, without a mark.
  static func sentence(_ triple: Triple, _ naming: Naming) -> String {
    let parts = parts(triple, naming)
    return parts.subject + " " + parts.relation + " " + parts.object
  }

  /// `{relation value, …}`.
  public static func qualifiers(
    _ group: [(relation: String, value: Term)], _ naming: Naming
  ) -> String {
    let items = group.map {
      relation($0.relation, naming) + " " + object($0.value, of: $0.relation, naming)
    }
    return "{" + items.joined(separator: ", ") + "}"
  }

  /// A whole fact with its mark; one group of qualifiers a reifier. `label` gives the name of an IRI, if it has one.
  public static func fact(
    _ triple: Triple, qualifierGroups: [[(relation: String, value: Term)]] = [],
    label: @escaping (String) -> String?
  ) -> String {
    let naming = Naming { iri, _ in label(iri) }
    let groups = qualifierGroups.filter { !$0.isEmpty }.map { " " + qualifiers($0, naming) }
    return sentence(triple, naming) + groups.joined() + "."
  }

  private static func trait(_ object: Term) -> String? {
    switch object {
    case .iri(Vocabulary.transitiveProperty): "transitive"
    case .iri(Vocabulary.symmetricProperty): "symmetric"
    default: nil
    }
  }

  private static func subjectRole(of relation: String) -> NameRole {
    switch relation {
    case Vocabulary.inverseOf, Vocabulary.subPropertyOf: .relation
    case Vocabulary.subClassOf: .class
    default: .entity
    }
  }

  private static func object(_ object: Term, of relation: String, _ naming: Naming) -> String {
    switch relation {
    case Vocabulary.inverseOf, Vocabulary.subPropertyOf:
      return term(object, as: .relation, naming)
    case Vocabulary.type, Vocabulary.subClassOf: return term(object, as: .class, naming)
    // A name here is a text.
    case Vocabulary.altLabel:
      if case .iri(let iri) = object { return naming.notation(iri) }
      if case .literal(let literal) = object, literal.isName, naming.usesWords {
        return quoted(literal.lexicalForm)
      }
    default:
      if case .iri(let iri) = object, naming.name(relation, .relation) == "is",
        let name = naming.name(iri, .entity)
      {
        return isBare(name)
          ? newName(name, as: startsLower(name[...]) ? .relation : .entity) : quoted(name)
      }
      let isDate = naming.usesWords && StandardRelation.of(relation)?.takesDates == true
      if isDate, object.hasFourDigits(XSD.gYear) { return object.lexicalForm }
      // A bare number would be a year here.
      if isDate, object.hasFourDigits(XSD.integer) {
        return "\"" + object.lexicalForm + "\"^^" + naming.notation(XSD.integer)
      }
    }
    return term(object, naming)
  }

  /// A relation by its name, its standard word or its IRI.
  private static func relation(_ iri: String, _ naming: Naming) -> String {
    if naming.usesWords, let standard = StandardRelation.of(iri) { return standard.rawValue }
    let name = naming.name(iri, .relation)
    return name == "is" ? "is" : naming.text(iri, as: .relation)
  }
}

extension StandardRelation {
  /// The relation with this IRI.
  static func of(_ iri: String) -> StandardRelation? { allCases.first { $0.iri == iri } }

  /// Whether a bare year after it is a date.
  var takesDates: Bool {
    switch self {
    case .on, .from, .until: true
    case .isA, .kindOf, .alsoKnownAs, .implies, .inverseOf, .sameAs, .source, .quote: false
    }
  }
}

extension Literal {
  /// Whether it is a plain text that a quoted name can hold.
  fileprivate var isName: Bool {
    datatype == XSD.string && !lexicalForm.isEmpty
      && lexicalForm.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      && lexicalForm.split { $0.isWhitespace }.joined(separator: " ") == lexicalForm
  }
}

extension Term {
  fileprivate var lexicalForm: String {
    if case .literal(let literal) = self { literal.lexicalForm } else { "" }
  }

  /// Whether it is a literal of some datatype that is written with four digits.
  fileprivate func hasFourDigits(_ datatype: String) -> Bool {
    guard case .literal(let literal) = self, literal.datatype == datatype else { return false }
    let digits = literal.lexicalForm.utf8
    return digits.count == 4 && digits.allSatisfy(CharacterClass.isDigit)
  }
}
