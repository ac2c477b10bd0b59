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

  @Test("on random graphs and random patterns", arguments: blocks)
  func randomPatterns(block: Int) throws {
    for seed in block * Self.blockSize..<(block + 1) * Self.blockSize {
      var generator = Generator(seed: seed)
      let graph = generator.graph()
      let snapshot = try Self.snapshot(graph, &generator)
      let pattern = generator.pattern()
      let expected = Self.counted(
        ReferenceEvaluator(triples: graph).evaluate(pattern), pattern.variablesInScope)
      let solutions = try QueryEngine().evaluate(
        Query(.select, pattern), on: snapshot, limits: Limits(seconds: 20)
      ).solutions
      let found = Self.counted(Self.rows(solutions), pattern.variablesInScope)
      guard found == expected else {
        Issue.record(
          "seed \(seed): \(pattern)\n\(graph)\nexpected \(expected)\nfound \(found)")
        return
      }
    }
  }

  /// Loaded at once, or in part and then changed by deltas.
  static func snapshot(_ graph: [Triple], _ generator: inout Generator) throws -> Snapshot {
    let dictionary = TermDictionary()
    func encode(_ triple: Triple) throws -> EncodedTriple {
      EncodedTriple(
        try dictionary.intern(triple.subject), try dictionary.intern(triple.predicate),
        try dictionary.intern(triple.object))
    }
    let cut = generator.below(2) == 0 ? graph.count : generator.below(graph.count + 1)
    let extra = try (0..<generator.below(4)).map { _ in generator.triple() }
      .filter { !graph.contains($0) }.map(encode)
    var loader = GraphLoader()
    for triple in graph[..<cut] { loader.append(try encode(triple)) }
    if cut < graph.count { for triple in extra { loader.append(triple) } }
    let base = loader.finish(adding: Snapshot(dictionary: dictionary))
    if cut == graph.count { return base }
    let added = try graph[cut...].map { (try encode($0), origin: UInt32(7)) }
    return base.applying(adding: added, removing: extra)
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
