import Algebra
import CPlatform
import RDF

/// Functions on strings. Characters are Unicode code points; comparison is by code point.
extension ExpressionEvaluator {
  func stringFunction(_ function: Function, _ values: [Value]) throws(EvaluationError) -> Value? {
    if function == .concat { return try concat(values) }
    // A copy of it is made, and perhaps something as long.
    try context.admit(textOf: values.first.map(textByteCount) ?? 0)
    guard let text = text(values.first) else { return nil }
    switch function {
    case .strlen: return .integer(text.text.unicodeScalars.count)
    case .substr: return substring(text, values)
    case .ucase: return text.with(text.text.uppercased())
    case .lcase: return text.with(text.text.inLowerCase())
    case .encodeForURI: return .string(try percentEncoded(text.text))
    default: break
    }
    guard values.count == 2, let other = self.text(values[1]), text.accepts(other) else {
      return nil
    }
    switch function {
    case .strStarts: return .boolean(text.text.utf8.starts(with: other.text.utf8))
    case .strEnds:
      return .boolean(text.text.utf8.reversed().starts(with: other.text.utf8.reversed()))
    case .contains: return .boolean(Self.firstRange(of: other.text, in: text.text) != nil)
    case .strBefore:
      guard let found = Self.firstRange(of: other.text, in: text.text) else { return .string("") }
      return text.with(String(decoding: Array(text.text.utf8)[..<found.lowerBound], as: UTF8.self))
    default:
      guard let found = Self.firstRange(of: other.text, in: text.text) else { return .string("") }
      return text.with(String(decoding: Array(text.text.utf8)[found.upperBound...], as: UTF8.self))
    }
  }

  /// Byte offsets of the first occurrence.
  static func firstRange(of needle: String, in text: String) -> Range<Int>? {
    var needle = needle
    var text = text
    return text.withUTF8 { text in
      needle.withUTF8 { needle -> Range<Int>? in
        guard let start = text.baseAddress, let wanted = needle.baseAddress, needle.count > 0 else {
          return needle.isEmpty ? 0..<0 : nil
        }
        let offset = kosh_find_bytes(start, text.count, wanted, needle.count)
        return offset < 0 ? nil : offset..<offset + needle.count
      }
    }
  }

  private func concat(_ values: [Value]) throws(EvaluationError) -> Value? {
    let byteCount = values.reduce(0) { $0 + textByteCount($1) }
    try context.admit(textOf: byteCount)
    var joined = ""
    joined.reserveCapacity(byteCount)
    // Those of the first text, as long as all have them.
    var tags: TaggedText?
    for (place, value) in values.enumerated() {
      guard let text = text(value) else { return nil }
      if place == 0 { tags = text.withoutText }
      if let known = tags, !known.hasTags(of: text) { tags = nil }
      try context.tick(text.text.utf8.count / 16)
      joined += text.text
      try context.tick(text.text.utf8.count / 16)
    }
    return tags?.with(joined) ?? .string(joined)
  }

  /// SUBSTR: from a position counted from 1, rounded as XPath does.
  private func substring(_ text: TaggedText, _ values: [Value]) -> Value? {
    guard values.count >= 2, let start = xsd(values[1])?.rounded?.asDouble else { return nil }
    var end = Double.infinity
    if values.count > 2 {
      guard let length = xsd(values[2])?.rounded?.asDouble else { return nil }
      end = start + length
    }
    var whole = text.text
    return text.with(whole.withUTF8 { Self.part($0, from: start, to: end) })
  }

  /// The code points at positions counted from 1.
  private static func part(
    _ text: UnsafeBufferPointer<UInt8>, from start: Double, to end: Double
  ) -> String {
    var position = 0.0
    var first: Int?
    var last = text.count
    for (offset, byte) in text.enumerated() where byte & 0xC0 != 0x80 {
      position += 1
      guard position < end else {
        last = offset
        break
      }
      if first == nil, position >= start { first = offset }
    }
    return first.map { String(decoding: text[$0..<last], as: UTF8.self) } ?? ""
  }

  private func percentEncoded(_ text: String) throws(EvaluationError) -> String {
    let byteCount = text.utf8.reduce(0) { $0 + (Self.isUnreserved($1) ? 1 : 3) }
    try context.admit(textOf: byteCount)
    var result: [UInt8] = []
    result.reserveCapacity(byteCount)
    for byte in text.utf8 {
      try context.tick()
      if Self.isUnreserved(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), Self.digit(byte >> 4), Self.digit(byte & 15)]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: true
    default: false
    }
  }

  /// Hexadecimal.
  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
