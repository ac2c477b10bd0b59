import KnowledgeBase
import RDF

extension RowSet {
  /// The rows of an outcome; nil for one that has none (nothing, and a verdict, which is a truth value).
  init?(_ outcome: Outcome) {
    switch outcome {
    case .none, .verdict: return nil
    case .answer(let answer): self.init(answer)
    case .graph(let graph): self.init(graph)
    case .change(let change): self.init(change)
    case .about(let portrait): self.init(portrait)
    case .why(let explanations): self.init(explanations)
    case .absence(let absence):
      self.init(
        columns: ["part", "matches"],
        rows: (absence.parts + absence.relaxed).map { [Cell($0.text), Cell($0.matchCount)] })
    case .chains(let chains, _, _): self.init(chains)
    case .timeline(let facts): self.init(facts)
    case .map(let node): self.init(node)
    case .drawing(let file, let nodeCount, let edgeCount):
      self.init(
        columns: ["file", "nodes", "edges"], rows: [[Cell(file), Cell(nodeCount), Cell(edgeCount)]])
    case .vocabulary(let list):
      self.init(
        columns: [list.title, list.unit, "example"],
        rows: list.entries.map { [Cell($0.name), Cell($0.count), Cell($0.example)] })
    case .plan(let plan): self.init(plan)
    case .expectation(let expectation): self.init(expectation)
    }
  }

  private static let factColumns = ["subject", "relation", "object", "date", "source"]

  private static func cells(_ fact: StatedFact) -> [Cell?] {
    let qualifiers = fact.qualifierGroups.joined()
    let date = qualifiers.first {
      [Vocabulary.date, Vocabulary.validFrom].contains($0.relationIRI)
    }
    let source = qualifiers.first { $0.relationIRI == Vocabulary.source }
    return [
      Cell(fact.triple.subject, fact.subject), Cell(fact.triple.predicate, fact.relation),
      Cell(fact.triple.object, fact.object), date.map { Cell($0.term, $0.value) },
      source.map { Cell($0.term, $0.value) },
    ]
  }

  private init(_ graph: GraphAnswer) {
    self.init(columns: ["subject", "predicate", "object"], rowCount: graph.tripleCount) {
      row, column in
      let triple = graph.triple(row)
      let term = [triple.subject, triple.predicate, triple.object][column]
      return Cell(term, graph.text(term))
    }
  }

  private init(_ change: Change) {
    self.init(
      columns: ["change"] + Self.factColumns,
      rows: change.facts.map { [Cell(change.kind.word)] + Self.cells($0) })
  }

  private init(_ portrait: Portrait) {
    let facts = (portrait.groups.flatMap(\.facts) + portrait.uses.facts).map {
      Self.cells($0) + [Cell(false)]
    }
    let claims = portrait.claims.map { Self.cells($0) + [Cell(true)] }
    self.init(columns: Self.factColumns + ["claim"], rows: facts + claims)
  }

  private init(_ explanations: [Explanation]) {
    var rows: [[Cell?]] = []
    func add(_ explanation: Explanation, depth: Int) {
      let origin = explanation.conclusion.origin
      rows.append(
        [Cell(depth)] + Self.cells(explanation.conclusion) + [
          explanation.reason.map { Cell($0) }, origin.map { Cell($0.file) },
          origin.map { Cell($0.line) },
        ])
      for premise in explanation.premises { add(premise, depth: depth + 1) }
    }
    for explanation in explanations { add(explanation, depth: 0) }
    self.init(columns: ["depth"] + Self.factColumns + ["reason", "file", "line"], rows: rows)
  }

  private init(_ chains: [Chain]) {
    var rows: [[Cell?]] = []
    for (index, chain) in chains.enumerated() {
      for (step, link) in chain.steps.enumerated() {
        rows.append([Cell(index + 1), Cell(step + 1)] + Self.cells(link.fact))
      }
    }
    self.init(columns: ["chain", "step"] + Self.factColumns, rows: rows)
  }

  private init(_ facts: [DatedFact]) {
    self.init(
      columns: ["when", "sense"] + Self.factColumns,
      rows: facts.map { [Cell($0.date), Cell($0.sense)] + Self.cells($0.fact) })
  }

  private init(_ root: MapNode) {
    var rows: [[Cell?]] = []
    func add(_ node: MapNode, under parent: MapNode?, depth: Int) {
      if let parent {
        let (subject, object) = node.isOutgoing ? (parent, node) : (node, parent)
        rows.append([
          Cell(depth), Cell(subject.name), node.relation.map { Cell($0) }, Cell(object.name),
        ])
      }
      for child in node.children { add(child, under: node, depth: depth + 1) }
    }
    add(root, under: nil, depth: 0)
    self.init(columns: ["depth", "subject", "relation", "object"], rows: rows)
  }

  private init(_ plan: PlanReport) {
    let reading = plan.reading.map { [Cell("reading"), Cell($0.role), Cell($0.text), nil, nil] }
    let sparql = [[Cell("sparql"), nil, Cell(plan.sparql), nil, nil]]
    let operators: [[Cell?]] = plan.operators.map {
      [
        Cell("operator"), Cell($0.name), Cell($0.detail),
        Cell(
          .literal(Literal(fixed($0.estimatedRowCount, digits: 1), datatype: XSD.decimal)),
          fixed($0.estimatedRowCount, digits: 1)),
        Cell($0.rowCount),
      ]
    }
    self.init(
      columns: ["part", "name", "detail", "estimated", "rows"], rows: reading + sparql + operators)
  }

  private init(_ expectation: Expectation) {
    let missing = expectation.missing.joined(separator: ", ")
    let unexpected = expectation.unexpected.joined(separator: ", ")
    self.init(
      columns: ["passed", "sentence", "missing", "unexpected"],
      rows: [
        [
          Cell(expectation.passed), Cell(expectation.sentence),
          missing.isEmpty ? nil : Cell(missing), unexpected.isEmpty ? nil : Cell(unexpected),
        ]
      ])
  }
}

extension Change.Kind {
  var word: String {
    switch self {
    case .added: "added"
    case .knownAlready: "known already"
    case .forgotten: "forgotten"
    case .updated: "updated"
    case .undone: "undone"
    case .redone: "redone"
    }
  }
}
