/// A point of local time on the proleptic Gregorian calendar (year 0 exists), with or without a time zone.
///
/// Also carries `date`, `time` and the `g…` types, whose missing parts are those of 1972-12-31T00:00:00.
/// Resolution 10^-18 s. Source: XML Schema 1.1 part 2, section D.2.
public struct XSDDateTime: Hashable, Sendable {
  /// Since 1970-01-01T00:00:00 local time.
  public let attoseconds: Int128
  /// Local time minus UTC; nil without a time zone.
  public let offsetMinutes: Int16?

  /// nil beyond year ±99,999,999,999 or with an offset of more than 14 hours.
  public init?(attoseconds: Int128, offsetMinutes: Int16?) {
    guard attoseconds.magnitude <= Self.limit, (offsetMinutes ?? 0).magnitude <= 840 else {
      return nil
    }
    self.attoseconds = attoseconds
    self.offsetMinutes = offsetMinutes
  }

  /// nil for a day that the calendar does not have; `attoseconds` counts from midnight.
  public init?(
    year: Int64, month: Int = 12, day: Int = 31, attoseconds: Int128 = 0,
    offsetMinutes: Int16? = nil
  ) {
    guard year.magnitude <= 99_999_999_999, (1...12).contains(month), day >= 1,
      day <= Self.dayCount(year: year, month: month)
    else { return nil }
    let days = Self.days(year: year, month: month, day: day)
    self.init(
      attoseconds: Int128(days) * Self.attosecondsPerDay + attoseconds,
      offsetMinutes: offsetMinutes)
  }

  public static let attosecondsPerSecond: Int128 = 1_000_000_000_000_000_000
  public static let attosecondsPerDay: Int128 = 86_400 * attosecondsPerSecond
  private static let limit = UInt128(attosecondsPerDay) * 36_525_000_000_000

  /// Days since 1970-01-01. Source: Howard Hinnant, `days_from_civil`.
  static func days(year: Int64, month: Int, day: Int) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  static func dayCount(year: Int64, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension XSDDateTime {
  /// A calendar day.
  public struct Day: Hashable, Sendable {
    public var year: Int64
    public var month: Int
    public var day: Int

    public init(year: Int64, month: Int, day: Int) {
      self.year = year
      self.month = month
      self.day = day
    }
  }

  /// The local day. Source: Howard Hinnant, `civil_from_days`.
  public var calendarDay: Day { Self.calendarDay(daysSince1970: daysSince1970) }

  /// The day that comes so many days after 1970-01-01, in the Gregorian calendar.
  public static func calendarDay(daysSince1970: Int64) -> Day {
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return Day(year: year, month: month, day: Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1))
  }

  private var daysSince1970: Int64 {
    let (quotient, remainder) = attoseconds.quotientAndRemainder(dividingBy: Self.attosecondsPerDay)
    return Int64(remainder < 0 ? quotient - 1 : quotient)
  }

  /// Since local midnight.
  public var attosecondsOfDay: Int128 {
    let remainder = attoseconds % Self.attosecondsPerDay
    return remainder < 0 ? remainder + Self.attosecondsPerDay : remainder
  }

  private var secondsOfDay: Int { Int(attosecondsOfDay / Self.attosecondsPerSecond) }

  public var hours: Int { secondsOfDay / 3600 }
  public var minutes: Int { secondsOfDay / 60 % 60 }
  /// With their fraction.
  public var seconds: XSDDecimal {
    XSDDecimal(mantissa: attosecondsOfDay % (60 * Self.attosecondsPerSecond), scale: 18)
  }

  /// The same instant in UTC; local time where there is no time zone.
  public var utcAttoseconds: Int128 {
    attoseconds - Int128(offsetMinutes ?? 0) * 60 * Self.attosecondsPerSecond
  }

  /// The order of instants; `unordered` when only one has a time zone and 14 hours could change the order.
  public func compare(to other: XSDDateTime) -> XSDOrdering {
    let difference = utcAttoseconds - other.utcAttoseconds
    let margin: Int128 =
      (offsetMinutes == nil) == (other.offsetMinutes == nil)
      ? 0 : 14 * 3600 * Self.attosecondsPerSecond
    if difference.magnitude <= UInt128(margin), margin > 0 { return .incomparable }
    return difference == 0 ? .equal : difference < 0 ? .less : .greater
  }

  /// Months are added on the calendar, a day that the month lacks becoming its last; then the rest.
  public func adding(_ duration: XSDDuration) -> XSDDateTime? {
    var day = calendarDay
    let (months, overflow) = (day.year * 12 + Int64(day.month - 1))
      .addingReportingOverflow(duration.months)
    guard !overflow else { return nil }
    day.year = months >= 0 ? months / 12 : (months - 11) / 12
    day.month = Int(months - day.year * 12) + 1
    day.day = min(day.day, Self.dayCount(year: day.year, month: day.month))
    guard
      let start = XSDDateTime(
        year: day.year, month: day.month, day: day.day, attoseconds: attosecondsOfDay,
        offsetMinutes: offsetMinutes)
    else { return nil }
    let (sum, tooLarge) = start.attoseconds.addingReportingOverflow(duration.attoseconds)
    return tooLarge ? nil : XSDDateTime(attoseconds: sum, offsetMinutes: offsetMinutes)
  }
}

extension XSDDateTime {
  /// What SPARQL's TIMEZONE gives; nil without a time zone.
  public var timeZoneDuration: XSDDuration? {
    offsetMinutes.map { XSDDuration(attoseconds: Int128($0) * 60 * Self.attosecondsPerSecond) }
  }
}

extension XSDValue {
  /// From the first instant of a year, month, day or instant to the first one after it (the same for an instant), so
  /// that times of different precision compare; nil for other values.
  public var interval: (start: XSDDateTime, end: XSDDateTime)? {
    let months: Int64
    switch self {
    case .dateTime(let value): return (value, value)
    case .date(let value):
      let end = value.adding(XSDDuration(attoseconds: XSDDateTime.attosecondsPerDay))
      return end.map { (value, $0) }
    case .gYear: months = 12
    case .gYearMonth: months = 1
    default: return nil
    }
    guard let value = asTime else { return nil }
    let day = value.calendarDay
    let start = XSDDateTime(
      year: day.year, month: months == 12 ? 1 : day.month, day: 1,
      offsetMinutes: value.offsetMinutes)
    guard let start, let end = start.adding(XSDDuration(months: months)) else { return nil }
    return (start, end)
  }
}
