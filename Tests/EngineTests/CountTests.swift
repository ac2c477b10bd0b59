import Algebra
import Engine
import RDF
import Testing

/// Counts of very many solutions, and of solutions as the text of a query sees them.
@Suite("Counts")
struct CountTests {
  /// Every node points at every node.
  private func complete(_ nodeCount: Int) throws -> Fixture {
    let nodes = (0..<nodeCount).map { iri("n\($0)") }
    return try Fixture(nodes.flatMap { from in nodes.map { (from, iri("p"), $0) } })
  }

  private func chain(_ length: Int) -> Pattern {
    .triples(
      (0..<length).map { TriplePattern(v("v\($0)"), t(iri("p")), v("v\($0 + 1)")) })
  }

  private func product(_ factorCount: Int) -> Pattern {
    .triples((0..<factorCount).map { TriplePattern(v("a\($0)"), v("p\($0)"), v("b\($0)")) })
  }

  private func count(
    _ pattern: Pattern, by keys: [Variable] = [], _ aggregate: Aggregate = Aggregate(.count, nil)
  ) -> Pattern {
    .group(pattern, by: keys, aggregates: [AggregateBinding(Variable("n"), aggregate)])
  }

  @Test("a count beyond 128 bits is an error, not a wrong number")
  func beyond() throws {
    let fixture = try complete(100)
    #expect(try fixture.rows(count(chain(8))) == ["n=\"1000000000000000000\"^"])
    let all = "1" + String(repeating: "0", count: 36)
    #expect(try fixture.rows(count(product(9))) == ["n=\"\(all)\"^"])
    #expect(try fixture.rows(count(product(10))) == [""])
    let groups = try fixture.rows(count(product(11), by: [Variable("a0")]))
    #expect(groups.count == 100 && groups.allSatisfy { !$0.contains("n=") })
  }

  @Test("terms that the query makes are counted once, as those of the graph are")
  func distinctMade() throws {
    let fixture = try Fixture([(iri("a"), iri("p"), text("5")), (iri("a"), iri("p"), text("55"))])
    let name = Expression.call(.str, [.variable(Variable("x"))])
    let start = Expression.call(.substr, [name, .term(number(1)), .term(number(2))])
    // Of 1 to 99 each, and of the numbers that follow.
    let numbers = Pattern.values(
      variables: [Variable("x")], rows: (1..<5000).map { [number($0)] })
    let starts = Pattern.extend(numbers, Variable("start"), start)
    let counted = Aggregate(.count, .variable(Variable("start")), distinct: true)
    #expect(try fixture.rows(count(starts, counted)) == ["n=\"99\"^"])
    #expect(
      try fixture.rows(count(.extend(numbers, Variable("start"), name), counted))
        == ["n=\"4999\"^"])
  }

  @Test("groups and different rows are the same where so many that their tables grow in steps")
  func manyGroups() throws {
    // Each pair twice.
    let columns = [("a", 560), ("b", 500), ("c", 2)].map { name, count in
      Pattern.values(variables: [Variable(name)], rows: (0..<count).map { [number($0)] })
    }
    let rows = Pattern.join(.join(columns[0], columns[1]), columns[2])
    let keys = [Variable("a"), Variable("b")]
    let sums = Pattern.group(
      rows, by: keys,
      aggregates: [
        AggregateBinding(Variable("n"), Aggregate(.count, nil)),
        AggregateBinding(Variable("m"), Aggregate(.sum, .variable(Variable("b")))),
      ])
    // Of each group what its keys say.
    let isRight = Expression.and(
      .compare(.equal, .variable(Variable("n")), .term(number(2))),
      .compare(
        .equal, .variable(Variable("m")),
        .arithmetic(.multiply, .term(number(2)), .variable(Variable("b")))))
    let fixture = try Fixture([])
    #expect(try fixture.rows(count(.filter(isRight, sums))) == ["n=\"280000\"^"])
    #expect(
      try fixture.rows(count(.distinct(.project(rows, keys)))) == ["n=\"280000\"^"])
  }

  @Test("a text that GROUP_CONCAT makes grows beyond what is copied at once")
  func longText() throws {
    let texts = (0..<500).map { String(repeating: "ä\($0) ", count: 400) }
    let rows = Pattern.values(variables: [Variable("x")], rows: texts.map { [text($0)] })
    let joined = Aggregate(.groupConcat(separator: "·"), .variable(Variable("x")))
    let expected = texts.joined(separator: "·")
    #expect(expected.utf8.count > 1 << 20)
    #expect(try Fixture([]).rows(count(rows, joined)) == ["n=\"\(expected)\""])
  }

  @Test("COUNT(DISTINCT *) does not see blank nodes, nor what stands inside paths")
  func distinct() throws {
    let fixture = try complete(3)
    let hidden = bgp((t(iri("n0")), t(iri("p")), v(" 1")), (v(" 1"), t(iri("p")), v("x")))
    #expect(try fixture.rows(count(hidden, Aggregate(.count, nil, distinct: true))) == ["n=\"3\"^"])
    #expect(try fixture.rows(count(hidden)) == ["n=\"9\"^"])
    let label = bgp((v(".b"), t(iri("p")), v("x")))
    #expect(try fixture.rows(count(label, Aggregate(.count, nil, distinct: true))) == ["n=\"3\"^"])
  }

  @Test("different terms are counted as rows only where nothing else makes rows differ")
  func distinctTerms() throws {
    let fixture = try complete(3)
    let y = Aggregate(.count, .variable(Variable("y")), distinct: true)
    let step = bgp((v("x"), t(iri("p")), v("y")))
    #expect(try fixture.rows(count(step, y)) == ["n=\"3\"^"])
    #expect(
      Set(try fixture.rows(count(step, by: [Variable("x")], y)))
        == Set((0..<3).map { "x=n\($0) n=\"3\"^" }))
    let label = bgp((v(".b"), t(iri("p")), v("y")))
    #expect(try fixture.rows(count(label, y)) == ["n=\"3\"^"])
    let reached = Pattern.path(t(iri("n0")), .oneOrMore(.predicate(iri("p"))), v("y"))
    #expect(try fixture.rows(count(reached, y)) == ["n=\"3\"^"])
    let both = Pattern.path(v("x"), .oneOrMore(.predicate(iri("p"))), v("y"))
    #expect(try fixture.rows(count(both, y)) == ["n=\"3\"^"])
    let optional = Pattern.leftJoin(step, bgp((v("y"), t(iri("q")), v("z"))), condition: nil)
    let z = Aggregate(.count, .variable(Variable("z")), distinct: true)
    let unmatched = try fixture.rows(count(optional, by: [Variable("x"), Variable("y")], z))
    #expect(unmatched.count == 9 && unmatched.allSatisfy { $0.hasSuffix("n=\"0\"^") })
  }
}
