import RDF

/// How a term lies in the arena: a header word (kind and byte count), for some kinds a word
/// that names the datatype or language tag, for some the decoded value, then the bytes.
enum RecordKind: UInt32 {
  case iri
  case blankNode
  /// A literal of xsd:string.
  case string
  case languageString
  case leftToRight
  case rightToLeft
  /// A literal of any other datatype, without a value kept beside it.
  case typed
  /// Typed, and the value is kept: two words of payload and one of tag before the text.
  case valued
  case triple
  /// A language tag; compared without case, never the term of a triple.
  case languageTag

  /// Kinds of one class differ only in whether a value is kept.
  var comparisonClass: UInt32 {
    switch self {
    case .valued: RecordKind.typed.rawValue
    case .iri, .blankNode, .string, .languageString, .leftToRight, .rightToLeft, .typed, .triple,
      .languageTag:
      rawValue
    }
  }

  /// Words between the header and the bytes.
  var wordCount: Int {
    switch self {
    case .iri, .blankNode, .string, .triple, .languageTag: 0
    case .languageString, .leftToRight, .rightToLeft, .typed: 1
    case .valued: 4
    }
  }
}

/// A record read in place.
///
/// Raw pointers into the arena, which never moves and outlives every use (the dictionary is
/// kept alive by whoever reads).
struct TermRecord {
  let words: UnsafeMutablePointer<UInt32>

  static let maximumByteCount = 1 << 28 - 1

  @inline(__always)
  var kind: RecordKind {
    guard let kind = RecordKind(rawValue: words[0] & 15) else {
      preconditionFailure("a record of no kind")
    }
    return kind
  }

  @inline(__always)
  var byteCount: Int { Int(words[0] >> 4) }

  /// The datatype or language tag.
  @inline(__always)
  var tag: UInt32 { kind.wordCount > 0 ? words[1] : 0 }

  /// Of a record of kind `valued`.
  @inline(__always)
  var value: PackedValue {
    PackedValue(
      payload: Int64(bitPattern: UInt64(words[2]) | UInt64(words[3]) << 32),
      tag: UInt16(truncatingIfNeeded: words[4]))
  }

  @inline(__always)
  var bytes: UnsafeRawPointer { UnsafeRawPointer(words + 1 + kind.wordCount) }

  var buffer: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes.assumingMemoryBound(to: UInt8.self), count: byteCount)
  }

  var string: String { String(decoding: buffer, as: UTF8.self) }

  /// Whole code points of the text, up to so many bytes.
  func string(upTo limit: Int) -> String {
    guard limit < byteCount else { return string }
    var end = limit
    while end > 0, buffer[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: buffer[..<end], as: UTF8.self)
  }
}
