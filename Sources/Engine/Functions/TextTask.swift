import Algebra
import CPlatform

/// What goes once through a text.
enum TextTask {
  case length
  case upperCase
  case lowerCase
  /// The code points at positions counted from 1, without the one at the end.
  case part(from: Double, to: Double)
  /// STRSTARTS and the others that look for one text in another.
  case search(Function, String)

  func value(of text: TaggedText) -> Value {
    switch self {
    case .length: return .integer(text.text.unicodeScalars.count)
    case .upperCase: return text.with(text.text.uppercased())
    case .lowerCase: return text.with(text.text.inLowerCase())
    case .part(let start, let end):
      var whole = text.text
      return text.with(whole.withUTF8 { Self.part($0, from: start, to: end) })
    case .search(let function, let wanted): return Self.found(function, text, wanted)
    }
  }

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

  private static func found(_ function: Function, _ text: TaggedText, _ wanted: String) -> Value {
    let bytes = text.text.utf8
    switch function {
    case .strStarts: return .boolean(bytes.starts(with: wanted.utf8))
    case .strEnds: return .boolean(bytes.suffix(wanted.utf8.count).elementsEqual(wanted.utf8))
    default: break
    }
    let range = firstRange(of: wanted, in: text.text)
    if function == .contains { return .boolean(range != nil) }
    guard let range else { return .string("") }
    let part =
      function == .strBefore ? bytes.prefix(range.lowerBound) : bytes.dropFirst(range.upperBound)
    return text.with(String(Substring(part)))
  }

  /// Byte offsets of the first occurrence.
  private static func firstRange(of needle: String, in text: String) -> Range<Int>? {
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
}
