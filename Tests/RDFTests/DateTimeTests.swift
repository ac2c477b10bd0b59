import RDF
import Testing

@Suite struct DateTimeTests {
  /// Sums computed with Python's `datetime`.
  @Test(arguments: sums) func addsDurationsAsPythonDoes(
    _ start: String, _ duration: String, _ end: String
  ) throws {
    let start = try #require(XSDValue(start, as: .dateTime))
    let duration = try #require(XSDValue(duration, as: .dayTimeDuration))
    let sum = try #require(start.adding(duration))
    #expect(sum.canonicalForm == end)
    #expect(sum.subtracting(duration) == start)
    #expect(sum.subtracting(start) == duration)
    #expect(PackedValue(sum)?.value == sum)
  }

  private static let sums: [(String, String, String)] = [
    ("7771-01-08T15:17:54", "PT15400837451.500000S", "8259-01-21T01:42:05.5"),
    ("8066-10-16T16:41:55.000001", "PT16398217089.000000S", "8586-06-06T21:00:04.000001"),
    ("2065-05-10T17:45:21.000001", "-PT3834362550.000000S", "1943-11-08T13:02:51.000001"),
    ("7608-06-12T21:47:52.000001", "-PT11278910426.000000S", "7251-01-12T23:07:26.000001"),
    ("4136-09-15T21:58:06.000001", "PT7434485858.000000S", "4372-04-19T04:55:44.000001"),
    ("7040-07-20T18:44:45.000001", "PT12112565560.500000S", "7424-05-20T12:17:25.500001"),
    ("7795-07-22T23:12:57.123", "PT3787611857.500000S", "7915-08-02T01:37:14.623"),
    ("0053-12-25T13:37:18.000001", "PT4121234356.000000S", "0184-07-31T00:56:34.000001"),
    ("2711-08-23T17:56:31.123", "PT7088016923.500000S", "2936-04-01T23:31:54.623"),
    ("9599-09-26T01:04:46", "-PT5176040034.000000S", "9435-09-18T04:10:52"),
    ("0419-06-24T13:04:25.000001", "PT4766348808.000000S", "0570-07-08T14:51:13.000001"),
    ("2005-04-20T20:52:07.000001", "-PT11181676862.500000S", "1650-12-20T07:31:04.500001"),
    ("2454-03-20T05:26:51", "-PT14234664021.000000S", "2003-02-20T04:06:30"),
    ("0714-09-04T21:24:47", "-PT4602347656.000000S", "0568-10-30T23:30:31"),
  ]

  @Test(arguments: [
    ("2020-01-31", "P1M", "2020-02-29"), ("2020-02-29", "P1Y", "2021-02-28"),
    ("2020-03-31", "-P1M", "2020-02-29"), ("0000-01-01", "-P1M", "-0001-12-01"),
    ("2020-12-31", "P14M", "2022-02-28"), ("-0001-12-31", "P1M", "0000-01-31"),
  ])
  func addsMonthsOnTheCalendar(_ start: String, _ duration: String, _ end: String) {
    let sum = XSDValue(start, as: .date)
      .flatMap { date in XSDValue(duration, as: .yearMonthDuration).flatMap(date.adding) }
    #expect(sum?.canonicalForm == end)
  }

  @Test func addsDurationsToDatesAndTimesInTheirOwnType() throws {
    let date = try #require(XSDValue("2004-10-30Z", as: .date))
    let length = try #require(XSDValue("P2DT2H30M0S", as: .dayTimeDuration))
    #expect(date.adding(length)?.canonicalForm == "2004-11-01Z")
    #expect(length.adding(date)?.canonicalForm == "2004-11-01Z")
    let time = try #require(XSDValue("23:12:00+03:00", as: .time))
    let hours = try #require(XSDValue("P1DT3H15M", as: .dayTimeDuration))
    #expect(time.adding(hours)?.canonicalForm == "02:27:00+03:00")
    #expect(time.subtracting(hours)?.canonicalForm == "19:57:00+03:00")
    let month = try #require(XSDValue("P1M", as: .yearMonthDuration))
    #expect(time.adding(month) == nil)
  }

  @Test func scalesDurations() throws {
    let length = try #require(XSDValue("PT2H10M", as: .dayTimeDuration))
    let factor = try #require(XSDValue("2.1", as: .double))
    #expect(length.multiplied(by: factor)?.canonicalForm == "PT4H33M")
    #expect(factor.multiplied(by: length)?.canonicalForm == "PT4H33M")
    let months = try #require(XSDValue("P2Y11M", as: .yearMonthDuration))
    #expect(
      months.divided(by: .decimal(XSDDecimal(mantissa: 15, scale: 1)))?.canonicalForm == "P1Y11M")
    let ratio = try #require(XSDValue("P1Y4M", as: .yearMonthDuration))
    #expect(months.divided(by: ratio)?.canonicalForm == "2.1875")
    #expect(months.divided(by: length) == nil)
    #expect(months.divided(by: .integer(0)) == nil)
  }

  @Test func givesComponents() throws {
    let time = try #require(XSDValue("-0044-03-15T23:59:07.250-05:30", as: .dateTime)?.asTime)
    #expect(time.calendarDay == XSDDateTime.Day(year: -44, month: 3, day: 15))
    #expect(time.hours == 23)
    #expect(time.minutes == 59)
    #expect(time.seconds.description == "7.25")
    #expect(time.offsetMinutes == -330)
    #expect(time.zoneForm == "-05:30")
    #expect(time.timeZoneDuration?.description == "-PT5H30M")
  }

  @Test(arguments: [
    ("2000-01-15T00:00:00", "2000-02-15T00:00:00", XSDOrdering.less),
    ("2000-01-15T12:00:00", "2000-01-16T12:00:00Z", .less),
    ("2000-01-01T12:00:00", "1999-12-31T23:00:00Z", .incomparable),
    ("2000-01-16T12:00:00", "2000-01-16T12:00:00Z", .incomparable),
    ("2000-01-16T12:00:00+01:00", "2000-01-16T11:00:00Z", .equal),
    ("2000-01-16T24:00:00Z", "2000-01-17T00:00:00Z", .equal),
    ("2000-01-16T12:00:00.5Z", "2000-01-16T12:00:00.25Z", .greater),
  ])
  func ordersInstants(_ a: String, _ b: String, _ expected: XSDOrdering) throws {
    let x = try #require(XSDValue(a, as: .dateTime))
    let y = try #require(XSDValue(b, as: .dateTime))
    #expect(x.compare(to: y) == expected)
    let packed = try #require(PackedValue(x))
    #expect(packed.compare(to: try #require(PackedValue(y))) == expected)
  }

  @Test func sortsTimesWithoutZoneAsInUTC() throws {
    let local = try #require(XSDValue("2000-01-01T12:00:00", as: .dateTime))
    let zoned = try #require(XSDValue("2000-01-01T12:00:01Z", as: .dateTime))
    #expect(local.sorts(before: zoned))
    #expect(!zoned.sorts(before: local))
  }

  @Test(arguments: [
    (XSDDatatype.gYear, "2020", "2020-01-01T00:00:00", "2021-01-01T00:00:00"),
    (.gYearMonth, "2019-12Z", "2019-12-01T00:00:00Z", "2020-01-01T00:00:00Z"),
    (.date, "2020-02-29", "2020-02-29T00:00:00", "2020-03-01T00:00:00"),
    (.dateTime, "2020-02-29T10:00:00", "2020-02-29T10:00:00", "2020-02-29T10:00:00"),
  ])
  func givesTheFirstInstantAndTheOneAfterTheLast(
    _ datatype: XSDDatatype, _ form: String, _ start: String, _ end: String
  ) throws {
    let interval = try #require(XSDValue(form, as: datatype)?.interval)
    #expect(XSDValue.dateTime(interval.start).canonicalForm == start)
    #expect(XSDValue.dateTime(interval.end).canonicalForm == end)
  }
}
