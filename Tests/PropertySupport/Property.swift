import Algebra
import Engine
import RDF

/// What holds of the engine for every seed: it agrees with the definitions of the specification.
package enum Property: String, CaseIterable, Sendable {
  /// Random patterns over random datasets.
  case patterns
  /// Counts, groups and different solutions of joins.
  case summaries
  /// Parts of sorted solutions.
  case sortedParts
  case construct
  case update
  /// The same rows in the same order, whatever the number of threads.
  case threads

  /// What contradicts the property; nil when nothing does.
  package func counterexample(seed: Int) throws -> String? {
    var generator = Generator(seed: seed)
    let dataset = generator.dataset()
    let snapshot = try Self.snapshot(dataset, &generator)
    let difference =
      switch self {
      case .patterns: try Self.patterns(dataset, snapshot, &generator)
      case .summaries: try Self.summaries(dataset, snapshot, &generator)
      case .sortedParts: try Self.sortedParts(dataset, snapshot, &generator)
      case .construct: try Self.construct(dataset, snapshot, &generator)
      case .update: try Self.update(dataset, snapshot, &generator)
      case .threads: try Self.threads(snapshot, &generator)
      }
    return difference.map { "\(rawValue), seed \(seed): \($0)\n\(dataset)" }
  }

  private static func evaluate(
    _ query: Query, _ snapshot: Snapshot, _ generator: inout Generator
  ) throws -> Evaluation {
    var limits = Limits(seconds: 20)
    limits.plansThoroughly = generator.below(4) > 0
    let prepared = PreparedQuery(query, on: snapshot)
    // A plan that was used gives the same again.
    if generator.below(4) == 0 { _ = try QueryEngine().evaluate(prepared, limits: limits) }
    return try QueryEngine().evaluate(prepared, limits: limits)
  }

  private static func patterns(
    _ dataset: ReferenceDataset, _ snapshot: Snapshot, _ generator: inout Generator
  ) throws -> String? {
    let pattern = generator.pattern()
    let clause = generator.below(4) == 0 ? generator.datasetClause() : nil
    let asked = clause.map(dataset.restricted) ?? dataset
    let variables = pattern.variablesInScope
    let expected = counted(ReferenceEvaluator(asked).evaluate(pattern), variables)
    let query = Query(.select, pattern, dataset: clause)
    let found = counted(rows(try evaluate(query, snapshot, &generator).solutions), variables)
    return found == expected
      ? nil : "\(pattern)\n\(String(describing: clause))\nexpected \(expected)\nfound \(found)"
  }

  private static func summaries(
    _ dataset: ReferenceDataset, _ snapshot: Snapshot, _ generator: inout Generator
  ) throws -> String? {
    let pattern = generator.summary()
    let variables = pattern.variablesInScope
    let expected = counted(ReferenceEvaluator(dataset).evaluate(pattern), variables)
    let found = counted(
      rows(try evaluate(Query(.select, pattern), snapshot, &generator).solutions), variables)
    return found == expected ? nil : "\(pattern)\nexpected \(expected)\nfound \(found)"
  }

  private static func sortedParts(
    _ dataset: ReferenceDataset, _ snapshot: Snapshot, _ generator: inout Generator
  ) throws -> String? {
    let inner = generator.pattern(depth: 1)
    let keys = (0..<1 + generator.below(2)).map { _ in
      SortKey(.variable(generator.variable()), descending: generator.below(2) == 0)
    }
    let (offset, limit) = (generator.below(4), generator.below(3) > 0 ? generator.below(6) : nil)
    let sorted = Pattern.orderBy(inner, keys)
    let rows = ReferenceEvaluator(dataset).evaluate(inner).sorted { precedes($0, $1, keys) }
    let part = rows.dropFirst(offset).prefix(limit ?? .max)
    let query = Query(.select, .slice(sorted, offset: offset, limit: limit))
    let found = self.rows(try evaluate(query, snapshot, &generator).solutions)
    // Rows with equal keys may stand for one another.
    let all = counted(rows, inner.variablesInScope)
    let agrees =
      found.count == part.count
      && zip(found, part).allSatisfy { !precedes($0, $1, keys) && !precedes($1, $0, keys) }
      && counted(found, inner.variablesInScope).allSatisfy { all[$0, default: 0] >= $1 }
    return agrees ? nil : "\(query.pattern)\nexpected \(part)\nfound \(found)"
  }

  private static func precedes(_ a: Row, _ b: Row, _ keys: [SortKey]) -> Bool {
    for key in keys {
      guard case .variable(let variable) = key.expression else { continue }
      let order = ReferenceOrder.compare(a[variable], b[variable])
      if order != 0 { return (order < 0) != key.descending }
    }
    return false
  }

  private static func construct(
    _ dataset: ReferenceDataset, _ snapshot: Snapshot, _ generator: inout Generator
  ) throws -> String? {
    let pattern = generator.pattern(depth: 1)
    let template = generator.template().filter { !$0.mentionsBlankNode }
    let rows = ReferenceEvaluator(dataset).evaluate(pattern)
    let quads = ReferenceDataset.quads(template.map { QuadPattern($0) }, rows, nil)
    let expected = Set(quads.map(\.triple))
    let graph = try evaluate(Query(.construct(template), pattern), snapshot, &generator).graph.map(
      Array.init)
    if let graph, Set(graph) == expected, graph.count == expected.count { return nil }
    return "\(template) \(pattern)\nexpected \(expected)\nfound \(graph ?? [])"
  }

  private static func update(
    _ dataset: ReferenceDataset, _ snapshot: Snapshot, _ generator: inout Generator
  ) throws -> String? {
    var modification = generator.modification()
    modification.insert.removeAll { $0.triple.mentionsBlankNode }
    modification.delete.removeAll { $0.triple.mentionsBlankNode }
    let expected = dataset.applying(modification)
    let result = try UpdateEngine().apply([.modify(modification)], to: snapshot)
    let found = Self.dataset(result.snapshot)
    let (added, removed) = result.changes
    let agrees =
      found == expected
      && added.count - removed.count == found.quadCount - dataset.quadCount
    return agrees ? nil : "\(modification)\nexpected \(expected)\nfound \(found)"
  }

  private static func threads(
    _ snapshot: Snapshot, _ generator: inout Generator
  ) throws -> String? {
    let pattern = generator.below(2) == 0 ? generator.pattern() : generator.summary()
    var limits = Limits(seconds: 20)
    limits.plansThoroughly = generator.below(2) == 0
    limits.threads.rowCount = 1
    limits.threads.seconds = 0
    limits.threads.morselRowCount = 1 + generator.below(3)
    let answers = try [1, 3].map { count in
      limits.threads.count = count
      return rows(
        try QueryEngine().evaluate(Query(.select, pattern), on: snapshot, limits: limits).solutions)
    }
    return answers[0] == answers[1]
      ? nil : "\(pattern)\nwith one thread \(answers[0])\nwith three \(answers[1])"
  }
}

extension Property {
  /// Loaded at once, or in part and then changed by deltas.
  private static func snapshot(
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

  private static func dataset(_ snapshot: Snapshot) -> ReferenceDataset {
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

  private static func rows(_ solutions: Solutions) -> [Row] {
    (0..<solutions.rowCount).map { row in
      var result: Row = [:]
      for (column, variable) in solutions.variables.enumerated() {
        result[variable] = solutions.term(row: row, column: column)
      }
      return result
    }
  }

  private static func counted(_ rows: [Row], _ variables: [Variable]) -> [Row: Int] {
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
