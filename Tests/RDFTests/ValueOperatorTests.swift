import RDF
import Testing

@Suite struct ValueOperatorTests {
  static let one = XSDValue.integer(1)
  static let half = XSDValue.decimal(XSDDecimal(mantissa: 5, scale: 1))

  @Test func promotesToTheWiderType() {
    #expect(Self.one.adding(.integer(2)) == .integer(3))
    #expect(Self.one.adding(Self.half)?.canonicalForm == "1.5")
    #expect(Self.one.adding(.float(0.5)) == .float(1.5))
    #expect(Self.half.adding(.double(0.5)) == .double(1))
    #expect(XSDValue.float(1.5).multiplied(by: .double(2)) == .double(3))
    #expect(Self.one.adding(.boolean(true)) == nil)
    #expect(Self.one.adding(.string("a")) == nil)
  }

  @Test func overflowIsAnError() {
    let large = XSDValue.integer(.max)
    #expect(large.adding(Self.one) == nil)
    #expect(large.multiplied(by: .integer(2)) == nil)
    #expect(XSDValue.integer(.min).subtracting(Self.one) == nil)
    #expect(XSDValue.integer(.min).negated == nil)
    #expect(XSDValue.integer(.min).magnitude == nil)
    #expect(large.adding(Self.half) == nil)
    let small = XSDValue.decimal(XSDDecimal(mantissa: 1, scale: 30))
    #expect(XSDValue.integer(1_000_000_000).adding(small) == nil)
    #expect(small.compare(to: .integer(1_000_000_000)) == .less)
    #expect(XSDValue.integer(-1_000_000_000).compare(to: small) == .less)
    #expect(XSDValue.decimal(XSDDecimal(.max)).divided(by: small) == nil)
  }

  @Test func dividesIntegersToDecimals() {
    #expect(Self.one.divided(by: .integer(3))?.canonicalForm == "0.333333333333333333")
    #expect(XSDValue.integer(2).divided(by: .integer(3))?.canonicalForm == "0.666666666666666667")
    #expect(XSDValue.integer(6).divided(by: .integer(-3))?.canonicalForm == "-2")
    #expect(Self.one.divided(by: .integer(0)) == nil)
    #expect(Self.half.divided(by: .integer(0)) == nil)
    #expect(Self.one.divided(by: .double(0)) == .double(.infinity))
  }

  @Test func rounds() {
    let values: [(String, String, String, String)] = [
      ("2.5", "3", "3", "2"), ("-2.5", "-2", "-2", "-3"), ("2.4999", "2", "3", "2"),
      ("-2.51", "-3", "-2", "-3"), ("7", "7", "7", "7"), ("0.4", "0", "1", "0"),
    ]
    for (form, rounded, ceiling, floor) in values {
      let value = XSDValue(form, as: .decimal)
      #expect(value?.rounded?.canonicalForm == rounded)
      #expect(value?.ceiling?.canonicalForm == ceiling)
      #expect(value?.floor?.canonicalForm == floor)
      let double = XSDValue(form, as: .double)
      #expect(double?.rounded?.castString == rounded)
      #expect(double?.floor?.castString == floor)
    }
    #expect(XSDValue.double(-0.2).rounded?.castString == "-0")
    #expect(XSDValue.double(.nan).rounded?.castString == "NaN")
    #expect(XSDValue.double(0.49999999999999994).rounded == .double(0))
    #expect(XSDValue.string("1").rounded == nil)
  }

  @Test func comparesOnlyWhatHasAnOrder() {
    #expect(Self.one.compare(to: .double(1)) == .equal)
    #expect(Self.half.compare(to: Self.one) == .less)
    #expect(XSDValue.double(.nan).compare(to: .double(.nan)) == .unordered)
    #expect(XSDValue.boolean(false).compare(to: .boolean(true)) == .less)
    #expect(XSDValue.string("Z").compare(to: .string("a")) == .less)
    #expect(XSDValue.string("\u{E9}").compare(to: .string("e\u{301}")) == .greater)
    #expect(XSDValue.string("\u{FFFF}").compare(to: .string("\u{10000}")) == .less)
    #expect(Self.one.compare(to: .string("1")) == .incomparable)
  }

  @Test func numbersOfAllKindsHaveOneOrder() throws {
    let forms: [(String, XSDDatatype)] = [
      ("9007199254740991", .integer), ("9007199254740992", .integer),
      ("9007199254740993", .integer), ("9007199254740993.5", .decimal),
      ("9007199254740992", .double), ("9007199254740992", .float), ("9007199254740994", .double),
      ("9223372036854775808", .integer), ("9223372036854775808", .double),
      ("9223372036854776000", .integer), ("16777217", .integer), ("16777216", .float),
      ("16777216.5", .decimal), ("0.1", .decimal), ("0.1", .double), ("0.1", .float),
      ("0.10000000000000000555", .decimal), ("0.10000000000000001", .decimal), ("-0.0", .double),
      ("0", .integer), ("1e300", .double), ("-1e-300", .double), ("INF", .float),
      ("INF", .double), ("-INF", .double), ("NaN", .float), ("NaN", .double),
      ("99999999999999999999999999999999999999", .integer), ("1e38", .double),
    ]
    let numbers = try forms.map { try #require(XSDValue($0.0, as: $0.1)) }
    func order(_ a: XSDValue, _ b: XSDValue) -> Int {
      a.sorts(before: b) ? -1 : b.sorts(before: a) ? 1 : 0
    }
    for a in numbers {
      for b in numbers {
        #expect(order(a, b) == -order(b, a))
        for c in numbers where order(a, b) <= 0 && order(b, c) <= 0 {
          #expect(order(a, c) == min(order(a, b), order(b, c)), "\(a) \(b) \(c)")
        }
      }
    }
    #expect(order(numbers[1], numbers[4]) == 0)
    #expect(order(numbers[4], numbers[2]) < 0)
    #expect(order(numbers[7], numbers[8]) == 0)
    #expect(order(numbers[13], numbers[14]) == 0)
    #expect(order(numbers[25], numbers[26]) == 0)
  }

  @Test func equalityIsFalseAcrossKindsAndAnErrorForUnknownZones() throws {
    #expect(Self.one.equals(.string("1")) == false)
    #expect(Self.one.equals(.decimal(XSDDecimal(1))) == true)
    #expect(XSDValue.double(.nan).equals(.double(.nan)) == false)
    let local = try #require(XSDValue("2006-08-23", as: .date))
    let zoned = try #require(XSDValue("2006-08-23Z", as: .date))
    #expect(local.equals(local) == true)
    #expect(local.equals(zoned) == nil)
    #expect(local.equals(try #require(XSDValue("2006-08-25Z", as: .date))) == false)
    let month = try #require(XSDValue("P0M", as: .yearMonthDuration))
    #expect(month.equals(try #require(XSDValue("PT0S", as: .dayTimeDuration))) == true)
    #expect(month.equals(try #require(XSDValue("P1Y", as: .duration))) == false)
  }

  @Test(
    arguments: [
      (XSDDatatype.string, "12", XSDDatatype.integer, "12"), (.string, "x", .integer, nil),
      (.double, "1.9e0", .integer, "1"), (.double, "-1.9", .integer, "-1"),
      (.double, "NaN", .integer, nil), (.double, "0.1", .decimal, "0.1"),
      (.double, "1e300", .decimal, nil), (.double, "1e23", .integer, "99999999999999991611392"),
      (.double, "1152921504606846976", .decimal, "1152921504606846976"),
      (.float, "1e38", .integer, "99999996802856924650656260769173209088"),
      (.double, "1e20", .decimal, "100000000000000000000"), (.decimal, "0.1", .double, "1.0E-1"),
      (.decimal, "3.99", .byte, "3"), (.integer, "300", .byte, nil),
      (.integer, "0", .boolean, "false"),
      (.double, "NaN", .boolean, "false"), (.boolean, "true", .double, "1.0E0"),
      (.boolean, "true", .decimal, "1"), (.boolean, "true", .integer, "1"),
      (.dateTime, "2020-04-12T10:30:00Z", .date, "2020-04-12Z"),
      (.dateTime, "2020-04-12T10:30:00Z", .time, "10:30:00Z"),
      (.date, "2020-04-12", .dateTime, "2020-04-12T00:00:00"),
      (.date, "2020-04-12", .gYear, "2020"), (.date, "2020-04-12", .time, nil),
      (.gYear, "2020", .date, nil),
      (.duration, "P1YT1S", .dayTimeDuration, "PT1S"),
      (.duration, "P1YT1S", .yearMonthDuration, "P1Y"),
      (.integer, "1", .date, nil), (.date, "2020-04-12", .integer, nil),
      (.integer, "5", .string, "5"),
      (.double, "5", .string, "5"),
    ] as [(XSDDatatype, String, XSDDatatype, String?)])
  func casts(_ datatype: XSDDatatype, _ form: String, _ target: XSDDatatype, _ expected: String?) {
    #expect(XSDValue(form, as: datatype)?.cast(to: target)?.canonicalForm == expected)
  }
}

@Suite struct PackedValueTests {
  @Test(arguments: [
    (XSDDatatype.integer, "-5"), (.decimal, "-1.25"), (.float, "-1.5"), (.double, "1e300"),
    (.boolean, "true"), (.dateTime, "1900-01-01T00:00:00.000001-05:30"), (.date, "-0044-03-15"),
    (.time, "10:00:00+14:00"), (.gYear, "2020"), (.gYearMonth, "2020-04Z"),
    (.dayTimeDuration, "-PT0.5S"), (.yearMonthDuration, "P13M"),
  ])
  func keepsTheValue(_ datatype: XSDDatatype, _ form: String) throws {
    let value = try #require(XSDValue(form, as: datatype))
    let packed = try #require(PackedValue(value))
    #expect(packed.value == value)
    #expect(packed.compare(to: packed) == .equal)
  }

  @Test(arguments: [
    (XSDDatatype.integer, "9223372036854775808"), (.decimal, "300000000000000000.5"),
    (.decimal, "0.0000000000000000001"), (.string, "a"), (.dateTime, "2020-01-01T00:00:00.0000001"),
    (.date, "300000-01-01"), (.dateTime, "2020-01-01T00:00:00+00:01"), (.gDay, "---01"),
    (.duration, "P1D"),
  ])
  func refusesWhatDoesNotFit(_ datatype: XSDDatatype, _ form: String) throws {
    #expect(PackedValue(try #require(XSDValue(form, as: datatype))) == nil)
  }

  @Test func comparesAcrossKindsAsTheValuesDo() throws {
    let values: [XSDValue] = [
      .integer(-3), .decimal(XSDDecimal(mantissa: -25, scale: 1)), .double(-2.25), .float(-2),
      .integer(0), .decimal(XSDDecimal(mantissa: 1, scale: 2)), .double(0.5), .double(.infinity),
    ]
    for (i, a) in values.enumerated() {
      for (j, b) in values.enumerated() {
        let expected: XSDOrdering = i < j ? .less : i == j ? .equal : .greater
        #expect(a.compare(to: b) == expected)
        #expect(try #require(PackedValue(a)).compare(to: #require(PackedValue(b))) == expected)
      }
    }
    #expect(PackedValue.none.compare(to: PackedValue.none) == .incomparable)
    #expect(
      try #require(PackedValue(.boolean(true))).compare(to: #require(PackedValue(.integer(1))))
        == .incomparable)
  }
}
