import Algebra
import Engine
import RDF
import Testing

/// Parts of dates and times: those of a column are found another way than those of a constant.
@Suite struct CalendarTests {
  private static let times: [Term] = [
    ("2010-06-21T11:28:01", XSD.dateTime), ("2010-12-31T23:59:59.999Z", XSD.dateTime),
    ("2011-01-01T00:30:00+05:30", XSD.dateTime), ("2010-12-31T20:00:00-08:00", XSD.dateTime),
    ("1969-12-31T23:30:00", XSD.dateTime), ("1970-01-01T00:00:00-14:00", XSD.dateTime),
    ("0000-02-29T24:00:00", XSD.dateTime), ("-0044-03-15T12:34:56", XSD.dateTime),
    // Local times just beyond 64 bits of microseconds, before and after.
    ("294247-01-10T18:00:54.775807+14:00", XSD.dateTime),
    ("-290308-12-21T06:00:00-14:00", XSD.dateTime),
    ("2000-02-29", XSD.date), ("1900-03-01+14:00", XSD.date), ("-0001-12-31Z", XSD.date),
    ("12:34:56", XSD.time), ("2020", XSD.gYear), ("no time", XSD.dateTime),
  ].map { .literal(Literal($0.0, datatype: $0.1)) }

  @Test(arguments: [Function.year, .month, .day, .hours, .minutes])
  func part(function: Function) throws {
    let fixture = try Fixture(
      Self.times.enumerated().map { (iri("\($0.offset)"), iri("at"), $0.element) })
    let column = try fixture.rows(
      .project(
        .extend(
          bgp((v("s"), t(iri("at")), v("o"))), Variable("part"),
          .call(function, [.variable(Variable("o"))])),
        [Variable("s"), Variable("part")]))
    let constants = try Self.times.enumerated().map { number, time in
      try Fixture([]).rows(
        .project(
          .extend(
            .values(variables: [Variable("s")], rows: [[iri("\(number)")]]), Variable("part"),
            .call(function, [.term(time)])), [Variable("s"), Variable("part")]))[0]
    }
    #expect(Set(column) == Set(constants))
    #expect(column.contains { $0.contains("part=") })
  }
}
