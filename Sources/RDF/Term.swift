/// An RDF 1.2 term. Source: RDF 1.2 Concepts, section 3.
public enum Term: Hashable, Sendable {
  /// An absolute IRI, without angle brackets.
  case iri(String)
  /// A blank node by its label, without `_:`; labels mean something within one dataset only.
  case blankNode(String)
  case literal(Literal)
  /// A triple term: a triple that is spoken of, not asserted.
  indirect case triple(Triple)

  /// Code point by code point: canonically equivalent texts are different terms.
  public static func == (a: Term, b: Term) -> Bool {
    switch (a, b) {
    case (.iri(let a), .iri(let b)), (.blankNode(let a), .blankNode(let b)): a.isSame(as: b)
    case (.literal(let a), .literal(let b)): a == b
    case (.triple(let a), .triple(let b)): a == b
    case (.iri, _), (.blankNode, _), (.literal, _), (.triple, _): false
    }
  }
}

extension String {
  /// Whether the code points are the same, where `==` takes canonically equivalent ones for equal.
  package func isSame(as other: String) -> Bool {
    self == other && utf8.elementsEqual(other.utf8)
  }
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

  /// Code point by code point.
  public static func == (a: Literal, b: Literal) -> Bool {
    a.lexicalForm.isSame(as: b.lexicalForm) && a.datatype.isSame(as: b.datatype)
      && a.language == b.language && a.direction == b.direction
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
