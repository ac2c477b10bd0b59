import Diagnostics
import RDF

/// Undoes escapes. Source: SPARQL 1.2 Query, section 19.2.
enum Escapes {
  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte & 15
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
      (byte & 15) + 9
    default: nil
    }
  }

  /// The content of a string.
  static func string(_ bytes: [UInt8], _ range: Range<Int>) throws(Diagnostic) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      if let plain = plain(bytes[index + 1]) {
        result.append(plain)
        index += 2
      } else {
        result += Array(String(try numeric(bytes, &index, range.upperBound)).utf8)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The content of an IRI in angle brackets, which must not get characters that cannot stand there.
  static func iri(_ bytes: [UInt8], _ range: Range<Int>) throws(Diagnostic) -> String {
    var result: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let start = index
      let scalar = try numeric(bytes, &index, range.upperBound)
      if scalar.value <= 0x20 || "<>\"{}|^`\\".unicodeScalars.contains(scalar) {
        throw Diagnostic(
          id: "bad-iri-escape", "this escape gives a character that cannot stand in an IRI",
          at: SourceRange(start, index))
      }
      result += Array(String(scalar).utf8)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The local name of a prefixed name: backslashes go, what they escape stays.
  static func localName(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.filter { $0 != UInt8(ascii: "\\") }
  }

  private static func plain(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): byte
    default: nil
    }
  }

  /// Reads `\uXXXX` or `\UXXXXXXXX` at the index.
  private static func numeric(_ bytes: [UInt8], _ index: inout Int, _ end: Int)
    throws(Diagnostic) -> Unicode.Scalar
  {
    let start = index
    let count =
      switch bytes[start + 1] {
      case UInt8(ascii: "u"): 4
      case UInt8(ascii: "U"): 8
      default: 0
      }
    let first = start + 2
    let digits = bytes[first..<max(first, min(first + count, end))].prefix { hexValue($0) != nil }
    guard count > 0, digits.count == count else {
      throw Diagnostic(
        id: "bad-escape",
        "expected an escape: \\t \\b \\n \\r \\f \\\" \\' \\\\ \\uXXXX \\UXXXXXXXX",
        at: SourceRange(start, max(start + 1, min(first + digits.count, end))))
    }
    index = first + count
    let value = digits.reduce(UInt32(0)) { $0 << 4 | UInt32(hexValue($1) ?? 0) }
    guard let scalar = Unicode.Scalar(value) else {
      let isSurrogate = (0xD800...0xDFFF).contains(value)
      throw Diagnostic(
        id: isSurrogate ? "surrogate" : "bad-escape",
        isSurrogate
          ? "this escape is a surrogate, not a character" : "there is no character of this number",
        at: SourceRange(start, index))
    }
    return scalar
  }
}
