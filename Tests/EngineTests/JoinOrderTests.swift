import Algebra
import Engine
import RDF
import Testing

/// Which patterns are joined first, seen in the rows that the operators make.
@Suite struct JoinOrderTests {
  private func rowCounts(_ fixture: Fixture, _ pattern: Pattern) throws -> [Int] {
    try QueryEngine().evaluate(
      Query(.select, pattern), on: fixture.snapshot, profile: true
    ).plan.filter { ["look up", "merge join", "scan"].contains($0.name) }.map(\.rowCount)
  }

  @Test("predicates that rarely meet are joined first, though each has many subjects")
  func rareMeeting() throws {
    let subjects = [
      "p": 0..<20_000, "q": 19_990..<39_990, "r": 10_000..<40_000,
    ]
    let fixture = try Fixture(
      subjects.flatMap { predicate, range in
        range.map { (iri("s\($0)"), iri(predicate), number($0)) }
      })
    let pattern = bgp(
      (v("s"), t(iri("r")), v("a")), (v("s"), t(iri("p")), v("b")), (v("s"), t(iri("q")), v("c")))
    #expect(try rowCounts(fixture, pattern) == [10, 10, 20_000])
  }

  @Test("of two patterns, the one with fewer different terms of interest comes first")
  func twoPatterns() throws {
    let fixture = try Fixture(
      (0..<9000).flatMap { row in
        [
          (iri("s\(row)"), iri("name"), number(row)),
          (iri("s\(row % 1000)"), iri("tag"), number(row)),
        ]
      })
    let count = Pattern.group(
      bgp((v("s"), t(iri("name")), v("n")), (v("s"), t(iri("tag")), v("t"))), by: [],
      aggregates: [AggregateBinding(Variable("c"), Aggregate(.count, nil))])
    #expect(try rowCounts(fixture, count) == [1000, 1000])
    #expect(try fixture.rows(count) == ["c=\"9000\"^"])
  }

  @Test("triple terms are sampled, too")
  func tripleTerms() throws {
    let fixture = try Fixture(
      (0..<30_000).flatMap { row in
        let said = Term.triple(
          Triple(iri("s\(row)"), iri(row % 1000 == 0 ? "rare" : "usual"), iri("o")))
        return [(iri("e\(row)"), iri("reifies"), said), (iri("e\(row)"), iri("on"), number(row))]
      })
    let said = TermPattern.triple(TriplePattern(v("s"), t(iri("rare")), v("o")))
    let pattern = bgp((v("e"), t(iri("on")), v("d")), (v("e"), t(iri("reifies")), said))
    #expect(try rowCounts(fixture, pattern) == [30, 30_000])
  }

  @Test("lookups in the order of the index are a merge")
  func merge() throws {
    let fixture = try Fixture(
      (0..<100).flatMap { row in
        [
          (iri("s\(row)"), iri("next"), iri("s\((row * 37) % 100)")),
          (iri("s\(row)"), iri("size"), number(row % 10)),
        ]
      })
    func names(_ pattern: Pattern) throws -> [String] {
      try QueryEngine().evaluate(
        Query(.select, pattern), on: fixture.snapshot, profile: true
      ).plan.map(\.name).filter { $0 != "project" && $0 != "start" }
    }
    let start = bgp((t(iri("s1")), t(iri("next")), v("b")), (v("b"), t(iri("size")), v("n")))
    #expect(try names(start) == ["look up", "scan"])
    let ascending = bgp((v("a"), t(iri("next")), v("b")), (v("b"), t(iri("size")), v("n")))
    #expect(try names(ascending) == ["merge join", "scan"])
    let scattered = bgp((v("a"), t(iri("size")), v("n")), (v("a"), t(iri("next")), v("b")))
    #expect(try names(scattered) == ["look up", "scan"])
  }

  private func linked() throws -> Fixture {
    try Fixture(
      (0..<9000).flatMap { row in
        [
          (iri("s\(row)"), iri("name"), Term.literal(Literal("name \(row)"))),
          (iri("s\(row)"), iri("size"), number(row)),
          (iri("s\(row)"), iri("knows"), iri("s\((row * 7 + 1) % 9000)")),
          (iri("s\(row)"), iri("knows"), iri("s\((row * 11 + 3) % 9000)")),
        ]
      })
  }

  private let chain = bgp(
    (v("a"), t(iri("name")), v("n")), (v("a"), t(iri("knows")), v("b")),
    (v("b"), t(iri("name")), v("m")), (v("b"), t(iri("size")), v("size")))

  @Test("what a filter lets through is sampled: the pattern that it empties comes first")
  func sampledFilter() throws {
    let long = Expression.compare(
      .greater, .call(.strlen, [.variable(Variable("m"))]), .term(number(100)))
    let counts = try rowCounts(try linked(), .filter(long, chain))
    #expect(counts.last == 9000)
    #expect(counts.dropLast().allSatisfy { $0 == 0 })
  }

  @Test(
    "a term that a filter names is looked up",
    arguments: [
      Expression.compare(.equal, .variable(Variable("m")), .term(.literal(Literal("name 77")))),
      .compare(.equal, .term(iri("s77")), .variable(Variable("b"))),
      .call(.sameTerm, [.variable(Variable("size")), .term(number(77))]),
      .oneOf(.variable(Variable("b")), [.term(iri("s77")), .term(iri("none"))], negated: false),
    ])
  func namedTerm(_ condition: Expression) throws {
    let counts = try rowCounts(try linked(), .filter(condition, chain))
    #expect(counts.allSatisfy { (1...4).contains($0) })
  }
}
