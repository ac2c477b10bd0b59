import RDF

/// SPARQL 1.2 Query Results XML Format.
///
/// XML 1.0 has no notation for most control characters: they come out as U+FFFD.
struct XMLResultLayout: ResultLayout {
  private let names: [String]

  init(_ names: [String]) {
    self.names = names
  }

  private static let opening = """
    <?xml version="1.0"?>
    <sparql xmlns="http://www.w3.org/2005/sparql-results#" \
    xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0">

    """

  func begin(_ text: inout ResultText) {
    text.append(Self.opening)
    text.append("<head>")
    for name in names {
      text.append("<variable name=\"")
      Self.append(name, to: &text)
      text.append("\"/>")
    }
    text.append("</head>\n<results>\n")
  }

  func row(
    _ row: Int, isLast: Bool, _ term: (_ row: Int, _ column: Int) -> Term?,
    _ text: inout ResultText
  ) {
    text.append("<result>")
    for (column, name) in names.enumerated() {
      guard let value = term(row, column) else { continue }
      text.append("<binding name=\"")
      Self.append(name, to: &text)
      text.append("\">")
      Self.append(value, to: &text)
      text.append("</binding>")
    }
    text.append("</result>\n")
  }

  func end(_ text: inout ResultText) { text.append("</results>\n</sparql>\n") }

  func boolean(_ value: Bool, _ text: inout ResultText) {
    text.append(Self.opening)
    text.append("<head/>\n<boolean>\(value)</boolean>\n</sparql>\n")
  }

  private static func append(_ term: Term, to text: inout ResultText) {
    switch term {
    case .iri(let iri): append("uri", iri, to: &text)
    case .blankNode(let label): append("bnode", label, to: &text)
    case .literal(let literal): append(literal, to: &text)
    case .triple(let triple):
      text.append("<triple><subject>")
      append(triple.subject, to: &text)
      text.append("</subject><predicate>")
      append(triple.predicate, to: &text)
      text.append("</predicate><object>")
      append(triple.object, to: &text)
      text.append("</object></triple>")
    }
  }

  private static func append(_ element: String, _ content: String, to text: inout ResultText) {
    text.append("<\(element)>")
    append(content, to: &text)
    text.append("</\(element)>")
  }

  private static func append(_ literal: Literal, to text: inout ResultText) {
    text.append("<literal")
    if let language = literal.language {
      text.append(" xml:lang=\"")
      append(language, to: &text)
      text.append("\"" as Unicode.Scalar)
      if let direction = literal.direction {
        text.append(" its:dir=\"\(direction.rawValue)\"")
      }
    } else if literal.datatype != XSD.string {
      text.append(" datatype=\"")
      append(literal.datatype, to: &text)
      text.append("\"" as Unicode.Scalar)
    }
    text.append(">" as Unicode.Scalar)
    append(literal.lexicalForm, to: &text)
    text.append("</literal>")
  }

  private static func append(_ string: String, to text: inout ResultText) {
    text.append(string) { scalar in
      switch scalar {
      case "<": "&lt;"
      case ">": "&gt;"
      case "&": "&amp;"
      case "\"": "&quot;"
      case "\t", "\n": nil
      case "\r": "&#xD;"
      case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
      case "\u{7F}"..."\u{9F}": "&#x\(String(scalar.value, radix: 16, uppercase: true));"
      default: nil
      }
    }
  }
}
