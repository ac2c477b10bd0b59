import Algebra
import Engine
import RDF
import Testing

/// ORDER BY, MIN and MAX over terms of all kinds: what comes first is told by the first bytes of a
/// number or text, or by all of them.
@Suite struct SortTests {
  private static func literal(_ text: String, _ datatype: String) -> Term {
    .literal(Literal(text, datatype: datatype))
  }

  /// In their order.
  private static let ordered: [Term] = [
    .iri("urn:a"), .iri("urn:abcdefgh"), .iri("urn:abcdefgi"), .iri("urn:b"),
    text(""), text("abcdefg"), text("abcdefgh"), text("abcdefghi"), text("abcdefgi"), text("é"),
    literal("false", XSD.boolean), literal("true", XSD.boolean),
    literal("NaN", XSD.double), literal("-INF", XSD.double), number(-9_007_199_254_740_993),
    number(-9_007_199_254_740_992), literal("-0.5", XSD.decimal), number(0),
    literal("0.000000000000000000000001", XSD.decimal), literal("1.5e0", XSD.float), number(2),
    literal("123456789012345678.123456789012345678", XSD.decimal),
    literal("123456789012345678.123456789012345679", XSD.decimal),
    literal("1e300", XSD.double), literal("INF", XSD.double),
    literal("-0044-03-15T00:00:00", XSD.dateTime), literal("2020-04-12T10:00:00", XSD.dateTime),
    literal("2020-04-12T10:00:00.0000001", XSD.dateTime),
    literal("2020-04-12T12:00:00+01:00", XSD.dateTime),
    literal("2020-04-12", XSD.date), literal("2020-04-13", XSD.date),
  ]

  private let fixture: Fixture

  init() throws {
    // Each twice, in an order of arrival that has nothing to do with theirs.
    let count = Self.ordered.count
    fixture = try Fixture(
      (0..<2 * count).map { place in
        (iri("s\(place)"), iri("p"), Self.ordered[place * 7 % count])
      })
  }

  private let triples = bgp((v("s"), t(iri("p")), v("o")))

  private func objects(_ rows: [String]) -> [String] {
    rows.compactMap { row in row.split(separator: " ").first { $0.hasPrefix("o=") } }
      .map(String.init)
  }

  private func sorted(descending: Bool, limit: Int?) throws -> [String] {
    let pattern = Pattern.orderBy(
      triples, [SortKey(.variable(Variable("o")), descending: descending)])
    return objects(
      try fixture.rows(
        .slice(.project(pattern, [Variable("o")]), offset: 0, limit: limit)))
  }

  private var expected: [String] {
    Self.ordered.flatMap { ["o=\($0.short)", "o=\($0.short)"] }
  }

  @Test("ascending and descending, all and the first few")
  func order() throws {
    #expect(try sorted(descending: false, limit: nil) == expected)
    #expect(try sorted(descending: true, limit: nil) == expected.reversed())
    for limit in [1, 5, 20, 50] {
      #expect(try sorted(descending: false, limit: limit) == Array(expected.prefix(limit)))
      #expect(
        try sorted(descending: true, limit: limit) == Array(expected.reversed().prefix(limit)))
    }
  }

  @Test(
    "MIN and MAX are the first and the last",
    arguments: [Aggregate.Function.minimum, .maximum])
  func best(function: Aggregate.Function) throws {
    let rows = try fixture.rows(
      .group(
        triples, by: [],
        aggregates: [
          AggregateBinding(Variable("o"), Aggregate(function, .variable(Variable("o"))))
        ]))
    #expect(rows == [function == .minimum ? expected[0] : expected[expected.count - 1]])
  }

  @Test("many rows, equal ones in order of arrival, all and the first few")
  func many() throws {
    let count = 70_000
    let values = (0..<count).map { [number($0), number($0 * 7919 % 1000)] }
    let (place, key) = (Variable("place"), Variable("key"))
    let expected = (0..<count).sorted {
      let (a, b) = ($0 * 7919 % 1000, $1 * 7919 % 1000)
      return a == b ? $0 < $1 : a > b
    }
    let product = Expression.arithmetic(.multiply, .variable(key), .term(number(1)))
    for sortKey in [Expression.variable(key), product] {
      let pattern = Pattern.orderBy(
        .values(variables: [place, key], rows: values), [SortKey(sortKey, descending: true)])
      for limit in [nil, 10, 5000, 40_000] {
        let rows = try Fixture([]).rows(
          .slice(.project(pattern, [place]), offset: 0, limit: limit))
        #expect(rows == expected.prefix(limit ?? count).map { "place=\"\($0)\"^" })
      }
    }
  }

  @Test("IRIs that begin alike, by two keys in opposite directions")
  func alike() throws {
    let names =
      (0..<40).map { "http://example.org/things/\($0 * 7 % 40)" } + ["http://example.org/things/"]
    let fixture = try Fixture(
      names.flatMap { name in
        [3, 1, 2].map { (iri("http://example.org/kinds/\($0)"), iri("p"), iri(name)) }
      })
    let rows = try fixture.rows(
      .project(
        .orderBy(
          triples,
          [
            SortKey(.variable(Variable("o")), descending: true),
            SortKey(.variable(Variable("s")), descending: false),
          ]), [Variable("o"), Variable("s")]))
    let expected = names.sorted().reversed().flatMap { name in
      (1...3).map { "o=\(name) s=http://example.org/kinds/\($0)" }
    }
    #expect(rows == expected)
  }

  @Test("sums of integers, decimals and doubles together, whatever comes first")
  func sums() throws {
    let values = [
      number(3), Self.literal("0.5", XSD.decimal), number(4), Self.literal("1e1", XSD.double),
    ]
    for turn in values.indices {
      let turned = values[turn...] + values[..<turn]
      let fixture = try Fixture(
        turned.enumerated().map { (iri("s\($0.offset)"), iri("p"), $0.element) })
      let sum = Aggregate(.sum, .variable(Variable("o")))
      let average = Aggregate(.average, .variable(Variable("o")))
      let rows = try fixture.rows(
        .group(
          triples, by: [],
          aggregates: [
            AggregateBinding(Variable("a"), sum), AggregateBinding(Variable("b"), average),
          ]))
      #expect(rows == ["a=\"1.75E1\"^ b=\"4.375E0\"^"])
    }
  }
}
