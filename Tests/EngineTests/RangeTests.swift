import Algebra
import Engine
import RDF
import Testing

/// Comparisons with constants over many values, which are looked up in their order.
@Suite struct RangeTests {
  private static let count = 6000

  private func fixture(_ value: (Int) -> Literal) throws -> Fixture {
    try Fixture(
      (0..<Self.count).map { number in
        // A stride that is prime to the count: values do not come in their order.
        (iri("\(number)"), iri("at"), .literal(value(number * 7919 % Self.count)))
      })
  }

  private func found(
    _ fixture: Fixture, _ conditions: (Expression.Comparison, Literal)...
  ) throws -> Int {
    var pattern = bgp((v("s"), t(iri("at")), v("o")))
    for (comparison, bound) in conditions {
      pattern = .filter(
        .compare(comparison, .variable(Variable("o")), .term(.literal(bound))), pattern)
    }
    return try fixture.rows(pattern).count
  }

  private func integer(_ number: Int) -> Literal {
    Literal(String(number), datatype: XSD.integer)
  }

  @Test("integers within bounds")
  func integers() throws {
    let fixture = try fixture { integer($0 - 3000) }
    #expect(try found(fixture, (.greaterOrEqual, integer(-10)), (.less, integer(10))) == 20)
    #expect(try found(fixture, (.greater, integer(-10)), (.lessOrEqual, integer(10))) == 20)
    #expect(try found(fixture, (.less, integer(-2990))) == 10)
    #expect(try found(fixture, (.equal, integer(5))) == 1)
    #expect(try found(fixture, (.greater, integer(5)), (.less, integer(5))) == 0)
  }

  @Test("doubles: negative ones, both zeros, infinities, and what is no number")
  func doubles() throws {
    let special = ["-INF", "-0.0", "0.0", "INF", "NaN"]
    let fixture = try fixture { number in
      let text = number < special.count ? special[number] : "\(Double(number) - 3000)"
      return Literal(text, datatype: XSD.double)
    }
    func double(_ text: String) -> Literal { Literal(text, datatype: XSD.double) }
    // 0.0 is there three times, once with a sign and once by counting.
    #expect(try found(fixture, (.greaterOrEqual, double("0.0")), (.less, double("1.0"))) == 3)
    #expect(try found(fixture, (.lessOrEqual, double("-0.0")), (.greater, double("-1"))) == 3)
    #expect(try found(fixture, (.less, double("-2990"))) == 6)
    #expect(try found(fixture, (.greater, double("2998"))) == 2)
  }

  @Test("dates with a few values of other kinds among them")
  func mixed() throws {
    let fixture = try fixture { number in
      switch number {
      case 0: Literal("no date")
      case 1: Literal("2020-01-05Z", datatype: XSD.date)
      default:
        Literal(
          "20\(10 + number / 365)-0\(1 + number % 365 / 41)-\(10 + number % 20)",
          datatype: XSD.date)
      }
    }
    let from = Literal("2020-01-01", datatype: XSD.date)
    let to = Literal("2020-02-01", datatype: XSD.date)
    let all = (0..<Self.count).count { number in
      number > 1 && number / 365 == 10 && number % 365 / 41 == 0
    }
    let found = try found(fixture, (.greaterOrEqual, from), (.less, to))
    // Whether 5 January with a time zone lies between is certain, more than 14 hours from both.
    #expect(found == all + 1)
  }

  @Test("facts added and removed later count")
  func changed() throws {
    var fixture = try fixture { integer($0) }
    let dictionary = fixture.snapshot.dictionary
    func triple(_ subject: String, _ value: Int) throws -> EncodedTriple {
      EncodedTriple(
        try dictionary.intern(iri(subject)), try dictionary.intern(iri("at")),
        try dictionary.intern(.literal(integer(value))))
    }
    fixture.snapshot = fixture.snapshot.applying(
      adding: [(try triple("new", 100), origin: 1), (try triple("new", 1_000_000), origin: 1)],
      removing: [try triple("0", 0)])
    #expect(try found(fixture, (.lessOrEqual, integer(100))) == 101)
    #expect(try found(fixture, (.greater, integer(5998))) == 2)
  }
}
