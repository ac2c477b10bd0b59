import RDF

/// Writes terms, and remembers which prefixes it used.
struct TermPrinter {
  private let prefixes: NamespacePrefixes
  private var used: Set<String> = []

  init(prefixes: NamespacePrefixes) {
    self.prefixes = prefixes
  }

  /// The declarations of what was used, one a line; empty when nothing was.
  var prologue: String {
    prefixes.entries.filter { used.contains($0.prefix) }
      .map { "PREFIX \($0.prefix): \(TermText.iri($0.namespace))\n" }.joined()
  }

  mutating func text(_ term: Term) -> String {
    switch term {
    case .iri(let iri): text(iri: iri)
    case .blankNode(let label): "_:\(label)"
    case .literal(let literal): text(literal)
    case .triple(let triple):
      "<<( \(text(triple.subject)) \(text(triple.predicate)) \(text(triple.object)) )>>"
    }
  }

  mutating func text(iri: String) -> String {
    guard let (entry, localName) = prefixes.abbreviation(of: iri) else { return TermText.iri(iri) }
    used.insert(entry.prefix)
    return "\(entry.prefix):\(localName)"
  }

  private mutating func text(_ literal: Literal) -> String {
    if TermText.isBare(literal) { return literal.lexicalForm }
    let quoted = TermText.quoted(literal.lexicalForm)
    if let language = literal.language {
      return quoted + "@" + language + (literal.direction.map { "--" + $0.rawValue } ?? "")
    }
    return literal.datatype == XSD.string ? quoted : quoted + "^^" + text(iri: literal.datatype)
  }
}
