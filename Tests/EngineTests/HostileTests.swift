import Algebra
import Engine
import RDF
import Testing

/// Questions that ask for more than there is time or memory for.
@Suite("Hostile queries")
struct HostileTests {
  private func limits(_ seconds: Double? = 30, bytes: Int? = nil, threads: Int = 1) -> Limits {
    var limits = Limits(seconds: seconds, byteCount: bytes)
    limits.threads.count = threads
    limits.threads.rowCount = 1
    limits.threads.seconds = 0
    return limits
  }

  private func counted(_ pattern: Pattern) -> Pattern {
    .group(
      pattern, by: [],
      aggregates: [
        AggregateBinding(Variable("n"), Aggregate(.count, nil, distinct: false))
      ])
  }

  /// Every one of so many nodes to every one.
  private func dense(_ count: Int, _ predicates: [String] = ["k"]) throws -> Fixture {
    let nodes = (0..<count).map { iri("n\($0)") }
    return try Fixture(
      nodes.flatMap { from in
        nodes.flatMap { to in predicates.map { (from, iri($0), to) } }
      })
  }

  private func chain(_ count: Int) -> Pattern {
    .triples(
      (0..<count).map { TriplePattern(v("v\($0)"), t(iri("k")), v("v\($0 + 1)")) })
  }

  @Test("a counted chain costs its triples, however long it is")
  func longChains() throws {
    // 2^39 walks; a star of forty.
    let graph = try dense(2)
    #expect(try graph.rows(counted(chain(38)), limits: limits()) == ["n=\"549755813888\"^"])
    let star = (0..<40).map { TriplePattern(v("c"), t(iri("k")), v("v\($0)")) }
    #expect(
      try graph.rows(counted(.triples(star)), limits: limits()) == ["n=\"2199023255552\"^"])
  }

  @Test("a group may have a thousand patterns")
  func largeGroups() throws {
    let graph = try Fixture([
      (iri("a"), iri("k"), iri("b")), (iri("b"), iri("k"), iri("a")),
    ])
    for pattern in [
      chain(999), .triples((0..<999).map { TriplePattern(v("c"), t(iri("k")), v("v\($0)")) }),
    ] {
      #expect(try graph.rows(counted(pattern), limits: limits()) == ["n=\"2\"^"])
    }
  }

  @Test("an optional part that makes more than the memory holds ends at the limit")
  func optionalMemory() throws {
    let right = bgp(
      (v("b"), t(iri("k")), v("c")), (v("c"), t(iri("k")), v("d")), (v("d"), t(iri("k")), v("e")))
    let pattern = Pattern.leftJoin(bgp((v("a"), t(iri("k")), v("b"))), right, condition: nil)
    #expect(throws: EvaluationError.memoryLimit(byteCount: 4_000_000)) {
      _ = try dense(60).rows(pattern, limits: limits(bytes: 4_000_000))
    }
  }

  @Test("steps of a path within a path are held once each")
  func pathSteps() throws {
    let k = Path.predicate(iri("k"))
    let pattern = Pattern.path(v("a"), .zeroOrMore(.sequence(k, k)), v("b"))
    #expect(
      try dense(100).rows(counted(pattern), limits: limits(bytes: 1_000_000))
        == ["n=\"10000\"^"])
  }

  @Test("a cross product of which nobody reads most ends at the deadline")
  func unreadProduct() throws {
    let product = bgp(
      (v("a"), v("b"), v("c")), (v("d"), v("e"), v("f")), (v("g"), v("h"), v("i")),
      (v("j"), v("k"), v("l")), (v("m"), v("n"), v("o")))
    let graph = try dense(50)
    for threads in [1, 3] {
      #expect(throws: EvaluationError.timeLimit(seconds: 0.2)) {
        _ = try graph.rows(
          .project(product, [Variable("z")]), limits: limits(0.2, threads: threads))
      }
    }
  }

  @Test("the first rows of a huge join come at once, and ASK ends, with threads")
  func firstRows() throws {
    let graph = try dense(100)
    let pattern = chain(6)
    #expect(
      try graph.rows(.slice(pattern, offset: 0, limit: 10), limits: limits(threads: 3)).count == 10)
    #expect(
      try QueryEngine().evaluate(
        Query(.ask, pattern), on: graph.snapshot, limits: limits(threads: 3)
      ).isTrue)
  }

  @Test("a limit strikes while several threads work")
  func limitsInThreads() throws {
    let graph = try dense(100)
    let ends = ["v0", "v6"].map { Expression.call(.str, [.variable(Variable($0))]) }
    let never = Expression.compare(.less, .call(.concat, ends), .term(text("")))
    #expect(throws: EvaluationError.timeLimit(seconds: 0.1)) {
      _ = try graph.rows(
        .filter(never, chain(6)), limits: limits(0.1, threads: 3))
    }
    #expect(throws: EvaluationError.memoryLimit(byteCount: 2_000_000)) {
      _ = try graph.rows(chain(6), limits: limits(bytes: 2_000_000, threads: 3))
    }
  }

  @Test("indexes made by a thread of their own are the same")
  func preparedIndexes() throws {
    let patterns: [Pattern] = [
      bgp((v("a"), v("p"), t(iri("n1")))),
      bgp((v("a"), t(iri("k")), v("b")), (v("b"), t(iri("k")), v("a"))),
      .path(v("a"), .zeroOrMore(.predicate(iri("k"))), v("b")),
    ]
    for pattern in patterns {
      var prepared = limits()
      prepared.threads.indexCount = 0
      #expect(
        try dense(20).rows(pattern, limits: prepared) == dense(20).rows(pattern, limits: limits()))
    }
  }
}
