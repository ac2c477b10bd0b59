/// A number of months and a number of seconds, of the same sign. Source: XML Schema 1.1 part 2, section D.1.
public struct XSDDuration: Hashable, Sendable {
  public let months: Int64
  public let attoseconds: Int128

  /// nil when the signs differ.
  public init?(months: Int64, attoseconds: Int128) {
    if (months < 0 && attoseconds > 0) || (months > 0 && attoseconds < 0) { return nil }
    self.months = months
    self.attoseconds = attoseconds
  }

  init(months: Int64) {
    self.months = months
    attoseconds = 0
  }

  init(attoseconds: Int128) {
    months = 0
    self.attoseconds = attoseconds
  }

  /// Reads a collapsed lexical form with the parts that the datatype allows.
  init?(lexical text: Span<UInt8>, as datatype: XSDDatatype) {
    var index = 0
    let negative = Lexical.take("-", text, &index)
    guard Lexical.take("P", text, &index) else { return nil }
    let yearMonth = datatype != .dayTimeDuration
    let dayTime = datatype != .yearMonthDuration
    let start = index
    var months: Int64 = 0
    var attoseconds: Int128 = 0
    if yearMonth {
      guard let years = Self.part("Y", text, &index), let rest = Self.part("M", text, &index)
      else { return nil }
      let (product, tooLarge) = years.multipliedReportingOverflow(by: 12)
      let (sum, overflow) = product.addingReportingOverflow(rest)
      guard !tooLarge, !overflow else { return nil }
      months = sum
    }
    if dayTime {
      guard let days = Self.part("D", text, &index) else { return nil }
      attoseconds = Int128(days) * XSDDateTime.attosecondsPerDay
    }
    if dayTime, Lexical.take("T", text, &index) {
      guard let time = Self.time(text, &index) else { return nil }
      attoseconds += time
    }
    guard index == text.count, index > start else { return nil }
    self.months = negative ? -months : months
    self.attoseconds = negative ? -attoseconds : attoseconds
  }

  /// The number before a designator; 0 when the part is absent, nil when it is too large.
  private static func part(_ designator: Unicode.Scalar, _ text: Span<UInt8>, _ index: inout Int)
    -> Int64?
  {
    let end = Lexical.endOfDigits(text, index)
    guard end > index, end < text.count, text[end] == UInt8(ascii: designator) else { return 0 }
    guard let value = Lexical.number(text, &index), value < 100_000_000_000_000 else { return nil }
    index = end + 1
    return value
  }

  /// What follows the `T`: at least one part; attoseconds.
  private static func time(_ text: Span<UInt8>, _ index: inout Int) -> Int128? {
    let start = index
    guard let hours = part("H", text, &index), let minutes = part("M", text, &index) else {
      return nil
    }
    var attoseconds =
      (Int128(hours) * 3600 + Int128(minutes) * 60)
      * XSDDateTime.attosecondsPerSecond
    if index < text.count {
      guard text[text.count - 1] == UInt8(ascii: "S"),
        let seconds = SecondsLexical.attoseconds(text, &index), index == text.count - 1
      else { return nil }
      index += 1
      attoseconds += seconds
    }
    return index > start ? attoseconds : nil
  }

  public var negated: XSDDuration? {
    guard months != .min, attoseconds != .min else { return nil }
    return XSDDuration(months: -months, attoseconds: -attoseconds)
  }

  /// The canonical form; `PT0S` for nothing.
  public var description: String { form(zero: "PT0S") }

  func form(zero: String) -> String {
    if months == 0, attoseconds == 0 { return zero }
    var text = months < 0 || attoseconds < 0 ? "-P" : "P"
    let months = months.magnitude
    if months / 12 > 0 { text += "\(months / 12)Y" }
    if months % 12 > 0 { text += "\(months % 12)M" }
    let day = XSDDateTime.attosecondsPerDay.magnitude
    let second = XSDDateTime.attosecondsPerSecond.magnitude
    let magnitude = attoseconds.magnitude
    if magnitude / day > 0 { text += "\(magnitude / day)D" }
    let rest = magnitude % day
    if rest > 0 { text += "T" }
    if rest / (3600 * second) > 0 { text += "\(rest / (3600 * second))H" }
    if rest / (60 * second) % 60 > 0 { text += "\(rest / (60 * second) % 60)M" }
    let seconds = XSDDecimal(mantissa: Int128(rest % (60 * second)), scale: 18)
    if seconds.mantissa > 0 { text += "\(seconds)S" }
    return text
  }
}

extension XSDDuration: CustomStringConvertible {}

/// The seconds of a time or a duration, with their fraction.
enum SecondsLexical {
  /// Takes digits and at most one point with digits after it; nil beyond 18 digits after the point.
  static func attoseconds(_ text: Span<UInt8>, _ index: inout Int) -> Int128? {
    guard let whole = Lexical.number(text, &index), whole < 100_000_000_000_000_000 else {
      return nil
    }
    var fraction: Int128 = 0
    if Lexical.take(".", text, &index) {
      let end = Lexical.endOfDigits(text, index)
      guard end > index else { return nil }
      var last = end
      while last > index, text[last - 1] == UInt8(ascii: "0") { last -= 1 }
      guard last - index <= 18, let digits = Lexical.magnitude(text, index..<last),
        let scaled = digits.scaled(by: 18 - (last - index))
      else { return nil }
      fraction = scaled
      index = end
    }
    return Int128(whole) * XSDDateTime.attosecondsPerSecond + fraction
  }
}
