import Algebra
import CPlatform
import RDF

/// Functions on strings. Characters are Unicode code points; comparison is by code point.
extension ExpressionEvaluator {
  func stringFunction(_ function: Function, _ values: [Value]) throws(EvaluationError) -> Value? {
    if function == .concat { return try concat(values) }
    guard let text = text(values.first) else { return nil }
    switch function {
    case .strlen: return .integer(text.text.unicodeScalars.count)
    case .substr: return substring(text, values)
    case .ucase: return text.with(text.text.uppercased())
    case .lcase: return text.with(text.text.lowercased())
    case .encodeForURI: return .string(Self.percentEncoded(text.text))
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
    var result = String.UnicodeScalarView()
    for (index, scalar) in text.text.unicodeScalars.enumerated() {
      let position = Double(index + 1)
      if position >= start, position < end { result.append(scalar) }
    }
    return text.with(String(result))
  }

  private static func percentEncoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
