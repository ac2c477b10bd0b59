import Algebra
import RDF
import Testing

@testable import Engine

/// Limits of time and memory inside what takes long or much by itself.
@Suite("Limits inside functions, tables and updates")
struct BudgetTests {
  private let empty = Pattern.triples([])

  /// `count` numbers for each of some variables, in all combinations.
  private func product(_ count: Int, _ names: [String]) -> Pattern {
    let columns = names.map { name in
      Pattern.values(variables: [Variable(name)], rows: (0..<count).map { [number($0)] })
    }
    return columns.dropFirst().reduce(columns[0]) { .join($0, $1) }
  }

  private func isOverMemory(_ pattern: Pattern, bytes: Int) throws -> Bool {
    let graph = try Fixture([]).snapshot
    do throws(EvaluationError) {
      _ = try QueryEngine().evaluate(
        Query(.select, pattern), on: graph, limits: Limits(byteCount: bytes))
      return false
    } catch {
      guard case .memoryLimit = error else { throw error }
      return true
    }
  }

  /// ?x0 a text, and each further one twice the one before.
  private func doubled(_ times: Int) -> Pattern {
    (0..<times).reduce(.extend(empty, Variable("x0"), .term(text("ab")))) { inner, index in
      let last = Expression.variable(Variable("x\(index)"))
      return .extend(inner, Variable("x\(index + 1)"), .call(.concat, [last, last]))
    }
  }

  @Test("the plan of a long union counts")
  func longUnion() throws {
    let k = bgp((v("a"), t(iri("k")), v("b")))
    var unions = [Pattern](repeating: k, count: 2048)
    while unions.count > 1 {
      unions = stride(from: 0, to: unions.count, by: 2).map { .union(unions[$0], unions[$0 + 1]) }
    }
    #expect(try isOverMemory(unions[0], bytes: 1_000_000))
    #expect(try !isOverMemory(unions[0], bytes: 20_000_000))
  }

  @Test("a text beyond what a term may hold ends the question, not the process")
  func longTexts() throws {
    let limit = TermRecord.maximumByteCount
    let twice = Expression.variable(Variable("x20"))
    let longest = Pattern.extend(
      doubled(20), Variable("y"), .call(.concat, [Expression](repeating: twice, count: 200)))
    #expect(throws: EvaluationError.textTooLong(byteLimit: limit)) {
      _ = try Fixture([]).rows(longest)
    }
    let replaced = Pattern.extend(
      doubled(15), Variable("y"),
      .call(
        .replace,
        [.variable(Variable("x15")), .term(text("a")), .variable(Variable("x15"))]))
    #expect(throws: EvaluationError.textTooLong(byteLimit: limit)) {
      _ = try Fixture([]).rows(replaced)
    }
  }

  @Test("what EXISTS holds for one row counts no longer at the next")
  func existsByRow() throws {
    let row = Pattern.values(variables: [Variable("x")], rows: (0..<300).map { [number($0)] })
    let different = Pattern.distinct(product(30, ["y", "z"]))
    let inner = Pattern.filter(
      .compare(.equal, .variable(Variable("y")), .variable(Variable("x"))), different)
    let either = Expression.or(.exists(inner), .bound(Variable("w")))
    #expect(try !isOverMemory(.filter(either, row), bytes: 1 << 19))
    #expect(try isOverMemory(.filter(either, row), bytes: 1 << 12))
  }

  @Test("terms that a question makes, and what it sorts, groups and collects, count as memory")
  func memory() throws {
    #expect(try isOverMemory(doubled(20), bytes: 1_000_000))
    #expect(try !isOverMemory(doubled(10), bytes: 1_000_000))
    let rows = product(100, ["a", "b"])
    #expect(try !isOverMemory(rows, bytes: 400_000))
    #expect(try isOverMemory(.orderBy(rows, [SortKey(.variable(Variable("b")))]), bytes: 400_000))
    let texts = Pattern.group(
      rows, by: [],
      aggregates: [
        AggregateBinding(
          Variable("n"),
          Aggregate(.groupConcat(separator: " "), .variable(Variable("a")), distinct: false))
      ])
    #expect(try isOverMemory(texts, bytes: 30_000))
    #expect(try !isOverMemory(texts, bytes: 400_000))
  }

  @Test("an index that does not fit is done without, or ends the question")
  func indexes() throws {
    let nodes = (0..<2000).map { iri("n\($0)") }
    func graph() throws -> Fixture {
      try Fixture(
        nodes.indices.map { (nodes[$0], iri("q"), nodes[($0 * 3 + 1) % 2000]) }
          + (0..<600).map { (nodes[$0], iri("p"), nodes[$0 * 7 % 2000]) })
    }
    let pattern = bgp((v("a"), t(iri("p")), v("b")), (v("b"), t(iri("q")), v("c")))
    let counted = Pattern.group(
      pattern, by: [],
      aggregates: [AggregateBinding(Variable("n"), Aggregate(.count, nil, distinct: false))])
    let small = try graph()
    #expect(try small.rows(counted, limits: Limits(byteCount: 30_000)) == ["n=\"600\"^"])
    let order = bgp((v("a"), v("p"), t(iri("n14"))))
    #expect(throws: EvaluationError.memoryLimit(byteCount: 10_000)) {
      _ = try graph().rows(order, limits: Limits(byteCount: 10_000))
    }
    #expect(try graph().rows(order).count == 2)
  }

  @Test("the orders that are made by counting are those made by sorting")
  func orders() throws {
    let graph = try Fixture(
      (0..<300).map { (iri("s\($0 * 7 % 41)"), iri("p\($0 % 5)"), iri("s\($0 * 13 % 37)")) }
    ).snapshot.graph
    for permutation in [Permutation.pso, .osp] {
      let index = graph.base.index(permutation)
      var triples: [EncodedTriple] = []
      index.forEachLead { lead, range in
        for at in range {
          triples.append(permutation.restored(lead, index.seconds[at], index.thirds[at]))
        }
      }
      let sorted = graph.base.items.map(\.triple).sorted {
        let (a, b) = (permutation.permuted($0), permutation.permuted($1))
        return (a.subject.rawValue, a.predicate.rawValue, a.object.rawValue)
          < (b.subject.rawValue, b.predicate.rawValue, b.object.rawValue)
      }
      #expect(triples == sorted)
    }
  }

  @Test("an update that is over a limit changes nothing, whatever its operations were to do")
  func updates() throws {
    let graph = try Fixture((0..<500).map { (iri("s\($0)"), iri("p"), number($0)) }).snapshot
    let all = bgp((v("a"), v("b"), v("c")), (v("d"), v("e"), v("f")))
    let operations: [UpdateOperation] = [
      .insertData([Quad(Triple(iri("a"), iri("b"), iri("c")))]),
      .copy(from: nil, to: iri("g"), silent: false),
      .modify(
        Modification(
          delete: [], insert: [QuadPattern(TriplePattern(v("a"), v("b"), v("f")))], pattern: all)),
    ]
    #expect(throws: UpdateError.evaluation(.memoryLimit(byteCount: 1_000_000))) {
      _ = try UpdateEngine(limits: Limits(byteCount: 1_000_000)).apply(operations, to: graph)
    }
    #expect(graph.tripleCount == 500)
    let flag = CancellationFlag()
    flag.raise()
    #expect {
      _ = try UpdateEngine(limits: Limits(cancellation: flag)).apply(
        [.clear(.all, silent: true)], to: graph)
    } throws: { error in
      if case UpdateError.evaluation(.interrupted) = error { true } else { false }
    }
  }

  @Test("the terms that an update adds to the dictionary count as memory, and its data")
  func updatedTerms() throws {
    let long = String(repeating: "x", count: 1000)
    let some = (0..<1000).map { (iri("s\($0)"), iri("p"), number($0)) }
    let quads = some.map { Quad(Triple($0.0, $0.1, text(long + String($0.2.short)))) }
    let named = TriplePattern(v("s"), t(iri("q")), v("n"))
    let made = Pattern.extend(
      bgp((v("s"), t(iri("p")), v("o"))), Variable("n"),
      .call(.concat, [.term(text(long)), .call(.str, [.variable(Variable("o"))])]))
    let requests: [(UpdateOperation, Int)] = [
      (.insertData(quads), 1_300_000),
      (.deleteData(some.map { Quad(Triple($0.0, $0.1, $0.2)) }), 0),
      // Once as terms of the question, once as those of the graph.
      (.modify(Modification(delete: [], insert: [QuadPattern(named)], pattern: made)), 2_600_000),
    ]
    for (operation, byteCount) in requests {
      func isOver(_ limit: Int) throws -> Bool {
        let graph = try Fixture(some).snapshot
        do throws(UpdateError) {
          _ = try UpdateEngine(limits: Limits(byteCount: limit)).apply([operation], to: graph)
          return false
        } catch {
          return error == .evaluation(.memoryLimit(byteCount: limit))
        }
      }
      #expect(try isOver(max(40_000, byteCount - 100_000)))
      #expect(try !isOver(byteCount + 600_000))
    }
  }

  @Test("a text that is made is held twice; patterns that are kept, and results, count as memory")
  func madeTexts() throws {
    let half = Expression.term(text(String(repeating: "ab", count: 200_000)))
    func length(_ made: Expression) -> Pattern {
      .extend(empty, Variable("n"), .call(.strlen, [made]))
    }
    for made in [
      Expression.call(.concat, [half, half]),
      .call(.replace, [half, .term(text("a")), .term(text("xyz"))]),
      .call(.ucase, [.call(.concat, [half, half])]),
    ] {
      #expect(try isOverMemory(length(made), bytes: 2_000_000))
      #expect(try !isOverMemory(length(made), bytes: 3_000_000))
    }
    let encoded = Expression.call(
      .encodeForURI, [.term(text(String(repeating: "/", count: 400_000)))])
    #expect(try isOverMemory(length(encoded), bytes: 2_000_000))
    #expect(try !isOverMemory(length(encoded), bytes: 4_000_000))
    // As many patterns as numbers, each of some kilobytes.
    let pattern = Expression.call(
      .concat, [.call(.str, [.variable(Variable("a"))]), .term(text("((x|y){1,50}){1,9}"))])
    let matched = Pattern.filter(
      .call(.regex, [.term(text("y")), pattern]), product(100, ["a"]))
    #expect(try isOverMemory(matched, bytes: 100_000))
    #expect(try !isOverMemory(matched, bytes: 10_000_000))
  }

  @Test("graphs that an update replaces are compared once, however often it does")
  func replacedGraphs() throws {
    let graph = try Fixture((0..<500).map { (iri("s\($0)"), iri("p"), number($0)) }).snapshot
    let copies = (0..<50).map {
      UpdateOperation.copy(from: nil, to: iri("g\($0 % 2)"), silent: false)
    }
    let result = try UpdateEngine().apply(
      copies + [.move(from: iri("g1"), to: iri("h"), silent: false)], to: graph)
    #expect(result.changes.added.count == 1000)
    #expect(result.changes.removed.isEmpty)
    #expect(result.snapshot.graphNames.count == 2)
  }

  @Test("who takes the results never waits for room among them")
  func poolWithoutRoom() throws {
    let pool = MorselPool([], seed: -1, stop: CancellationFlag())
    for _ in 0..<2 { pool.give(Batch(columns: [], count: 1)) }
    var numbers: [Int] = []
    while let (number, _) = pool.takeIfAny() { numbers.append(number) }
    try #require(numbers.count == 2)
    let large = Batch(columns: [], count: 1 << 20)
    for number in numbers.reversed() {
      pool.putAtOnce(large, into: number)
      pool.putAtOnce(large, into: number)
      pool.finish(number, .success(()))
    }
    var rowCount = 0
    while pool.pendingCount > 0 {
      if case .batch(let batch) = try pool.progress() { rowCount += batch.count }
    }
    #expect(rowCount == 4 << 20)
  }
}
