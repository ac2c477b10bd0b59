/// The notation of terms that Turtle and SPARQL share.
package enum TermText {
  /// The term in canonical N-Triples notation. Source: RDF 1.2 N-Triples, section 4.
  package static func term(_ term: Term) -> String {
    switch term {
    case .iri(let iri): self.iri(iri)
    case .blankNode(let label): "_:\(label)"
    case .literal(let literal): self.literal(literal)
    case .triple(let triple):
      "<<( \(self.term(triple.subject)) \(self.term(triple.predicate)) \(self.term(triple.object)) )>>"
    }
  }

  private static func literal(_ literal: Literal) -> String {
    let text = quoted(literal.lexicalForm)
    if let language = literal.language {
      return text + "@" + language.lowercased()
        + (literal.direction.map { "--" + $0.rawValue } ?? "")
    }
    return literal.datatype == XSD.string ? text : text + "^^" + iri(literal.datatype)
  }

  /// `<…>`, with escapes for what may not stand there.
  package static func iri(_ iri: String) -> String {
    var text = "<"
    for scalar in iri.unicodeScalars {
      let isForbidden = scalar.value <= 0x20 || "<>\"{}|^`\\".unicodeScalars.contains(scalar)
      if isForbidden { text += escape(scalar) } else { text.unicodeScalars.append(scalar) }
    }
    return text + ">"
  }

  /// `"…"`, with escapes for quotes, backslashes and control characters.
  package static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{8}": text += "\\b"
      case "\u{C}": text += "\\f"
      case "\0"..<" ", "\u{7F}", "\u{FFFE}", "\u{FFFF}": text += escape(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// Whether the literal can be written without quotes and datatype.
  package static func isBare(_ literal: Literal) -> Bool {
    switch literal.datatype {
    case XSD.boolean: literal.lexicalForm == "true" || literal.lexicalForm == "false"
    case XSD.integer, XSD.decimal, XSD.double:
      NumberShape(literal.lexicalForm)?.datatype == literal.datatype
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

/// What a number's notation makes of it. Source: SPARQL 1.2, productions INTEGER, DECIMAL, DOUBLE.
private struct NumberShape {
  let datatype: String

  /// nil when the text is not a number of this notation.
  init?(_ text: String) {
    var bytes = text.utf8[...]
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      bytes = bytes.dropFirst()
    }
    let whole = Self.takeDigits(&bytes)
    var fraction = 0
    let hasPoint = bytes.first == UInt8(ascii: ".")
    if hasPoint {
      bytes = bytes.dropFirst()
      fraction = Self.takeDigits(&bytes)
      if fraction == 0 { return nil }
    }
    guard whole + fraction > 0 else { return nil }
    guard let mark = bytes.first else {
      datatype = hasPoint ? XSD.decimal : XSD.integer
      return
    }
    guard mark | 0x20 == UInt8(ascii: "e") else { return nil }
    bytes = bytes.dropFirst()
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      bytes = bytes.dropFirst()
    }
    guard Self.takeDigits(&bytes) > 0, bytes.isEmpty else { return nil }
    datatype = XSD.double
  }

  private static func takeDigits(_ bytes: inout Substring.UTF8View) -> Int {
    let digits = bytes.prefix { $0 &- 0x30 < 10 }
    bytes = bytes[digits.endIndex...]
    return digits.count
  }
}
