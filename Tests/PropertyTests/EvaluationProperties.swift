import Algebra
import Engine
import RDF
import Testing

@Suite("The engine agrees with the definitions")
struct EvaluationProperties {
  #if DEBUG
    static let blocks = 0..<10
  #else
    static let blocks = 0..<100
  #endif
  static let blockSize = 100

  @Test("on random datasets and random patterns", arguments: blocks)
  func randomPatterns(block: Int) throws {
    try forEachSeed(block) { seed, generator in
      let dataset = generator.dataset()
      let snapshot = try Self.snapshot(dataset, &generator)
      let pattern = generator.pattern()
      let clause = generator.below(4) == 0 ? generator.datasetClause() : nil
      let asked = clause.map(dataset.restricted) ?? dataset
      let expected = Self.counted(
        ReferenceEvaluator(asked).evaluate(pattern), pattern.variablesInScope)
      let solutions = try QueryEngine().evaluate(
        Query(.select, pattern, dataset: clause), on: snapshot, limits: Limits(seconds: 20)
      ).solutions
      let found = Self.counted(Self.rows(solutions), pattern.variablesInScope)
      if found == expected { return true }
      Issue.record(
        """
        seed \(seed): \(pattern)
        \(String(describing: clause))
        \(dataset)
        expected \(expected)
        found \(found)
        """)
      return false
    }
  }

  @Test("on parts of sorted solutions", arguments: blocks.prefix(blocks.count / 5))
  func sortedSolutions(block: Int) throws {
    try forEachSeed(block) { seed, generator in
      let dataset = generator.dataset()
      let snapshot = try Self.snapshot(dataset, &generator)
      let inner = generator.pattern(depth: 1)
      let keys = (0..<1 + generator.below(2)).map { _ in
        (variable: generator.variable(), descending: generator.below(2) == 0)
      }
      let (offset, limit) = (generator.below(4), generator.below(3) > 0 ? generator.below(6) : nil)
      let sorted = Pattern.orderBy(
        inner, keys.map { SortKey(.variable($0.variable), descending: $0.descending) })
      let rows = ReferenceEvaluator(dataset).evaluate(inner).sorted { a, b in
        for (variable, descending) in keys {
          let order = ReferenceOrder.compare(a[variable], b[variable])
          if order != 0 { return (order < 0) != descending }
        }
        return false
      }
      let part = rows.dropFirst(offset).prefix(limit ?? .max)
      let solutions = try QueryEngine().evaluate(
        Query(.select, .slice(sorted, offset: offset, limit: limit)), on: snapshot,
        limits: Limits(seconds: 20)
      ).solutions
      let found = Self.rows(solutions)
      let all = Self.counted(rows, inner.variablesInScope)
      // Rows with equal keys may stand for one another.
      let agrees =
        found.count == part.count
        && zip(found, part).allSatisfy { a, b in
          keys.allSatisfy { ReferenceOrder.compare(a[$0.variable], b[$0.variable]) == 0 }
        } && Self.counted(found, inner.variablesInScope).allSatisfy { all[$0, default: 0] >= $1 }
      if agrees { return true }
      Issue.record("seed \(seed): \(sorted)\n\(dataset)\nexpected \(part)\nfound \(found)")
      return false
    }
  }

  @Test("on graphs that CONSTRUCT makes", arguments: blocks.prefix(blocks.count / 5))
  func constructed(block: Int) throws {
    try forEachSeed(block) { seed, generator in
      let dataset = generator.dataset()
      let snapshot = try Self.snapshot(dataset, &generator)
      let pattern = generator.pattern(depth: 1)
      let template = generator.template().filter { !$0.mentionsBlankNode }
      let rows = ReferenceEvaluator(dataset).evaluate(pattern)
      let expected = Set(
        ReferenceDataset.quads(template.map { QuadPattern($0) }, rows, nil).map(\.triple))
      let graph = try #require(
        try QueryEngine().evaluate(Query(.construct(template), pattern), on: snapshot).graph)
      if Set(graph) == expected, graph.count == expected.count { return true }
      Issue.record("seed \(seed): \(template) \(pattern)\n\(dataset)\nexpected \(expected)")
      return false
    }
  }

  @Test("on random changes", arguments: blocks.prefix(blocks.count / 5))
  func changes(block: Int) throws {
    try forEachSeed(block) { seed, generator in
      let dataset = generator.dataset()
      let snapshot = try Self.snapshot(dataset, &generator)
      var modification = generator.modification()
      modification.insert.removeAll { $0.triple.mentionsBlankNode }
      modification.delete.removeAll { $0.triple.mentionsBlankNode }
      let expected = dataset.applying(modification)
      let result = try UpdateEngine().apply([.modify(modification)], to: snapshot)
      let found = Self.dataset(result.snapshot)
      let (added, removed) = result.changes
      let counts = [added.count - removed.count, found.quadCount - dataset.quadCount]
      if found == expected, counts[0] == counts[1] { return true }
      Issue.record(
        "seed \(seed): \(modification)\n\(dataset)\nexpected \(expected)\nfound \(found)")
      return false
    }
  }

  /// Stops a block at its first failure.
  private func forEachSeed(
    _ block: Int, _ body: (Int, inout Generator) throws -> Bool
  ) throws {
    for seed in block * Self.blockSize..<(block + 1) * Self.blockSize {
      var generator = Generator(seed: seed)
      guard try body(seed, &generator) else { return }
    }
  }

  /// Loaded at once, or in part and then changed by deltas.
  static func snapshot(
    _ dataset: ReferenceDataset, _ generator: inout Generator
  ) throws -> Snapshot {
    let dictionary = TermDictionary()
    func encode(_ triple: Triple) throws -> EncodedTriple {
      EncodedTriple(
        try dictionary.intern(triple.subject), try dictionary.intern(triple.predicate),
        try dictionary.intern(triple.object))
    }
    var loader = GraphLoader()
    var changes: [(name: TermID, added: [EncodedTriple], removed: [EncodedTriple])] = []
    var graphs: [(name: TermID, triples: [Triple])] = [(.none, dataset.triples)]
    for (name, triples) in dataset.named.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      graphs.append((try dictionary.intern(name), triples))
    }
    for (name, triples) in graphs {
      let cut = generator.below(2) == 0 ? triples.count : generator.below(triples.count + 1)
      for triple in triples[..<cut] { loader.append(try encode(triple), graph: name, line: 1) }
      if cut == triples.count { continue }
      let extra = try (0..<generator.below(4)).map { _ in generator.triple() }
        .filter { !triples.contains($0) }.map(encode)
      for triple in extra { loader.append(triple, graph: name, line: 1) }
      changes.append((name, try triples[cut...].map(encode), extra))
    }
    let names = dataset.named.keys.map { UpdateOperation.create($0, silent: true) }
    var result = try UpdateEngine().apply(
      names, to: loader.finish(adding: Snapshot(dictionary: dictionary))
    ).snapshot
    for (name, added, removed) in changes {
      result = result.applying(
        adding: added.map { ($0, origin: UInt32(7)) }, removing: removed, inGraph: name)
    }
    return result
  }

  static func dataset(_ snapshot: Snapshot) -> ReferenceDataset {
    let terms = snapshot.dictionary
    func triples(_ name: TermID) -> [Triple] {
      var found: [Triple] = []
      snapshot.forEach(inGraph: name) {
        found.append(
          Triple(terms.term($0.subject), terms.term($0.predicate), terms.term($0.object)))
      }
      return found
    }
    return ReferenceDataset(
      triples: triples(.none),
      named: Dictionary(
        uniqueKeysWithValues: snapshot.graphNames.map { (terms.term($0), triples($0)) }))
  }

  static func rows(_ solutions: Solutions) -> [Row] {
    (0..<solutions.rowCount).map { row in
      var result: Row = [:]
      for (column, variable) in solutions.variables.enumerated() {
        result[variable] = solutions.term(row: row, column: column)
      }
      return result
    }
  }

  static func counted(_ rows: [Row], _ variables: [Variable]) -> [Row: Int] {
    Dictionary(rows.map { ($0.filter { variables.contains($0.key) }, 1) }, uniquingKeysWith: +)
  }
}

extension ReferenceDataset {
  var quadCount: Int { named.values.reduce(triples.count) { $0 + $1.count } }
}

extension TriplePattern {
  /// Blank nodes of templates are new ones, which the reference does not make.
  var mentionsBlankNode: Bool {
    func mentions(_ term: Term) -> Bool {
      switch term {
      case .blankNode: true
      case .triple(let triple): mentions(triple.subject) || mentions(triple.object)
      case .iri, .literal: false
      }
    }
    return [subject, predicate, object].contains { position in
      switch position {
      case .term(let term): mentions(term)
      case .variable: false
      case .triple(let inner): inner.mentionsBlankNode
      }
    }
  }
}
