import RDF

/// SPARQL 1.2 Query Results CSV Format: terms as plain strings. Lines end in CR LF (RFC 4180).
struct CSVResultLayout: ResultLayout {
  private let names: [String]

  init(_ names: [String]) {
    self.names = names
  }

  func begin(_ text: inout ResultText) {
    text.append(names.map(Self.field).joined(separator: ",") + "\r\n")
  }

  func row(
    _ row: Int, isLast: Bool, _ term: (_ row: Int, _ column: Int) -> Term?,
    _ text: inout ResultText
  ) {
    for column in names.indices {
      if column > 0 { text.append("," as Unicode.Scalar) }
      if let value = term(row, column) { text.append(Self.field(Self.plain(value))) }
    }
    text.append("\r\n")
  }

  func end(_ text: inout ResultText) {}

  func boolean(_ value: Bool, _ text: inout ResultText) { text.append("\(value)\r\n") }

  private static func plain(_ term: Term) -> String {
    switch term {
    case .iri(let iri): iri
    case .blankNode(let label): "_:\(label)"
    case .literal(let literal): literal.lexicalForm
    case .triple: TermText.term(term)
    }
  }

  /// In quotes where it has to be.
  private static func field(_ string: String) -> String {
    var quoted = "\""
    var needsQuotes = false
    for scalar in string.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      if scalar == "\"" || scalar == "," || scalar == "\r" || scalar == "\n" { needsQuotes = true }
      quoted.unicodeScalars.append(scalar)
    }
    return needsQuotes ? quoted + "\"" : string
  }
}

/// SPARQL 1.2 Query Results TSV Format: terms as in Turtle, without prefixes.
struct TSVResultLayout: ResultLayout {
  private let names: [String]

  init(_ names: [String]) {
    self.names = names
  }

  func begin(_ text: inout ResultText) {
    text.append(names.map { "?" + $0 }.joined(separator: "\t") + "\n")
  }

  func row(
    _ row: Int, isLast: Bool, _ term: (_ row: Int, _ column: Int) -> Term?,
    _ text: inout ResultText
  ) {
    for column in names.indices {
      if column > 0 { text.append("\t" as Unicode.Scalar) }
      if let value = term(row, column) { text.append(Self.text(value)) }
    }
    text.append("\n" as Unicode.Scalar)
  }

  func end(_ text: inout ResultText) {}

  func boolean(_ value: Bool, _ text: inout ResultText) { text.append("\(value)\n") }

  private static func text(_ term: Term) -> String {
    if case .literal(let literal) = term, TermText.isBare(literal) { return literal.lexicalForm }
    return TermText.term(term)
  }
}
