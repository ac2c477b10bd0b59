/// Checks the written form of dates. Source: XML Schema 1.1 Datatypes, section 3.3.
enum DateForm {
  /// `2020-04` or `2020-04-12`, in the calendar.
  static func isDate(_ text: some Collection<UInt8>) -> Bool {
    var parts: (Int, Int, Int) = (0, 0, 0)
    for (index, byte) in text.enumerated() where index != 4 && index != 7 {
      let digit = Int(byte) - 0x30
      guard (0...9).contains(digit) else { return false }
      switch index {
      case ..<4: parts.0 = parts.0 * 10 + digit
      case ..<7: parts.1 = parts.1 * 10 + digit
      default: parts.2 = parts.2 * 10 + digit
      }
    }
    guard (1...12).contains(parts.1) else { return false }
    return text.count == 7 || parts.2 >= 1 && parts.2 <= dayCount(parts.0, parts.1)
  }

  private static func dayCount(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `2020-04-12T10:30:00`, with a fraction and a zone where wanted.
  static func isDateTime(_ text: String) -> Bool {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count == 2, halves[0].utf8.count == 10, isDate(halves[0].utf8) else {
      return false
    }
    var time = halves[1][...]
    guard let zone = takeZone(&time), zone else { return false }
    let parts = time.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let hour = twoDigits(parts[0]), let minute = twoDigits(parts[1]),
      let second = twoDigits(parts[2].prefix(2))
    else { return false }
    let fraction = parts[2].dropFirst(2)
    let isFraction =
      fraction.isEmpty
      || fraction.first == "." && fraction.count > 1
        && fraction.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    return hour < 24 && minute < 60 && second < 60 && isFraction
  }

  /// Removes the zone; false when it is malformed.
  private static func takeZone(_ time: inout Substring) -> Bool? {
    if time.hasSuffix("Z") {
      time = time.dropLast()
      return true
    }
    guard let sign = time.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return true }
    let zone = time[time.index(after: sign)...].split(
      separator: ":", omittingEmptySubsequences: false)
    time = time[..<sign]
    guard zone.count == 2, let hour = twoDigits(zone[0]), let minute = twoDigits(zone[1]) else {
      return false
    }
    return hour <= 14 && minute < 60
  }

  private static func twoDigits(_ text: Substring) -> Int? {
    guard text.utf8.count == 2, text.utf8.allSatisfy(CharacterClass.isDigit) else { return nil }
    return Int(text)
  }
}

/// Checks the written form of IRIs. Source: Turtle 1.2, production IRIREF; RFC 3986, section 3.1.
enum IRIForm {
  /// Whether the text has a scheme and no character that an IRI in angle brackets cannot have.
  static func isAbsolute(_ text: String) -> Bool {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      let first = text.utf8.first, CharacterClass.isLetter(first)
    else { return false }
    let scheme = text.utf8[..<colon].allSatisfy {
      CharacterClass.isLetter($0) || CharacterClass.isDigit($0) || $0 == UInt8(ascii: "+")
        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
    return scheme && text.unicodeScalars.allSatisfy(isAllowed)
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "<", ">", "\"", "{", "}", "|", "^", "`", "\\": false
    default: scalar.value > 0x20 && scalar.value != 0xFFFD
    }
  }
}
