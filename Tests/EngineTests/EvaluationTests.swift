import Algebra
import Engine
import RDF
import Testing

@Suite("Evaluation of patterns")
struct EvaluationTests {
  let people: Fixture

  init() throws {
    people = try Fixture([
      (iri("ann"), iri("knows"), iri("bob")),
      (iri("bob"), iri("knows"), iri("cid")),
      (iri("cid"), iri("knows"), iri("ann")),
      (iri("ann"), iri("age"), number(30)),
      (iri("bob"), iri("age"), number(9)),
      (iri("dan"), iri("age"), number(30)),
      (iri("ann"), iri("says"), .triple(Triple(iri("bob"), iri("likes"), iri("tea")))),
    ])
  }

  @Test("a join binds shared variables once")
  func join() throws {
    let rows = try people.rows(
      bgp((v("x"), t(iri("knows")), v("y")), (v("y"), t(iri("age")), v("n"))))
    #expect(rows.sorted() == ["x=ann y=bob n=\"9\"^", "x=cid y=ann n=\"30\"^"])
  }

  @Test("an optional part leaves its variables unbound")
  func optional() throws {
    let rows = try people.rows(
      .leftJoin(
        bgp((v("x"), t(iri("age")), v("n"))), bgp((v("x"), t(iri("knows")), v("y"))),
        condition: nil))
    #expect(
      rows.sorted() == [
        "x=ann n=\"30\"^ y=bob", "x=bob n=\"9\"^ y=cid", "x=dan n=\"30\"^",
      ])
  }

  @Test("NOT EXISTS keeps rows without a match")
  func notExists() throws {
    let rows = try people.rows(
      .filter(
        .not(.exists(bgp((v("x"), t(iri("knows")), v("z"))))),
        bgp((v("x"), t(iri("age")), v("n")))))
    #expect(rows == ["x=dan n=\"30\"^"])
  }

  /// EXISTS { MINUS {} } tells whether a solution binds nothing.
  @Test("in the pattern of EXISTS, the sides of MINUS share all that the solution binds")
  func minusInExists() throws {
    let nothing = Expression.exists(.minus(bgp(), bgp()))
    let ages = bgp((v("x"), t(iri("age")), t(number(9))))
    let mixed = Pattern.values(variables: [Variable("y")], rows: [[nil], [number(1)]])
    let likes = bgp((t(iri("ann")), t(iri("says")), v(".blank")))
    let counted = Pattern.group(
      ages, by: [], aggregates: [AggregateBinding(Variable(" 1"), Aggregate(.count, nil))])
    #expect(try people.rows(.filter(nothing, bgp())).count == 1)
    #expect(try people.rows(.filter(nothing, ages)).isEmpty)
    #expect(try people.rows(.filter(nothing, mixed)) == [""])
    #expect(try people.rows(.filter(nothing, likes)).count == 1)
    #expect(try people.rows(.filter(nothing, counted)).isEmpty)
    #expect(try people.rows(.join(.filter(nothing, bgp()), ages)) == ["x=bob"])
    #expect(try people.rows(.filter(.exists(.filter(nothing, ages)), bgp())).isEmpty)
    #expect(try people.rows(.filter(.exists(.filter(nothing, bgp())), mixed)) == [""])
    let inSelect = Expression.exists(.project(.minus(ages, ages), []))
    #expect(try people.rows(.filter(inSelect, mixed)).isEmpty)
    #expect(try people.rows(.filter(.exists(.minus(ages, bgp())), mixed)) == [""])
    let twice = Pattern.extend(.extend(bgp(), Variable("a"), nothing), Variable("b"), nothing)
    #expect(
      try people.rows(twice).map { $0.contains("a=\"true\"") && $0.contains("b=\"false\"") } == [
        true
      ])
  }

  @Test("names that are canonically equivalent are different")
  func namesByCodePoint() throws {
    let (composed, decomposed) = ("n\u{E9}", "ne\u{301}")
    let both = Pattern.extend(
      .extend(bgp(), Variable(composed), .term(number(1))), Variable(decomposed), .term(number(2)))
    let rows = try people.rows(both)
    #expect(rows.map { Array($0.utf8) } == [Array("\(composed)=\"1\"^ \(decomposed)=\"2\"^".utf8)])
    let template = [composed, decomposed].map {
      TriplePattern(t(.blankNode($0)), t(iri("is")), t(number(1)))
    }
    let graph = try QueryEngine().evaluate(Query(.construct(template), bgp()), on: people.snapshot)
      .graph
    #expect(graph?.count == 2)
  }

  @Test("a sum is a sum with zero")
  func sumOfNegativeZero() throws {
    let zero = Term.literal(Literal("-0.0", datatype: XSD.double))
    let sum = Pattern.group(
      .values(variables: [Variable("x")], rows: [[zero]]), by: [],
      aggregates: [AggregateBinding(Variable("s"), Aggregate(.sum, .variable(Variable("x"))))])
    #expect(try people.rows(sum) == ["s=\"0.0E0\"^"])
  }

  @Test("numbers are compared by value")
  func filter() throws {
    let rows = try people.rows(
      .filter(
        .compare(.greater, .variable(Variable("n")), .term(number(10))),
        bgp((v("x"), t(iri("age")), v("n")))))
    #expect(rows.sorted() == ["x=ann n=\"30\"^", "x=dan n=\"30\"^"])
  }

  @Test("a triple term is taken apart")
  func tripleTerm() throws {
    let rows = try people.rows(
      bgp((v("who"), t(iri("says")), .triple(TriplePattern(v("s"), t(iri("likes")), v("o"))))))
    #expect(rows == ["who=ann s=bob o=tea"])
  }

  @Test("one or more steps reach every node of a cycle")
  func path() throws {
    let rows = try people.rows(
      .path(t(iri("ann")), .oneOrMore(.predicate(iri("knows"))), v("y")))
    #expect(rows.sorted() == ["y=ann", "y=bob", "y=cid"])
  }

  @Test("groups are counted, sorted and cut")
  func group() throws {
    let rows = try people.rows(
      .slice(
        .project(
          .orderBy(
            .group(
              bgp((v("x"), t(iri("age")), v("n"))), by: [Variable("n")],
              aggregates: [AggregateBinding(Variable("c"), Aggregate(.count, nil))]),
            [SortKey(.variable(Variable("c")), descending: true)]),
          [Variable("n"), Variable("c")]), offset: 0, limit: 1))
    #expect(rows == ["n=\"30\"^ c=\"2\"^"])
  }
}
