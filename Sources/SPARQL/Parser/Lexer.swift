import Diagnostics
import RDF

/// Takes the text apart into tokens, one at a time. Source: SPARQL 1.2 Query, section 19.8, terminals.
struct Lexer {
  let bytes: [UInt8]
  /// The token at the place.
  private(set) var token = Token(kind: .end, start: 0, end: 0)
  /// Where the token before it ends.
  private(set) var previousEnd = 0
  private var position = 0
  /// Whether what cannot be read is a token of its own: after a statement another language may follow.
  private var defersProblems = false
  /// What is wrong with an invalid token.
  private(set) var problem: Diagnostic?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Makes the first token the one at the place.
  mutating func start() throws(Diagnostic) {
    if let problem = Self.encodingProblem(of: bytes) { throw problem }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
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
    try advance()
  }

  /// The byte at an offset, NUL beyond the end.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// Goes on to the next token.
  mutating func advance() throws(Diagnostic) {
    previousEnd = token.end
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
  private mutating func take(
    _ kind: Token.Kind, to end: Int, middle: Int = 0, hasEscape: Bool = false
  ) {
    token = Token(
      kind: kind, start: position, end: end, middle: middle, hasEscape: hasEscape)
    position = end
  }

  private func problem(_ id: String, _ message: String, at start: Int, to end: Int? = nil)
    -> Diagnostic
  {
    let lower = min(start, bytes.count)
    let upper = min(end ?? lower + scalar(lower).length, bytes.count)
    return Diagnostic(id: id, message, at: SourceRange(lower, max(lower, upper)))
  }

  @inline(__always)
  private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// The character at an offset of the text, which is valid UTF-8.
  private func scalar(_ offset: Int) -> (value: UInt32, length: Int) {
    let first = byte(offset)
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first & (0xFF >> UInt8(length + 1)))
    for index in 1..<length { value = value << 6 | UInt32(byte(offset + index) & 0x3F) }
    return (value, length)
  }
}

// MARK: Names

extension Lexer {
  private mutating func variable() throws(Diagnostic) {
    var index = position + 1
    while true {
      let next = byte(index)
      if isLetter(next) || isDigit(next) || next == UInt8(ascii: "_") {
        index += 1
      } else if next >= 0x80 {
        let (value, length) = scalar(index)
        let isFirst = index == position + 1
        let isAllowed =
          isFirst ? NameCharacters.isStart(value) : NameCharacters.isInside(value)
        guard isAllowed else { break }
        index += length
      } else {
        break
      }
    }
    if index > position + 1 { return take(.variable, to: index) }
    guard byte(position) == UInt8(ascii: "?") else {
      throw problem("expected-name", "expected a variable's name after '$'", at: position)
    }
    take(.sign(.question), to: position + 1)
  }

  /// The end of `((PN_CHARS | '.')* PN_CHARS)?`: dots at the end do not belong to it.
  private func endOfName(from start: Int) -> Int {
    var index = start
    var end = start
    while true {
      let next = byte(index)
      if isLetter(next) || isDigit(next) || next == UInt8(ascii: "_") || next == UInt8(ascii: "-") {
        index += 1
        end = index
      } else if next == UInt8(ascii: ".") {
        index += 1
      } else if next >= 0x80, case let (value, length) = scalar(index),
        NameCharacters.isInside(value)
      {
        index += length
        end = index
      } else {
        return end
      }
    }
  }

  /// A keyword, a function's name, or a prefixed name.
  private mutating func word() throws(Diagnostic) {
    let (first, length) = scalar(position)
    guard NameCharacters.isStart(first) else {
      throw problem("bad-character", "this character cannot stand here", at: position)
    }
    var end = position + length
    while isLetter(byte(end)) || isDigit(byte(end)) || byte(end) == UInt8(ascii: "_") { end += 1 }
    let nameEnd = endOfName(from: end)
    if byte(nameEnd) == UInt8(ascii: ":") { return try prefixedName(colon: nameEnd) }
    if byte(end) >= 0x80 { end = nameEnd }
    take(kind(ofWord: position..<end), to: end)
  }

  private func kind(ofWord range: Range<Int>) -> Token.Kind {
    if range.count == 1, byte(range.lowerBound) == UInt8(ascii: "a") { return .keyword(.a) }
    guard let key = WordKey(bytes[range]) else { return .word }
    return WordKey.kinds[key] ?? .word
  }

  private mutating func prefixedName(colon: Int) throws(Diagnostic) {
    let start = colon + 1
    var index = start
    var end = start
    var hasEscape = false
    while true {
      let next = byte(index)
      if isLetter(next) || isDigit(next) || next == UInt8(ascii: "_") || next == UInt8(ascii: ":") {
        index += 1
      } else if next == UInt8(ascii: "-"), index > start {
        index += 1
      } else if next == UInt8(ascii: "."), index > start {
        index += 1
        continue
      } else if next == UInt8(ascii: "%") {
        try checkPercent(at: index)
        index += 3
      } else if next == UInt8(ascii: "\\") {
        guard "_~.-!$&'()*+,;=/?#@%".utf8.contains(byte(index + 1)) else {
          throw problem(
            "bad-local-name", "expected a punctuation mark after '\\' in a name", at: index + 1)
        }
        hasEscape = true
        index += 2
      } else if next >= 0x80 {
        let (value, length) = scalar(index)
        let isAllowed =
          index == start ? NameCharacters.isStart(value) : NameCharacters.isInside(value)
        guard isAllowed else { break }
        index += length
      } else {
        break
      }
      end = index
    }
    take(.prefixedName, to: end, middle: start, hasEscape: hasEscape)
  }

  private func checkPercent(at index: Int) throws(Diagnostic) {
    for offset in 1...2 where Escapes.hexValue(byte(index + offset)) == nil {
      throw problem(
        "bad-local-name", "expected two hexadecimal digits after '%'", at: index + offset)
    }
  }

  private mutating func blankNode() throws(Diagnostic) {
    guard byte(position + 1) == UInt8(ascii: ":") else {
      throw problem("expected-colon", "expected ':' after '_'", at: position + 1)
    }
    let start = position + 2
    let (first, length) = scalar(start)
    guard NameCharacters.isStart(first) || isDigit(byte(start)) else {
      throw problem("expected-label", "expected a label after '_:'", at: start)
    }
    take(.blankNode, to: endOfName(from: start + length), middle: start)
  }
}

// MARK: Literals

extension Lexer {
  private mutating func string(_ quote: UInt8) throws(Diagnostic) {
    let isLong = byte(position + 1) == quote && byte(position + 2) == quote
    let start = position + (isLong ? 3 : 1)
    var index = start
    var hasEscape = false
    while index < bytes.count {
      let next = bytes[index]
      if next == UInt8(ascii: "\\") {
        hasEscape = true
        index += 2
      } else if next == quote {
        if !isLong { return take(.string, to: index + 1, middle: start, hasEscape: hasEscape) }
        if byte(index + 1) == quote, byte(index + 2) == quote {
          return take(.string, to: index + 3, middle: start, hasEscape: hasEscape)
        }
        index += 1
      } else if !isLong, next == 0x0A || next == 0x0D {
        break
      } else {
        index += 1
      }
    }
    throw problem(
      "unclosed-string",
      isLong ? "the string has no end" : "the string has no end on this line",
      at: position, to: index)
  }

  /// Source: SPARQL 1.2, production LANG_DIR; RFC 5646, section 2.1.
  private mutating func languageTag() throws(Diagnostic) {
    let start = position + 1
    var index = start
    while isLetter(byte(index)) { index += 1 }
    guard index > start, index - start <= 8 else { throw badLanguageTag(at: index) }
    while byte(index) == UInt8(ascii: "-"), byte(index + 1) != UInt8(ascii: "-") {
      let part = index + 1
      index = part
      while isLetter(byte(index)) || isDigit(byte(index)) { index += 1 }
      guard index > part, index - part <= 8 else { throw badLanguageTag(at: index) }
    }
    let middle = index
    if byte(index) == UInt8(ascii: "-") {
      index += 2
      while isLetter(byte(index)) || isDigit(byte(index)) || byte(index) == UInt8(ascii: "-") {
        index += 1
      }
      let direction = bytes[middle + 2..<min(index, bytes.count)]
      guard direction.elementsEqual("ltr".utf8) || direction.elementsEqual("rtl".utf8) else {
        throw problem(
          "bad-direction", "expected the direction --ltr or --rtl", at: middle, to: index)
      }
    }
    take(.languageTag, to: index, middle: middle)
  }

  private func badLanguageTag(at index: Int) -> Diagnostic {
    problem("bad-language-tag", "expected a language tag such as @en or @en-GB", at: index)
  }

  /// Whether a number begins at the place, which holds a dot or a sign.
  private var startsNumber: Bool {
    var index = position
    if byte(index) != UInt8(ascii: ".") { index += 1 }
    if byte(index) == UInt8(ascii: ".") { index += 1 }
    return isDigit(byte(index))
  }

  private mutating func number() {
    var kind = Token.Kind.integer
    var index = position
    if byte(index) == UInt8(ascii: "+") || byte(index) == UInt8(ascii: "-") { index += 1 }
    while isDigit(byte(index)) { index += 1 }
    if byte(index) == UInt8(ascii: ".") {
      if isDigit(byte(index + 1)) {
        kind = .decimal
        index += 1
        while isDigit(byte(index)) { index += 1 }
      } else if endOfExponent(from: index + 1) != nil {
        index += 1
      }
    }
    if let end = endOfExponent(from: index) {
      kind = .double
      index = end
    }
    take(kind, to: index)
  }

  private func endOfExponent(from start: Int) -> Int? {
    guard byte(start) | 0x20 == UInt8(ascii: "e") else { return nil }
    var index = start + 1
    if byte(index) == UInt8(ascii: "+") || byte(index) == UInt8(ascii: "-") { index += 1 }
    guard isDigit(byte(index)) else { return nil }
    while isDigit(byte(index)) { index += 1 }
    return index
  }
}

// MARK: Signs

extension Lexer {
  /// An IRI where the longest match is one, else an operator or the bracket of a triple.
  private mutating func angle() {
    var index = position + 1
    while !endsIRI(byte(index)) { index += 1 }
    if byte(index) == UInt8(ascii: ">") {
      let hasEscape = bytes[position..<index].contains(UInt8(ascii: "\\"))
      return take(.iriReference, to: index + 1, middle: position + 1, hasEscape: hasEscape)
    }
    switch byte(position + 1) {
    case UInt8(ascii: "<"):
      byte(position + 2) == UInt8(ascii: "(")
        ? take(.sign(.openTripleTerm), to: position + 3)
        : take(.sign(.openReified), to: position + 2)
    case UInt8(ascii: "="): take(.sign(.lessOrEqual), to: position + 2)
    default: take(.sign(.less), to: position + 1, middle: index)
    }
  }

  /// Whether no IRI goes on with the byte; escapes do.
  @inline(__always)
  private func endsIRI(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: "`"):
      true
    default: false
    }
  }

  private mutating func sign(_ first: UInt8) throws(Diagnostic) {
    let next = byte(position + 1)
    func isPair(_ second: Unicode.Scalar) -> Bool { next == UInt8(ascii: second) }
    let sign: Sign? =
      switch first {
      case UInt8(ascii: "{"): isPair("|") ? .openAnnotation : .openBrace
      case UInt8(ascii: "}"): .closeBrace
      case UInt8(ascii: "("): .openParenthesis
      case UInt8(ascii: ")"):
        isPair(">") && byte(position + 2) == UInt8(ascii: ">")
          ? .closeTripleTerm : .closeParenthesis
      case UInt8(ascii: "["): .openBracket
      case UInt8(ascii: "]"): .closeBracket
      case UInt8(ascii: "."): .dot
      case UInt8(ascii: ";"): .semicolon
      case UInt8(ascii: ","): .comma
      case UInt8(ascii: "~"): .tilde
      case UInt8(ascii: "*"): .star
      case UInt8(ascii: "+"): .plus
      case UInt8(ascii: "-"): .hyphen
      case UInt8(ascii: "/"): .slash
      case UInt8(ascii: "|"): isPair("|") ? .or : isPair("}") ? .closeAnnotation : .bar
      case UInt8(ascii: "^"): isPair("^") ? .doubleCaret : .caret
      case UInt8(ascii: "!"): isPair("=") ? .notEqual : .exclamation
      case UInt8(ascii: "&"): isPair("&") ? .and : nil
      case UInt8(ascii: "="): .equal
      case UInt8(ascii: ">"): isPair(">") ? .closeReified : isPair("=") ? .greaterOrEqual : .greater
      default: nil
      }
    guard let sign else {
      throw problem("bad-character", "this character cannot stand here", at: position)
    }
    take(.sign(sign), to: position + sign.length)
  }
}
