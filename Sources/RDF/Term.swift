/// An RDF 1.2 term. Source: RDF 1.2 Concepts, section 3.
public enum Term: Hashable, Sendable {
  /// An absolute IRI, without angle brackets.
  case iri(String)
  /// A blank node by its label, without `_:`; labels mean something within one dataset only.
  case blankNode(String)
  case literal(Literal)
  /// A triple term: a triple that is spoken of, not asserted.
  indirect case triple(Triple)
}

/// An RDF 1.2 literal.
public struct Literal: Hashable, Sendable {
  public var lexicalForm: String
  /// The datatype's IRI; `rdf:langString` or `rdf:dirLangString` exactly when there is a language.
  public var datatype: String
  /// Kept as written; compared without case, so equal tags hash alike only in lower case.
  public var language: String?
  public var direction: Direction?

  public enum Direction: String, Hashable, Sendable {
    case leftToRight = "ltr"
    case rightToLeft = "rtl"
  }

  public init(_ lexicalForm: String, datatype: String = XSD.string) {
    self.lexicalForm = lexicalForm
    self.datatype = datatype
  }

  public init(_ lexicalForm: String, language: String, direction: Direction? = nil) {
    self.lexicalForm = lexicalForm
    self.datatype = direction == nil ? Vocabulary.langString : Vocabulary.dirLangString
    self.language = language
    self.direction = direction
  }
}

/// An RDF 1.2 triple of decoded terms.
public struct Triple: Hashable, Sendable {
  public var subject: Term
  public var predicate: Term
  public var object: Term

  public init(_ subject: Term, _ predicate: Term, _ object: Term) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
  }
}

/// A triple in the default graph (`graph` nil) or in a named one.
public struct Quad: Hashable, Sendable {
  public var triple: Triple
  public var graph: Term?

  public init(_ triple: Triple, graph: Term? = nil) {
    self.triple = triple
    self.graph = graph
  }
}
