/// Writes Turtle, and TriG where there are named graphs, as a person would: prefixes, `;` and `,`, lists, `[ … ]`, and
/// annotations beside their fact. Sorted, so the same quads give the same text.
///
/// What is written reads back isomorphic. Holds all quads; the text goes to the sink in blocks.
public struct TurtleWriter: Sendable {
  private let prefixes: NamespacePrefixes

  /// Only the prefixes that are used are written.
  public init(prefixes: NamespacePrefixes = .standard()) {
    self.prefixes = prefixes
  }

  public func write<Failure: Error>(
    _ quads: some Sequence<Quad>, to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    let document = TurtleDocument(quads)
    var printer = TurtlePrinter(document, prefixes)
    for graph in document.graphs {
      let layout = TurtleLayout(document, graph)
      printer.begin(graph)
      for subject in layout.roots { printer.add(subject, layout) }
      printer.end(graph)
    }
    let text = Array((printer.prologue + printer.text).utf8)
    for start in stride(from: 0, to: text.count, by: 65_536) {
      try sink(Array(text[start..<min(start + 65_536, text.count)]))
    }
  }

  /// The same as one text.
  public func text(_ quads: some Sequence<Quad>) -> String {
    var bytes: [UInt8] = []
    write(quads) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Quads with their terms numbered in the order in which they are written.
struct TurtleDocument {
  struct Statement: Hashable {
    var subject: Int
    var predicate: Int
    var object: Int
  }

  struct Graph {
    /// nil for the default graph.
    var name: Int?
    /// Sorted, each once.
    var statements: [Statement]
  }

  /// In order: IRIs, blank nodes, literals, triple terms, each by its text.
  private(set) var terms: [Term] = []
  private var numbers: [Term: Int] = [:]
  /// The default graph first.
  private(set) var graphs: [Graph] = []
  /// How many graphs and triple terms speak of a term, as name or part.
  private(set) var otherMentions: [Int: Int] = [:]

  init(_ quads: some Sequence<Quad>) {
    let quads = Array(quads)
    number(quads)
    var byGraph: [Int?: Set<Statement>] = [:]
    for quad in quads {
      guard let subject = numbers[quad.triple.subject],
        let predicate = numbers[quad.triple.predicate], let object = numbers[quad.triple.object]
      else { continue }
      byGraph[quad.graph.flatMap { numbers[$0] }, default: []].insert(
        Statement(subject: subject, predicate: predicate, object: object))
    }
    graphs = byGraph.map { name, statements in
      Graph(name: name, statements: statements.sorted(by: Self.isBefore))
    }.sorted { ($0.name ?? -1) < ($1.name ?? -1) }
    countMentions()
  }

  func number(_ term: Term) -> Int? { numbers[term] }

  func statement(_ triple: Triple) -> Statement? {
    guard let subject = numbers[triple.subject], let predicate = numbers[triple.predicate],
      let object = numbers[triple.object]
    else { return nil }
    return Statement(subject: subject, predicate: predicate, object: object)
  }

  private static func isBefore(_ a: Statement, _ b: Statement) -> Bool {
    (a.subject, a.predicate, a.object) < (b.subject, b.predicate, b.object)
  }

  private mutating func number(_ quads: [Quad]) {
    var found: Set<Term> = []
    for quad in quads {
      for term in [quad.triple.subject, quad.triple.predicate, quad.triple.object] {
        Self.collect(term, into: &found)
      }
      if let graph = quad.graph { found.insert(graph) }
    }
    // `rdf:type` first, so that it is the first predicate too.
    let keyed = found.map { term in
      (term: term, rank: Self.rank(term), text: TermText.term(term))
    }
    terms = keyed.sorted { a, b in
      a.rank != b.rank ? a.rank < b.rank : a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
    }.map(\.term)
    for (number, term) in terms.enumerated() { numbers[term] = number }
  }

  private static func collect(_ term: Term, into found: inout Set<Term>) {
    guard found.insert(term).inserted, case .triple(let triple) = term else { return }
    collect(triple.subject, into: &found)
    collect(triple.predicate, into: &found)
    collect(triple.object, into: &found)
  }

  private static func rank(_ term: Term) -> Int {
    switch term {
    case .iri(Vocabulary.type): 0
    case .iri: 1
    case .blankNode: 2
    case .literal: 3
    case .triple: 4
    }
  }

  private mutating func countMentions() {
    for graph in graphs {
      if let name = graph.name { otherMentions[name, default: 0] += 1 }
    }
    for case .triple(let triple) in terms {
      for part in [triple.subject, triple.object] {
        if let number = numbers[part] { otherMentions[number, default: 0] += 1 }
      }
    }
    // A node of two graphs must have a label in both.
    var seen: [Int: Int] = [:]
    for (index, graph) in graphs.enumerated() {
      for node in graph.statements.flatMap({ [$0.subject, $0.object] }) {
        guard case .blankNode = terms[node] else { continue }
        if let other = seen[node], other != index { otherMentions[node, default: 0] += 1 }
        seen[node] = index
      }
    }
  }
}
