import RDF

/// SPARQL 1.2 Query Results JSON Format: one line a solution.
struct JSONResultLayout: ResultLayout {
  /// Names as JSON strings.
  private let keys: [String]

  init(_ names: [String]) {
    keys = names.map { name in
      var text = ResultText()
      Self.append(name, to: &text)
      return String(decoding: text.bytes, as: UTF8.self)
    }
  }

  func begin(_ text: inout ResultText) {
    text.append(
      "{\"head\":{\"vars\":[\(keys.joined(separator: ","))]},\"results\":{\"bindings\":[\n")
  }

  func row(
    _ row: Int, isLast: Bool, _ term: (_ row: Int, _ column: Int) -> Term?,
    _ text: inout ResultText
  ) {
    text.append("{" as Unicode.Scalar)
    var isFirst = true
    for (column, key) in keys.enumerated() {
      guard let value = term(row, column) else { continue }
      if !isFirst { text.append("," as Unicode.Scalar) }
      isFirst = false
      text.append(key)
      text.append(":" as Unicode.Scalar)
      Self.append(value, to: &text)
    }
    text.append(isLast ? "}\n" : "},\n")
  }

  func end(_ text: inout ResultText) { text.append("]}}\n") }

  func boolean(_ value: Bool, _ text: inout ResultText) {
    text.append("{\"head\":{},\"boolean\":\(value)}\n")
  }

  private static func append(_ term: Term, to text: inout ResultText) {
    switch term {
    case .iri(let iri):
      text.append("{\"type\":\"uri\",\"value\":")
      append(iri, to: &text)
    case .blankNode(let label):
      text.append("{\"type\":\"bnode\",\"value\":")
      append(label, to: &text)
    case .literal(let literal): append(literal, to: &text)
    case .triple(let triple):
      text.append("{\"type\":\"triple\",\"value\":{\"subject\":")
      append(triple.subject, to: &text)
      text.append(",\"predicate\":")
      append(triple.predicate, to: &text)
      text.append(",\"object\":")
      append(triple.object, to: &text)
      text.append("}" as Unicode.Scalar)
    }
    text.append("}" as Unicode.Scalar)
  }

  /// Without the closing brace.
  private static func append(_ literal: Literal, to text: inout ResultText) {
    text.append("{\"type\":\"literal\",\"value\":")
    append(literal.lexicalForm, to: &text)
    if let language = literal.language {
      text.append(",\"xml:lang\":")
      append(language, to: &text)
      if let direction = literal.direction {
        text.append(",\"its:dir\":\"\(direction.rawValue)\"")
      }
    } else if literal.datatype != XSD.string {
      text.append(",\"datatype\":")
      append(literal.datatype, to: &text)
    }
  }

  private static func append(_ string: String, to text: inout ResultText) {
    text.append("\"" as Unicode.Scalar)
    text.append(string, escape: escape)
    text.append("\"" as Unicode.Scalar)
  }

  /// Also DEL and the C1 controls, so that a terminal that shows the text is safe.
  private static func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    default: return nil
    }
  }
}
