import Algebra
import RDF

extension Function {
  /// Whether it gives a part of a date or time that is a whole number.
  var isCalendarPart: Bool {
    switch self {
    case .year, .month, .day, .hours, .minutes: true
    default: false
    }
  }
}

extension PackedValue {
  /// A part of a date, or of a date with a time, that is a whole number; nil for others, and where
  /// the local time is beyond 64 bits.
  func part(_ function: Function) -> Int? {
    guard kind == .dateTime || kind == .date else { return nil }
    let offset = Int64(offsetMinutes ?? 0) * 60_000_000
    let (local, isBeyond) = payload.addingReportingOverflow(offset)
    if isBeyond { return nil }
    let (days, rest) = local.quotientAndRemainder(dividingBy: 86_400_000_000)
    let microseconds = rest < 0 ? rest + 86_400_000_000 : rest
    func day() -> XSDDateTime.Day {
      XSDDateTime.calendarDay(daysSince1970: rest < 0 ? days - 1 : days)
    }
    switch function {
    case .year: return Int(day().year)
    case .month: return day().month
    case .day: return day().day
    case .hours: return kind == .dateTime ? Int(microseconds / 3_600_000_000) : nil
    case .minutes: return kind == .dateTime ? Int(microseconds / 60_000_000 % 60) : nil
    default: return nil
    }
  }
}
