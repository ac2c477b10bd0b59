extension XSDDateTime {
  /// Reads a collapsed lexical form of one of the date and time types.
  init?(lexical text: Span<UInt8>, as datatype: XSDDatatype) {
    var reader = Reader()
    guard reader.read(text, datatype), reader.index == text.count else { return nil }
    self.init(
      year: reader.year, month: reader.month, day: reader.day, attoseconds: reader.attoseconds,
      offsetMinutes: reader.offsetMinutes)
  }

  /// The parts of a date or time as they are read, from left to right.
  private struct Reader {
    var index = 0
    var year: Int64 = 1972
    var month = 12
    var day = 31
    var attoseconds: Int128 = 0
    var offsetMinutes: Int16?

    mutating func read(_ text: Span<UInt8>, _ datatype: XSDDatatype) -> Bool {
      guard readDay(text, datatype) else { return false }
      switch datatype {
      case .dateTime, .dateTimeStamp:
        guard Lexical.take("T", text, &index), readTime(text) else { return false }
      case .time:
        guard readTime(text) else { return false }
        attoseconds %= XSDDateTime.attosecondsPerDay
      default: break
      }
      guard readZone(text) else { return false }
      return datatype != .dateTimeStamp || offsetMinutes != nil
    }

    private mutating func readDay(_ text: Span<UInt8>, _ datatype: XSDDatatype) -> Bool {
      switch datatype {
      case .dateTime, .dateTimeStamp, .date:
        readYear(text) && Lexical.take("-", text, &index) && readMonth(text)
          && Lexical.take("-", text, &index) && readDayOfMonth(text)
      case .gYear: readYear(text)
      case .gYearMonth: readYear(text) && Lexical.take("-", text, &index) && readMonth(text)
      case .gMonth: readDashes(2, text) && readMonth(text)
      case .gMonthDay:
        readDashes(2, text) && readMonth(text) && Lexical.take("-", text, &index)
          && readDayOfMonth(text)
      case .gDay: readDashes(3, text) && readDayOfMonth(text)
      default: true
      }
    }

    private mutating func readDashes(_ count: Int, _ text: Span<UInt8>) -> Bool {
      for _ in 0..<count where !Lexical.take("-", text, &index) { return false }
      return true
    }

    private mutating func readYear(_ text: Span<UInt8>) -> Bool {
      let negative = Lexical.take("-", text, &index)
      let start = index
      guard let value = Lexical.number(text, &index, least: 4) else { return false }
      if index - start > 4, text[start] == UInt8(ascii: "0") { return false }
      year = negative ? -value : value
      return true
    }

    private mutating func readMonth(_ text: Span<UInt8>) -> Bool {
      guard let value = Lexical.number(text, &index, least: 2, most: 2) else { return false }
      month = Int(value)
      guard (1...12).contains(month) else { return false }
      day = min(day, XSDDateTime.dayCount(year: year, month: month))
      return true
    }

    private mutating func readDayOfMonth(_ text: Span<UInt8>) -> Bool {
      guard let value = Lexical.number(text, &index, least: 2, most: 2) else { return false }
      day = Int(value)
      return true
    }

    private mutating func readTime(_ text: Span<UInt8>) -> Bool {
      let second = XSDDateTime.attosecondsPerSecond
      guard let hours = Lexical.number(text, &index, least: 2, most: 2), hours <= 24,
        Lexical.take(":", text, &index),
        let minutes = Lexical.number(text, &index, least: 2, most: 2), minutes <= 59,
        Lexical.take(":", text, &index)
      else { return false }
      let start = index
      guard let seconds = SecondsLexical.attoseconds(text, &index), seconds < 60 * second,
        Lexical.endOfDigits(text, start) - start == 2
      else { return false }
      attoseconds = Int128(hours * 3600 + minutes * 60) * second + seconds
      return attoseconds <= XSDDateTime.attosecondsPerDay
    }

    private mutating func readZone(_ text: Span<UInt8>) -> Bool {
      guard index < text.count else { return true }
      if Lexical.take("Z", text, &index) {
        offsetMinutes = 0
        return true
      }
      let negative = Lexical.take("-", text, &index)
      guard negative || Lexical.take("+", text, &index),
        let hours = Lexical.number(text, &index, least: 2, most: 2),
        Lexical.take(":", text, &index),
        let minutes = Lexical.number(text, &index, least: 2, most: 2),
        minutes <= 59, hours * 60 + minutes <= 840
      else { return false }
      let offset = Int16(hours * 60 + minutes)
      offsetMinutes = negative ? -offset : offset
      return true
    }
  }

  /// The canonical form of the value in a date or time type; its own time zone is kept.
  func form(as datatype: XSDDatatype) -> String {
    let date = calendarDay
    let year = Self.padded(date.year, 4)
    let month = Self.padded(Int64(date.month), 2)
    let day = Self.padded(Int64(date.day), 2)
    let text =
      switch datatype {
      case .date: "\(year)-\(month)-\(day)"
      case .time: timeForm
      case .gYear: year
      case .gYearMonth: "\(year)-\(month)"
      case .gMonth: "--\(month)"
      case .gMonthDay: "--\(month)-\(day)"
      case .gDay: "---\(day)"
      default: "\(year)-\(month)-\(day)T\(timeForm)"
      }
    return text + zoneForm
  }

  private var timeForm: String {
    let seconds = seconds
    let padding = seconds.truncated < 10 ? "0" : ""
    return "\(Self.padded(Int64(hours), 2)):\(Self.padded(Int64(minutes), 2)):\(padding)\(seconds)"
  }

  /// `Z`, `+05:30` or nothing: what SPARQL's TZ gives.
  public var zoneForm: String {
    guard let offsetMinutes else { return "" }
    if offsetMinutes == 0 { return "Z" }
    let magnitude = Int64(offsetMinutes.magnitude)
    let sign = offsetMinutes < 0 ? "-" : "+"
    return "\(sign)\(Self.padded(magnitude / 60, 2)):\(Self.padded(magnitude % 60, 2))"
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
    return (value < 0 ? "-" : "") + zeros + digits
  }
}
