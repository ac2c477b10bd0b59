import RDF
import Testing

@Suite struct LexicalFormTests {
  @Test(arguments: [
    (XSDDatatype.boolean, "1", "true"), (.boolean, " false\n", "false"),
    (.integer, "+007", "7"), (.integer, "-0", "0"),
    (.integer, "99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
    (.long, "-9223372036854775808", "-9223372036854775808"), (.unsignedByte, "255", "255"),
    (.decimal, "1.50", "1.5"), (.decimal, "+.5", "0.5"), (.decimal, "5.", "5"),
    (.decimal, "-0.0", "0"), (.decimal, "100", "100"),
    (.decimal, "0.00000000000000000001", "0.00000000000000000001"),
    (.double, "1", "1.0E0"), (.double, "-0", "-0.0E0"), (.double, "1e400", "INF"),
    (.double, "12345.678e-2", "1.2345678E2"), (.double, "+INF", "INF"), (.double, "-INF", "-INF"),
    (.double, "NaN", "NaN"), (.double, "1E-7", "1.0E-7"), (.double, ".1", "1.0E-1"),
    (.double, "179769313486231570000000000e282", "1.7976931348623157E308"),
    (.double, "5e-324", "5.0E-324"), (.float, "0.1", "1.0E-1"), (.float, "16777217", "1.6777216E7"),
    (.float, "3.4028235e38", "3.4028235E38"),
    (.dateTime, "2020-04-12T10:30:00.500Z", "2020-04-12T10:30:00.5Z"),
    (.dateTime, "2020-12-31T24:00:00", "2021-01-01T00:00:00"),
    (.dateTime, "12020-04-12T00:00:09+05:30", "12020-04-12T00:00:09+05:30"),
    (.dateTime, "-0001-01-01T00:00:00-14:00", "-0001-01-01T00:00:00-14:00"),
    (.dateTimeStamp, "2020-04-12T10:30:00+00:00", "2020-04-12T10:30:00Z"),
    (.date, "2020-02-29", "2020-02-29"), (.date, "0000-02-29Z", "0000-02-29Z"),
    (.time, "24:00:00", "00:00:00"), (.time, "01:02:03.004", "01:02:03.004"),
    (.gYear, "2020", "2020"), (.gYear, "-0044Z", "-0044Z"), (.gYearMonth, "2020-04", "2020-04"),
    (.gMonth, "--02", "--02"), (.gMonthDay, "--02-29", "--02-29"),
    (.gDay, "---31+01:00", "---31+01:00"),
    (.duration, "P1Y14M3DT26H", "P2Y2M4DT2H"), (.duration, "PT0S", "PT0S"),
    (.dayTimeDuration, "-PT90.250S", "-PT1M30.25S"), (.dayTimeDuration, "P1D", "P1D"),
    (.yearMonthDuration, "P0Y", "P0M"), (.yearMonthDuration, "-P13M", "-P1Y1M"),
    (.string, " a ", " a "),
  ])
  func givesTheCanonicalForm(_ datatype: XSDDatatype, _ form: String, _ canonical: String) {
    #expect(XSDValue(form, as: datatype)?.canonicalForm == canonical)
  }

  @Test(arguments: [
    (XSDDatatype.boolean, "TRUE"), (.boolean, ""), (.integer, ""), (.integer, "+"),
    (.integer, "1.0"),
    (.integer, "1 2"), (.integer, "--1"), (.byte, "128"), (.byte, "-129"),
    (.nonNegativeInteger, "-1"),
    (.positiveInteger, "0"), (.negativeInteger, "0"), (.nonPositiveInteger, "1"),
    (.unsignedLong, "18446744073709551616"), (.unsignedInt, "-1"), (.short, "32768"),
    (.integer, "170141183460469231731687303715884105728"), (.decimal, "."), (.decimal, "1e5"),
    (.decimal, ""), (.decimal, "1.2.3"), (.double, "1e"), (.double, "e5"), (.double, "inf"),
    (.double, "0x1p3"), (.double, "nan"), (.double, "1e+"), (.double, "1 e5"), (.double, "."),
    (.dateTime, "2020-04-12"), (.dateTime, "2020-4-12T00:00:00"),
    (.dateTime, "2021-02-29T00:00:00"),
    (.dateTime, "2020-04-12T25:00:00"), (.dateTime, "2020-04-12T24:00:01"),
    (.dateTime, "2020-04-12T10:60:00"),
    (.dateTime, "2020-04-12T10:30:60"), (.dateTime, "2020-04-12T10:30:00."),
    (.dateTime, "2020-04-12T10:30:00+14:01"),
    (.dateTime, "02020-04-12T10:30:00"), (.dateTime, "2020-04-12T10:30:00z"),
    (.dateTime, "2020-04-12T10:30:5"),
    (.dateTime, "+2020-04-12T10:30:00"), (.dateTime, "2020-04-12T10:30:00.1234567890123456789"),
    (.dateTimeStamp, "2020-04-12T10:30:00"), (.date, "2020-13-01"), (.date, "2020-00-01"),
    (.date, "2020-01-00"), (.date, "2020-04-31"), (.date, "99999999999999999999-01-01"),
    (.date, "100000000000-01-01"), (.time, "1:00:00"), (.gYear, "20"), (.gYear, "2020-01"),
    (.gMonth, "--13"), (.gMonth, "-12"), (.gDay, "---32"), (.gMonthDay, "--02-30"),
    (.duration, "P"), (.duration, "PT"), (.duration, "P1YT"), (.duration, "1Y"), (.duration, "P1S"),
    (.duration, "P1M1Y"), (.duration, "P-1Y"), (.duration, "PT1.S"), (.duration, "PT1.5M"),
    (.duration, "P1.5D"),
    (.dayTimeDuration, "P1Y"), (.yearMonthDuration, "P1D"), (.duration, "P999999999999999999999Y"),
    (.dayTimeDuration, "P99999999999999999D"),
  ])
  func rejects(_ datatype: XSDDatatype, _ form: String) {
    #expect(XSDValue(form, as: datatype) == nil)
  }

  @Test(arguments: [
    (1.0, "1"), (0.5, "0.5"), (1e6, "1.0E6"), (999999.0, "999999"), (1e-6, "0.000001"),
    (1.5e-7, "1.5E-7"), (-0.0, "-0"), (123.25, "123.25"), (.infinity, "INF"),
  ])
  func castsDoublesToStringsWithoutExponentInTheMiddleRange(_ value: Double, _ form: String) {
    #expect(XSDValue.double(value).castString == form)
  }

  @Test(
    arguments: [(1e-6, "0.000001"), (1e-7, "1.0E-7"), (1e6, "1.0E6"), (0.5, "0.5")]
      as [(Float, String)])
  func castsFloatsToStringsInTheirOwnPrecision(_ value: Float, _ form: String) {
    #expect(XSDValue.float(value).castString == form)
  }

  @Test func knowsItsDatatypesByIRI() {
    for datatype in XSDDatatype.allCases {
      #expect(XSDDatatype(iri: datatype.iri) == datatype)
    }
    #expect(XSDDatatype(iri: XSD.namespace) == nil)
    #expect(XSDDatatype(iri: XSD.namespace + "integers") == nil)
    #expect(XSDDatatype(iri: "http://example.org/XMLSchema#integer") == nil)
  }

  @Test func readsDoublesToTheNearest() {
    var state: UInt64 = 1
    for _ in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state)
      guard value.isFinite else { continue }
      #expect(XSDValue(XSDValue.double(value).canonicalForm, as: .double) == .double(value))
      #expect(XSDValue(value.description, as: .double) == .double(value))
    }
  }
}
