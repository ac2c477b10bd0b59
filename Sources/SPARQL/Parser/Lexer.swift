import Diagnostics
import RDF

/// Takes the text apart into tokens, one at a time. Source: SPARQL 1.2 Query, section 19.8, terminals.
struct Lexer {
  let bytes: [UInt8]
  /// The token at the place.
  private(set) var token = Token(kind: .end, start: 0, end: 0)
  /// Where the token before it ends.
  private(set) var previousEnd = 0
  var position = 0
  /// Whether what cannot be read is a token of its own: after a statement another language may follow.
  private var defersProblems = false
  /// What is wrong with an invalid token.
  private(set) var problem: Diagnostic?
  /// Asked at the first token, and then once in a while, whether to go on; gets about how many bytes what was read takes.
  var goesOn: ((_ byteCount: Int) -> Bool)?
  /// What the parser holds beside the tree.
  var besideByteCount = 0
  private var tokenCount = 0
  /// Where the first token begins.
  private var begin = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Makes the first token the one at the place.
  mutating func start() throws(Diagnostic) {
    if let problem = Self.encodingProblem(of: bytes) { throw problem }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    begin = position
    try advance()
  }

  /// That some bytes are not UTF-8; nil when all are.
  static func encodingProblem(of bytes: [UInt8]) -> Diagnostic? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      let place = error.byteOffsets
      return Diagnostic(
        id: "not-utf8", "these bytes are not UTF-8",
        at: SourceRange(place.lowerBound, place.upperBound))
    }
  }

  /// Makes the token at or after an offset the one at the place, and defers problems from here on. The bytes have to be UTF-8.
  mutating func start(at offset: Int) throws(Diagnostic) {
    defersProblems = true
    position = offset
    begin = offset
    try advance()
  }

  /// The byte at an offset, NUL beyond the end.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// Goes on to the next token.
  mutating func advance() throws(Diagnostic) {
    previousEnd = token.end
    if tokenCount & 0x3ff == 0 { try askWhetherToGoOn() }
    tokenCount &+= 1
    skipSpace()
    guard position < bytes.count else {
      token = Token(kind: .end, start: position, end: position)
      return
    }
    do throws(Diagnostic) {
      try readToken(bytes[position])
    } catch {
      guard defersProblems else { throw error }
      problem = error
      token = Token(kind: .invalid, start: position, end: max(position, error.range.upperBound))
    }
  }

  private func askWhetherToGoOn() throws(Diagnostic) {
    let byteCount = tokenCount * Self.byteCountOfToken + position - begin + besideByteCount
    guard let goesOn, !goesOn(byteCount) else { return }
    throw problem("reading-stopped", "reading was stopped here", at: position)
  }

  /// About what a tree takes for each token, beside its text: measured on data, VALUES and lists.
  private static let byteCountOfToken = 96

  private mutating func readToken(_ first: UInt8) throws(Diagnostic) {
    switch first {
    case UInt8(ascii: "?"), UInt8(ascii: "$"): try variable()
    case UInt8(ascii: "<"): angle()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): try string(first)
    case UInt8(ascii: "@"): try languageTag()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"):
      if startsNumber { number() } else { try sign(first) }
    case UInt8(ascii: "_"): try blankNode()
    case UInt8(ascii: ":"): try prefixedName(colon: position)
    default:
      if isLetter(first) || first >= 0x80 { try word() } else { try sign(first) }
    }
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D {
          position += 1
        }
      default: return
      }
    }
  }

  /// Makes the bytes up to the end a token and goes behind them.
  mutating func take(
    _ kind: Token.Kind, to end: Int, middle: Int = 0, hasEscape: Bool = false
  ) {
    token = Token(
      kind: kind, start: position, end: end, middle: middle, hasEscape: hasEscape)
    position = end
  }

  func problem(_ id: String, _ message: String, at start: Int, to end: Int? = nil)
    -> Diagnostic
  {
    let lower = min(start, bytes.count)
    let upper = min(end ?? lower + scalar(lower).length, bytes.count)
    return Diagnostic(id: id, message, at: SourceRange(lower, max(lower, upper)))
  }

  @inline(__always)
  func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// The character at an offset of the text, which is valid UTF-8.
  func scalar(_ offset: Int) -> (value: UInt32, length: Int) {
    let first = byte(offset)
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first & (0xFF >> UInt8(length + 1)))
    for index in 1..<length { value = value << 6 | UInt32(byte(offset + index) & 0x3F) }
    return (value, length)
  }
}
