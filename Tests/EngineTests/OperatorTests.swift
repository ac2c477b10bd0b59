import Algebra
import Engine
import RDF
import Testing

/// Patterns over a list of numbers, long enough for several batches.
@Suite("Operators over empty, single, repeated, unbound and many rows")
struct OperatorTests {
  static let sizes = [0, 1, 2, 2048, 5000]

  /// `?x` with the numbers below `count`, each `copies` times.
  private func numbers(_ count: Int, copies: Int = 1, as name: String = "x") -> Pattern {
    .values(
      variables: [Variable(name)],
      rows: (0..<count * copies).map { [number($0 % max(1, count))] })
  }

  private func count(_ pattern: Pattern) throws -> Int {
    try Fixture([]).rows(pattern).count
  }

  private func x(_ op: Expression.Comparison, _ value: Int) -> Expression {
    .compare(op, .variable(Variable("x")), .term(number(value)))
  }

  /// A graph of `count` things, each with a number and, the even ones, a mark.
  private func things(_ count: Int) throws -> Fixture {
    try Fixture(
      (0..<count).flatMap { index -> [(Term, Term, Term)] in
        let thing = iri("t\(index)")
        let all = [(thing, iri("n"), number(index))]
        return index % 2 == 0 ? all + [(thing, iri("even"), text("yes"))] : all
      })
  }

  @Test("join", arguments: sizes)
  func join(size: Int) throws {
    #expect(try count(.join(numbers(size, copies: 2), numbers(size, copies: 3))) == size * 6)
    #expect(try count(.join(numbers(size), numbers(2, as: "y"))) == size * 2)
  }

  @Test("join with unbound cells", arguments: sizes)
  func looseJoin(size: Int) throws {
    let loose = Pattern.values(variables: [Variable("x")], rows: [[nil], [number(0)]])
    #expect(try count(.join(numbers(size), loose)) == size + min(size, 1))
  }

  @Test("left join", arguments: sizes)
  func leftJoin(size: Int) throws {
    let left = numbers(size)
    #expect(
      try count(.leftJoin(left, numbers(1, copies: 3), condition: nil)) == size + min(size, 1) * 2)
    #expect(try count(.leftJoin(left, numbers(1), condition: x(.greater, 0))) == size)
    #expect(try count(.leftJoin(left, numbers(0), condition: nil)) == size)
  }

  @Test("optional lookups", arguments: sizes)
  func lateral(size: Int) throws {
    let graph = try things(size)
    let all = bgp((v("t"), t(iri("n")), v("n")))
    let even = bgp((v("t"), t(iri("even")), v("e")))
    let rows = try graph.rows(.leftJoin(all, even, condition: nil))
    #expect(rows.count == size)
    #expect(rows.count { $0.contains("e=") } == (size + 1) / 2)
  }

  @Test("exists and not exists", arguments: sizes)
  func exists(size: Int) throws {
    let graph = try things(size)
    let all = bgp((v("t"), t(iri("n")), v("n")))
    let even = Expression.exists(bgp((v("t"), t(iri("even")), v("e"))))
    #expect(try graph.rows(.filter(even, all)).count == (size + 1) / 2)
    #expect(try graph.rows(.filter(.not(even), all)).count == size / 2)
    #expect(try graph.rows(.filter(.or(even, x(.less, 0)), all)).count == (size + 1) / 2)
  }

  @Test("minus", arguments: sizes)
  func minus(size: Int) throws {
    #expect(try count(.minus(numbers(size, copies: 2), numbers(1))) == max(0, size - 1) * 2)
    #expect(try count(.minus(numbers(size), numbers(1, as: "y"))) == size)
  }

  @Test("union keeps unbound cells", arguments: sizes)
  func union(size: Int) throws {
    let rows = try Fixture([]).rows(.union(numbers(size), numbers(1, as: "y")))
    #expect(rows.count == size + 1)
    #expect(rows.last == "y=\"0\"^")
  }

  @Test("filter", arguments: sizes)
  func filter(size: Int) throws {
    #expect(try count(.filter(x(.greaterOrEqual, 1), numbers(size))) == max(0, size - 1))
    #expect(try count(.filter(.bound(Variable("z")), numbers(size))) == 0)
  }

  @Test("distinct", arguments: sizes)
  func distinct(size: Int) throws {
    #expect(try count(.distinct(numbers(size, copies: 3))) == size)
    #expect(try count(.distinct(.project(numbers(size), []))) == min(size, 1))
  }

  @Test("slice", arguments: sizes)
  func slice(size: Int) throws {
    #expect(try count(.slice(numbers(size), offset: 1, limit: 2100)) == min(max(0, size - 1), 2100))
    #expect(try count(.slice(numbers(size), offset: 3000, limit: nil)) == max(0, size - 3000))
    #expect(try count(.slice(numbers(size), offset: 0, limit: 0)) == 0)
    #expect(try count(.slice(numbers(size), offset: .max, limit: .max)) == 0)
  }

  @Test("sort, whole and cut", arguments: sizes)
  func sort(size: Int) throws {
    let key = [SortKey(.variable(Variable("x")), descending: true)]
    let sorted = try Fixture([]).rows(.orderBy(numbers(size, copies: 2), key))
    #expect(sorted == (0..<size * 2).map { "x=\"\(size - 1 - $0 / 2)\"^" })
    let cut = try Fixture([]).rows(
      .slice(.orderBy(numbers(size, copies: 2), key), offset: 1, limit: 3))
    #expect(cut == Array(sorted.dropFirst().prefix(3)))
    for limit in [0, 1500, .max - 1] {
      let part = try Fixture([]).rows(
        .slice(.orderBy(numbers(size, copies: 2), key), offset: 1, limit: limit))
      #expect(part == Array(sorted.dropFirst().prefix(limit)))
    }
  }

  @Test("unbound sorts first, equal rows keep their order")
  func sortOrder() throws {
    let rows = try Fixture([]).rows(
      .orderBy(
        .values(
          variables: [Variable("x"), Variable("y")],
          rows: [
            [text("b"), number(1)], [nil, number(2)], [iri("i"), number(3)],
            [number(5), number(4)], [.blankNode("k"), number(5)],
            [.literal(Literal("5.0", datatype: XSD.decimal)), number(6)], [text("a"), number(7)],
            [.triple(Triple(iri("s"), iri("p"), iri("o"))), number(8)],
          ]), [SortKey(.variable(Variable("x")))]))
    #expect(
      rows.map { $0.split(separator: "y=")[$0.hasPrefix("x") ? 1 : 0] } == [
        "\"2\"^", "\"5\"^", "\"3\"^", "\"7\"^", "\"1\"^", "\"4\"^", "\"6\"^", "\"8\"^",
      ])
  }

  @Test("group and aggregates", arguments: sizes)
  func group(size: Int) throws {
    let aggregates = [
      AggregateBinding(Variable("c"), Aggregate(.count, nil)),
      AggregateBinding(
        Variable("d"), Aggregate(.count, .variable(Variable("x")), distinct: true)),
      AggregateBinding(Variable("s"), Aggregate(.sum, .variable(Variable("x")))),
      AggregateBinding(Variable("m"), Aggregate(.maximum, .variable(Variable("x")))),
      AggregateBinding(Variable("a"), Aggregate(.average, .variable(Variable("x")))),
    ]
    let all = try Fixture([]).rows(.group(numbers(size, copies: 2), by: [], aggregates: aggregates))
    let sum = size * (size - 1)
    let average =
      size == 0 ? "0" : sum % (2 * size) == 0 ? "\(sum / size / 2)" : "\(sum / size / 2).5"
    let most = size == 0 ? "" : " m=\"\(size - 1)\"^"
    #expect(all == ["c=\"\(size * 2)\"^ d=\"\(size)\"^ s=\"\(sum)\"^\(most) a=\"\(average)\"^"])
    let each = try Fixture([]).rows(
      .group(numbers(size, copies: 2), by: [Variable("x")], aggregates: [aggregates[0]]))
    #expect(each == (0..<size).map { "x=\"\($0)\"^ c=\"2\"^" })
  }

  @Test("an error makes a sum unbound and is not counted")
  func aggregateErrors() throws {
    let rows = try Fixture([]).rows(
      .group(
        .values(variables: [Variable("x")], rows: [[number(1)], [nil], [text("a")]]), by: [],
        aggregates: [
          AggregateBinding(Variable("s"), Aggregate(.sum, .variable(Variable("x")))),
          AggregateBinding(Variable("c"), Aggregate(.count, .variable(Variable("x")))),
          AggregateBinding(Variable("r"), Aggregate(.count, nil)),
        ]))
    #expect(rows == ["c=\"2\"^ r=\"3\"^"])
  }

  @Test("group concat joins in order")
  func concatenation() throws {
    let rows = try Fixture([]).rows(
      .group(
        numbers(3), by: [],
        aggregates: [
          AggregateBinding(
            Variable("g"), Aggregate(.groupConcat(separator: "-"), .variable(Variable("x"))))
        ]))
    #expect(rows == ["g=\"0-1-2\""])
  }

  @Test("a path over a long chain", arguments: [0, 1, 3000])
  func path(size: Int) throws {
    let chain = try Fixture((0..<size).map { (iri("n\($0)"), iri("next"), iri("n\($0 + 1)")) })
    let next = Path.predicate(iri("next"))
    let plus = try chain.rows(.path(t(iri("n0")), .oneOrMore(next), v("y")))
    #expect(plus == (0..<size).map { "y=n\($0 + 1)" })
    let star = try chain.rows(.path(v("x"), .zeroOrMore(next), t(iri("n\(size)"))))
    #expect(star.count == size + 1)
    #expect(
      try chain.rows(.path(t(iri("n0")), .zeroOrMore(next), t(iri("n\(size)")))).count == 1)
  }

  @Test("a term outside the graph is reached from itself without a step")
  func zeroLength() throws {
    let rows = try Fixture([]).rows(
      .path(t(iri("nowhere")), .zeroOrOne(.predicate(iri("p"))), v("y")))
    #expect(rows == ["y=nowhere"])
  }

  @Test("cycles are counted as nested loops would")
  func intersection() throws {
    let size = 40
    let edges = (0..<size).flatMap { a in [1, 2, 5].map { (a, (a + $0) % size) } }
    let graph = try Fixture(edges.map { (iri("\($0.0)"), iri("e"), iri("\($0.1)")) })
    var expected = 0
    for (a, b) in edges {
      for (c, d) in edges where c == b {
        expected += edges.contains { $0 == (a, d) } ? 1 : 0
      }
    }
    let rows = try graph.rows(
      bgp(
        (v("a"), t(iri("e")), v("b")), (v("b"), t(iri("e")), v("c")),
        (v("a"), t(iri("e")), v("c"))))
    #expect(rows.count == expected)
    #expect(expected > 0)
  }
}
