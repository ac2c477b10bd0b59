/// Reading of lexical forms byte by byte.
enum Lexical {
  /// The form without white space at its ends (the facet `collapse`: none of these types has any inside).
  static func collapsedRange(of text: Span<UInt8>) -> Range<Int> {
    var start = 0
    var end = text.count
    while start < end, isWhitespace(text[start]) { start += 1 }
    while end > start, isWhitespace(text[end - 1]) { end -= 1 }
    return start..<end
  }

  static func isWhitespace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Takes the byte at the index if it is the given one.
  static func take(_ byte: Unicode.Scalar, _ text: Span<UInt8>, _ index: inout Int) -> Bool {
    guard index < text.count, text[index] == UInt8(ascii: byte) else { return false }
    index += 1
    return true
  }

  /// Takes digits; nil when there are fewer than `least`, more than `most`, or too many for the type.
  static func number(
    _ text: Span<UInt8>, _ index: inout Int, least: Int = 1, most: Int = .max
  ) -> Int64? {
    let start = index
    var value: Int64 = 0
    while index < text.count, isDigit(text[index]) {
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(Int64(text[index] &- 0x30))
      if tooLarge || overflow { return nil }
      value = sum
      index += 1
    }
    return index - start >= least && index - start <= most ? value : nil
  }

  /// The value of a form of digits only, nil when it does not fit.
  static func magnitude(_ text: Span<UInt8>, _ range: Range<Int>, into start: Int128 = 0)
    -> Int128?
  {
    var value = start
    if start == 0, range.count <= 18 {
      var small: Int64 = 0
      for index in range { small = small &* 10 &+ Int64(text[index] &- 0x30) }
      return Int128(small)
    }
    for low in stride(from: range.lowerBound, to: range.upperBound, by: 18) {
      var part: Int64 = 0
      var power: Int64 = 1
      for index in low..<min(range.upperBound, low + 18) {
        part = part &* 10 &+ Int64(text[index] &- 0x30)
        power &*= 10
      }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: Int128(power))
      let (sum, overflow) = product.addingReportingOverflow(Int128(part))
      if tooLarge || overflow { return nil }
      value = sum
    }
    return value
  }

  /// The end of the run of digits that starts at the index.
  static func endOfDigits(_ text: Span<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < text.count, isDigit(text[index]) { index += 1 }
    return index
  }

  static func integer(_ text: Span<UInt8>) -> Int128? {
    var start = 0
    let negative = take("-", text, &start)
    if !negative { _ = take("+", text, &start) }
    guard start < text.count, endOfDigits(text, start) == text.count else { return nil }
    guard let magnitude = magnitude(text, start..<text.count) else { return nil }
    return negative ? -magnitude : magnitude
  }

  static func boolean(_ text: Span<UInt8>) -> Bool? {
    if text.equals("true") || text.equals("1") { return true }
    if text.equals("false") || text.equals("0") { return false }
    return nil
  }
}

extension Span<UInt8> {
  func hasPrefix(_ prefix: String) -> Bool {
    let prefix = prefix.utf8.span
    guard count >= prefix.count else { return false }
    for index in prefix.indices where self[index] != prefix[index] { return false }
    return true
  }

  func equals(_ text: String) -> Bool { count == text.utf8.count && hasPrefix(text) }

  /// The bytes as text; what is not UTF-8 is replaced.
  var decoded: String {
    withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
