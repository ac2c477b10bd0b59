/// A JSON value: what the runner's protocol needs of it.
indirect enum JSON: Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  var array: [JSON]? {
    guard case .array(let value) = self else { return nil }
    return value
  }

  /// The value on one line, members in order of name.
  var text: String {
    switch self {
    case .null: return "null"
    case .bool(let value): return "\(value)"
    case .number(let value): return Int(exactly: value).map { "\($0)" } ?? "\(value)"
    case .string(let value): return Self.quoted(value)
    case .array(let values): return "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      let sorted = members.sorted { $0.key < $1.key }
      return "{" + sorted.map { Self.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",")
        + "}"
    }
  }

  private static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

/// Reads one JSON value.
struct JSONParser {
  struct Failure: Error {
    var offset: Int
  }

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  static func parse(_ text: String) throws(Failure) -> JSON {
    var parser = JSONParser(bytes: Array(text.utf8))
    let value = try parser.value()
    parser.skipSpace()
    guard parser.index == parser.bytes.count else { throw parser.failure }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var failure: Failure { Failure(offset: index) }
  private var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func skipSpace() {
    while [0x20, 0x09, 0x0A, 0x0D].contains(byte) { index += 1 }
  }

  private mutating func take(_ expected: Unicode.Scalar) -> Bool {
    skipSpace()
    guard byte == UInt8(ascii: expected) else { return false }
    index += 1
    return true
  }

  private mutating func word(_ word: String, _ value: JSON) throws(Failure) -> JSON {
    guard bytes[index...].starts(with: word.utf8) else { throw failure }
    index += word.utf8.count
    return value
  }

  private mutating func value() throws(Failure) -> JSON {
    skipSpace()
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { throw failure }
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default:
      let start = index
      while "+-.eE0123456789".utf8.contains(byte) { index += 1 }
      guard let number = Double(String(decoding: bytes[start..<index], as: UTF8.self)) else {
        throw failure
      }
      return .number(number)
    }
  }

  private mutating func object() throws(Failure) -> JSON {
    index += 1
    var members: [String: JSON] = [:]
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else { throw failure }
      let key = try string()
      guard take(":") else { throw failure }
      members[key] = try value()
    } while take(",")
    guard take("}") else { throw failure }
    return .object(members)
  }

  private mutating func array() throws(Failure) -> JSON {
    index += 1
    var values: [JSON] = []
    if take("]") { return .array(values) }
    repeat {
      values.append(try value())
    } while take(",")
    guard take("]") else { throw failure }
    return .array(values)
  }

  private mutating func string() throws(Failure) -> String {
    index += 1
    var units: [UInt8] = []
    while byte != UInt8(ascii: "\"") {
      guard index < bytes.count else { throw failure }
      if byte == UInt8(ascii: "\\") {
        index += 1
        units += try escape()
      } else {
        units.append(byte)
        index += 1
      }
    }
    index += 1
    return String(decoding: units, as: UTF8.self)
  }

  private mutating func escape() throws(Failure) -> [UInt8] {
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D,
      UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "\""): 0x22,
      UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
    ]
    if let value = plain[byte] {
      index += 1
      return [value]
    }
    var units = [try codeUnit()]
    if (0xD800..<0xDC00).contains(units[0]), byte == UInt8(ascii: "\\") {
      index += 1
      units.append(try codeUnit())
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// `uXXXX`
  private mutating func codeUnit() throws(Failure) -> UInt16 {
    guard byte == UInt8(ascii: "u"), index + 5 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[index + 1..<index + 5], as: UTF8.self), radix: 16)
    else { throw failure }
    index += 5
    return unit
  }
}
