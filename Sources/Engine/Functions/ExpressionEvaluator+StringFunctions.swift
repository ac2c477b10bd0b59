import Algebra
import RDF

/// Functions on strings. Characters are Unicode code points; comparison is by code point.
extension ExpressionEvaluator {
  func stringFunction(_ function: Function, _ values: [Value]) throws(EvaluationError) -> Value? {
    if function == .concat { return try concat(values) }
    // A copy of it is made, and perhaps something as long.
    try context.admit(textOf: values.first.map(textByteCount) ?? 0)
    guard let text = text(values.first) else { return nil }
    switch function {
    case .strlen: return try run(.length, text)
    case .substr:
      guard let part = part(values) else { return nil }
      return try run(part, text)
    case .ucase: return try run(.upperCase, text)
    case .lcase: return try run(.lowerCase, text)
    case .encodeForURI: return .string(try percentEncoded(text.text))
    default: break
    }
    guard values.count == 2, let other = self.text(values[1]), text.accepts(other) else {
      return nil
    }
    return try run(.search(function, other.text), text)
  }

  private func run(_ task: TextTask, _ text: TaggedText) throws(EvaluationError) -> Value {
    let byteCount = text.text.utf8.count
    if byteCount <= ExecutionContext.quickByteCount { return task.value(of: text) }
    return try context.aside(textOf: byteCount) { task.value(of: text) }
  }

  private func concat(_ values: [Value]) throws(EvaluationError) -> Value? {
    let byteCount = values.reduce(0) { $0 + textByteCount($1) }
    try context.admit(textOf: byteCount)
    var texts: [String] = []
    texts.reserveCapacity(values.count)
    // Those of the first text, as long as all have them.
    var tags: TaggedText?
    for (place, value) in values.enumerated() {
      guard let text = text(value) else { return nil }
      if place == 0 { tags = text.withoutText }
      if let known = tags, !known.hasTags(of: text) { tags = nil }
      try context.tick(text.text.utf8.count / 16)
      texts.append(text.text)
    }
    let joined = try context.joined(texts, byteCount: byteCount)
    return tags?.with(joined) ?? .string(joined)
  }

  /// SUBSTR: from a position counted from 1, rounded as XPath does.
  private func part(_ values: [Value]) -> TextTask? {
    guard values.count >= 2, let start = xsd(values[1])?.rounded?.asDouble else { return nil }
    if values.count == 2 { return .part(from: start, to: .infinity) }
    guard let length = xsd(values[2])?.rounded?.asDouble else { return nil }
    return .part(from: start, to: start + length)
  }

  private func percentEncoded(_ text: String) throws(EvaluationError) -> String {
    let byteCount = try context.aside(textOf: text.utf8.count) {
      text.utf8.reduce(0) { $0 + (Self.isUnreserved($1) ? 1 : 3) }
    }
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
    return try context.string(result)
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
