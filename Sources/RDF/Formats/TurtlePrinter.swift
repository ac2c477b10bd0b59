/// Puts a document's text together, subject by subject.
struct TurtlePrinter {
  private(set) var text = ""
  private let document: TurtleDocument
  private let prefixes: NamespacePrefixes
  private var used: Set<String> = []
  private var isInGraph = false

  init(_ document: TurtleDocument, _ prefixes: NamespacePrefixes) {
    self.document = document
    self.prefixes = prefixes
  }

  /// The declarations of the prefixes used so far, and a blank line; empty when there are none.
  var prologue: String {
    let lines = prefixes.entries.filter { used.contains($0.prefix) }
      .map { "PREFIX \($0.prefix): \(TermText.iri($0.namespace))\n" }.joined()
    return lines.isEmpty ? "" : lines + "\n"
  }

  mutating func begin(_ graph: TurtleDocument.Graph) {
    guard let name = graph.name else { return }
    if !text.isEmpty { text += "\n" }
    text += "\(notation(name)) {\n"
    isInGraph = true
  }

  mutating func end(_ graph: TurtleDocument.Graph) {
    if graph.name != nil { text += "}\n" }
    isInGraph = false
  }

  /// A subject with all it says, and a blank line before it.
  mutating func add(_ subject: Int, _ layout: TurtleLayout) {
    let margin = isInGraph ? "  " : ""
    if !text.isEmpty, !text.hasSuffix("{\n") { text += "\n" }
    var head = layout.isUnmentioned(subject) ? "[]" : notation(subject)
    if let fact = layout.reifiedTriple(of: subject) {
      let name = layout.isUnmentioned(subject) ? "" : " ~ \(head)"
      head = "<< \(parts(fact))\(name) >>"
    }
    let body = predicates(layout.block(of: subject), layout, margin + "  ")
    text += margin + head + (body.isEmpty ? "" : " " + body) + " .\n"
  }

  /// `p o, o ;` and so on, each predicate after the first on a line of its own.
  private mutating func predicates(
    _ statements: [TurtleDocument.Statement], _ layout: TurtleLayout, _ margin: String
  ) -> String {
    var groups: [String] = []
    var start = statements.startIndex
    while start < statements.endIndex {
      let predicate = statements[start].predicate
      let end = statements[start...].firstIndex { $0.predicate != predicate } ?? statements.endIndex
      let objects = statements[start..<end].map { object($0, layout, margin) }
      let isLong = objects.count > 1 && objects.reduce(0) { $0 + $1.utf8.count } > 80
      let list = objects.joined(separator: isLong ? ",\n\(margin)  " : ", ")
      groups.append(verb(predicate) + (isLong ? "\n\(margin)  " : " ") + list)
      start = end
    }
    return groups.joined(separator: " ;\n\(margin)")
  }

  private mutating func object(
    _ fact: TurtleDocument.Statement, _ layout: TurtleLayout, _ margin: String
  ) -> String {
    var text = node(fact.object, layout, margin)
    // A block belongs to the reifier before it, so a fresh one then has to be said.
    var isOpen = false
    for reifier in layout.reifiers(of: fact) {
      let block = predicates(layout.block(of: reifier), layout, margin + "    ")
      if !layout.isUnmentioned(reifier) {
        text += " ~ \(notation(reifier))"
      } else if isOpen || block.isEmpty {
        text += " ~"
      }
      isOpen = block.isEmpty
      if !block.isEmpty {
        text +=
          block.contains("\n") ? " {|\n\(margin)    \(block)\n\(margin)  |}" : " {| \(block) |}"
      }
    }
    return text
  }

  private mutating func node(_ node: Int, _ layout: TurtleLayout, _ margin: String) -> String {
    guard layout.isNested(node) else { return notation(node) }
    if let items = layout.items(of: node) {
      return "( " + items.map { self.node($0, layout, margin) + " " }.joined() + ")"
    }
    let block = predicates(layout.block(of: node), layout, margin + "  ")
    if block.isEmpty { return "[]" }
    return block.contains("\n") ? "[\n\(margin)  \(block)\n\(margin)]" : "[ \(block) ]"
  }

  private mutating func verb(_ predicate: Int) -> String {
    document.terms[predicate] == .iri(Vocabulary.type) ? "a" : notation(predicate)
  }

  private mutating func notation(_ number: Int) -> String {
    switch document.terms[number] {
    case .iri(let iri): return name(iri)
    case .blankNode(let label): return "_:\(label)"
    case .literal(let literal):
      if TermText.isBare(literal) { return literal.lexicalForm }
      if literal.language != nil || literal.datatype == XSD.string {
        return TermText.term(.literal(literal))
      }
      return TermText.quoted(literal.lexicalForm) + "^^" + name(literal.datatype)
    case .triple(let triple):
      guard let fact = document.statement(triple) else { return "" }
      return "<<( \(parts(fact)) )>>"
    }
  }

  private mutating func name(_ iri: String) -> String {
    guard let (entry, localName) = prefixes.abbreviation(of: iri) else { return TermText.iri(iri) }
    used.insert(entry.prefix)
    return "\(entry.prefix):\(localName)"
  }

  private mutating func parts(_ fact: TurtleDocument.Statement) -> String {
    "\(notation(fact.subject)) \(verb(fact.predicate)) \(notation(fact.object))"
  }
}
