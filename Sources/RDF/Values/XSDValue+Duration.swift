/// Arithmetic with durations. Source: XPath Functions and Operators 3.1, sections 8.4 and 9.7.
extension XSDValue {
  func addingDurations(_ other: XSDValue) -> XSDValue? {
    switch (self, other) {
    case (.dayTimeDuration(let a), .dayTimeDuration(let b)):
      let (sum, overflow) = a.attoseconds.addingReportingOverflow(b.attoseconds)
      return overflow ? nil : .dayTimeDuration(XSDDuration(attoseconds: sum))
    case (.yearMonthDuration(let a), .yearMonthDuration(let b)):
      let (sum, overflow) = a.months.addingReportingOverflow(b.months)
      return overflow ? nil : .yearMonthDuration(XSDDuration(months: sum))
    default: return nil
    }
  }

  var negatedDuration: XSDValue? {
    switch self {
    case .dayTimeDuration(let value): value.negated.map(XSDValue.dayTimeDuration)
    case .yearMonthDuration(let value): value.negated.map(XSDValue.yearMonthDuration)
    case .duration(let value): value.negated.map(XSDValue.duration)
    default: nil
    }
  }

  /// A date or time moved by a duration; `kind` is the duration's value.
  func shifted(by duration: XSDDuration, like kind: XSDValue) -> XSDValue? {
    switch self {
    case .dateTime(let value): return value.adding(duration).map(XSDValue.dateTime)
    case .date(let value):
      guard let moved = value.adding(duration) else { return nil }
      // A date is its first instant: what the duration left of a day is dropped.
      return XSDDateTime(
        attoseconds: moved.attoseconds - moved.attosecondsOfDay, offsetMinutes: moved.offsetMinutes
      ).map(XSDValue.date)
    case .time(let value):
      guard case .dayTimeDuration = kind else { return nil }
      let day = XSDDateTime.attosecondsPerDay
      let sum = (value.attosecondsOfDay + duration.attoseconds % day + day) % day
      return XSDDateTime(
        attoseconds: value.attoseconds - value.attosecondsOfDay + sum,
        offsetMinutes: value.offsetMinutes
      ).map(XSDValue.time)
    default: return nil
    }
  }

  /// A duration times or divided by a number: months rounded half up, seconds to 10^-18.
  func scaled(_ number: XSDValue, _ operation: (XSDDecimal, XSDDecimal) -> XSDDecimal?)
    -> XSDValue?
  {
    guard let factor = number.exactDecimal else { return nil }
    switch self {
    case .dayTimeDuration(let value):
      let seconds = XSDDecimal(mantissa: value.attoseconds, scale: 18)
      guard let result = operation(seconds, factor),
        let attoseconds = Int128(18).multiple(of: result)
      else { return nil }
      return .dayTimeDuration(XSDDuration(attoseconds: attoseconds))
    case .yearMonthDuration(let value):
      guard let result = operation(XSDDecimal(Int128(value.months)), factor),
        let months = Int64(exactly: result.rounded.mantissa)
      else { return nil }
      return .yearMonthDuration(XSDDuration(months: months))
    default: return nil
    }
  }

  /// A finite number as a decimal, a binary fraction by its shortest digits.
  var exactDecimal: XSDDecimal? {
    switch self {
    case .float(let value): XSDDecimal(value)
    case .double(let value): XSDDecimal(value)
    default: asDecimal
    }
  }
}

extension Int128 {
  /// A decimal in units of 10^-self, rounded; nil when it does not fit.
  func multiple(of value: XSDDecimal) -> Int128? {
    let digits = Int(self)
    if value.scale <= digits { return value.mantissa.scaled(by: digits - value.scale) }
    return XSDDecimal(mantissa: value.mantissa, scale: value.scale - digits).rounded.mantissa
  }
}
