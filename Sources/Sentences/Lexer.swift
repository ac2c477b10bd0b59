import Diagnostics

/// Cuts a text into tokens, one sentence at a time.
///
/// Works on bytes; anything it cannot read is one diagnostic a sentence, after which it goes on to the sentence's mark.
struct Lexer {
  static let maximumDepth = 200
  /// Of one sentence; what follows is passed over up to its mark.
  static let maximumTokenCount = 1_000_000

  let bytes: [UInt8]
  /// The next byte to read.
  var position = 0
  /// Of `position`, from 1.
  var line = 1
  /// The first thing wrong in the sentence being read.
  var problem: Diagnostic?
  /// Asked once in a while whether to go on; gets about how many bytes what was read of the sentence takes.
  var goesOn: ((_ byteCount: Int) -> Bool)?
  /// Where the sentence begins.
  private var begin = 0
  private var wasStopped = false
  /// Indices of open brackets.
  private var open: [Int] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Reads the tokens up to and with the next mark, or `end`; false when nothing but space is left.
  ///
  /// With `goingOn`, adds to the tokens there are. At the end of the text the buffer keeps the last sentence.
  mutating func readSentence(into buffer: inout TokenBuffer, goingOn: Bool = false) -> Bool {
    skipSpace()
    guard position < bytes.count else { return false }
    if !goingOn {
      buffer.removeAll()
      problem = nil
      begin = position
    }
    open.removeAll(keepingCapacity: true)
    wasStopped = false
    var countBefore = buffer.tokens.count
    while true {
      skipSpace()
      guard position < bytes.count else { break }
      readToken(into: &buffer)
      if wasStopped || buffer.tokens.count & 1023 == 0 && isStopped(buffer.tokens.count) { break }
      if buffer.tokens.count > Self.maximumTokenCount {
        let range = buffer.tokens[0].range
        report("too-long", "a sentence of more than \(Self.maximumTokenCount) words", range)
        buffer.removeAll()
        open.removeAll()
        countBefore = 0
      }
      if let last = buffer.tokens.last, last.isMark, buffer.tokens.count > countBefore {
        closeAll(buffer)
        return true
      }
    }
    closeAll(buffer)
    let place = buffer.tokens.last?.end ?? bytes.count
    buffer.tokens.append(Token(.end, start: place, end: place, line: line))
    return true
  }

  mutating func skip(to newPosition: Int) {
    guard position < newPosition else { return }
    line += bytes.lineEndCount(in: position..<min(newPosition, bytes.count))
    position = newPosition
  }

  /// Whether reading is to stop, which ends the sentence; the next one begins behind an empty line.
  mutating func isStopped(_ tokenCount: Int, factCount: Int = 0) -> Bool {
    let byteCount =
      tokenCount * Self.byteCountOfToken + factCount * Self.byteCountOfFact + position - begin
    guard let goesOn, !goesOn(byteCount) else { return false }
    wasStopped = true
    problem = nil
    report("reading-stopped", "reading was stopped here", SourceRange(position, position))
    var isEmpty = false
    while position < bytes.count, !(isEmpty && bytes[position] == 0x0A) {
      if bytes[position] == 0x0A { line += 1 }
      isEmpty = bytes[position] == 0x0A || isEmpty && bytes[position] <= 0x20
      position += 1
    }
    return true
  }

  /// About what a token takes where it is kept, with room to grow, and a fact.
  private static let byteCountOfToken = 2 * MemoryLayout<Token>.stride
  private static let byteCountOfFact = 400

  private mutating func closeAll(_ buffer: TokenBuffer) {
    guard let innermost = open.last else { return }
    let token = buffer.tokens[innermost]
    let bracket = token.kind == .openParenthesis ? ("(", ")") : ("{", "}")
    report("unclosed-bracket", "'\(bracket.0)' is not closed by '\(bracket.1)'", token.range)
  }

  mutating func report(
    _ id: String, _ message: String, _ range: SourceRange, fixIts: [Diagnostic.FixIt] = []
  ) {
    guard problem == nil else { return }
    problem = Diagnostic(id: id, message, at: range, fixIts: fixIts)
  }

  // MARK: Space

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0D: position += 1
      case 0x0A:
        line += 1
        position += 1
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      case 0xC2...0xE3:
        let (scalar, length) = scalar(at: position)
        guard let scalar, scalar.properties.isWhitespace else { return }
        position += length
      default: return
      }
    }
  }

  // MARK: Tokens

  private mutating func readToken(into buffer: inout TokenBuffer) {
    let byte = bytes[position]
    if CharacterClass.isLetter(byte) || byte == 0x5F {
      readWord(into: &buffer, from: position)
      return
    }
    if CharacterClass.isDigit(byte) {
      readNumberOrDate(into: &buffer)
      return
    }
    switch byte {
    case UInt8(ascii: "-") where peekIsDigit(1): readNumberOrDate(into: &buffer)
    case UInt8(ascii: "'"): readQuotedName(into: &buffer)
    case UInt8(ascii: "\""): readText(into: &buffer)
    case UInt8(ascii: "?") where isVariableStart(position + 1): readVariable(into: &buffer)
    case UInt8(ascii: "$") where isVariableStart(position + 1): readCell(into: &buffer)
    case UInt8(ascii: "<"): readIRIOrLess(into: &buffer)
    case UInt8(ascii: ":") where isWordStart(position + 1): readWord(into: &buffer, from: position)
    case 0x80...: readUnicode(into: &buffer)
    default: readPunctuation(into: &buffer)
    }
  }

  mutating func append(_ kind: Token.Kind, from start: Int, to buffer: inout TokenBuffer) {
    buffer.tokens.append(Token(kind, start: start, end: position, line: line))
  }

  func peek(_ distance: Int) -> UInt8 {
    let index = position + distance
    return index < bytes.count ? bytes[index] : 0
  }

  private func peekIsDigit(_ distance: Int) -> Bool { CharacterClass.isDigit(peek(distance)) }

  /// Whether a word character stands at the index.
  func isWordStart(_ index: Int) -> Bool {
    guard index < bytes.count else { return false }
    let byte = bytes[index]
    if byte < 0x80 { return CharacterClass.isWordByte(byte) }
    return scalar(at: index).0.map(CharacterClass.isWordScalar) ?? false
  }

  private func isVariableStart(_ index: Int) -> Bool {
    guard index < bytes.count else { return false }
    let byte = bytes[index]
    if byte < 0x80 { return CharacterClass.isWordByte(byte) }
    return scalar(at: index).0.map(CharacterClass.isVariableScalar) ?? false
  }

  /// The scalar at an index and its length; nil and 1 where the bytes are not UTF-8.
  func scalar(at index: Int) -> (Unicode.Scalar?, Int) {
    let lead = bytes[index]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard index + length <= bytes.count else { return (nil, 1) }
    var decoder = UTF8()
    var iterator = bytes[index..<(index + length)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator),
      UTF8.encode(scalar)?.count == length
    else { return (nil, 1) }
    return (scalar, length)
  }

  private mutating func readVariable(into buffer: inout TokenBuffer) {
    let start = position
    position += 1
    skipVariableName()
    append(.variable, from: start, to: &buffer)
  }

  private mutating func skipVariableName() {
    while position < bytes.count {
      let (scalar, length) = scalar(at: position)
      guard let scalar, CharacterClass.isVariableScalar(scalar) else { break }
      position += length
    }
  }

  private mutating func readCell(into buffer: inout TokenBuffer) {
    let start = position
    position += 1
    skipVariableName()
    if peek(0) == UInt8(ascii: ":"), isVariableStart(position + 1) {
      position += 1
      skipVariableName()
    }
    append(.cell, from: start, to: &buffer)
  }

  private mutating func readUnicode(into buffer: inout TokenBuffer) {
    let (scalar, length) = scalar(at: position)
    let range = SourceRange(position, position + length)
    guard let scalar else {
      report("invalid-utf8", "this byte is not UTF-8 text", range)
      position += 1
      return
    }
    if CharacterClass.isWordScalar(scalar) {
      readWord(into: &buffer, from: position)
      return
    }
    unexpected(scalar, range)
    position += length
  }

  private mutating func unexpected(_ scalar: Unicode.Scalar, _ range: SourceRange) {
    if scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
    {
      let code = String(scalar.value, radix: 16, uppercase: true)
      report("control-character", "control character U+\(code) in a sentence", range)
      return
    }
    let plain: String? =
      switch scalar.value {
      case 0x2018, 0x2019: "'"
      case 0x201C, 0x201D: "\""
      case 0x2013, 0x2014: "-"
      case 0x2264: "<="
      case 0x2265: ">="
      case 0x2260: "!="
      case 0xFF1F, 0x61F: "?"
      case 0x3002, 0x964: "."
      case 0x3001, 0xFF0C, 0x60C: ","
      default: nil
      }
    let fixIts = plain.map {
      [Diagnostic.FixIt("write \($0)", replace: range, with: $0)]
    }
    report(
      "unexpected-character", "'\(Character(scalar))' has no meaning here", range,
      fixIts: fixIts ?? [])
  }

  private mutating func readPunctuation(into buffer: inout TokenBuffer) {
    let start = position
    let next = peek(1)
    let (kind, length): (Token.Kind?, Int) =
      switch bytes[position] {
      case UInt8(ascii: "."): (.period, 1)
      case UInt8(ascii: "?"): (.questionMark, 1)
      case UInt8(ascii: ","): (.comma, 1)
      case UInt8(ascii: ";"): (.semicolon, 1)
      case UInt8(ascii: "|"): (.bar, 1)
      case UInt8(ascii: "+"): (.plus, 1)
      case UInt8(ascii: "*"): (.star, 1)
      case UInt8(ascii: "^"): (.caret, 1)
      case UInt8(ascii: "/"): (.slash, 1)
      case UInt8(ascii: ":"): (.colon, 1)
      case UInt8(ascii: "="): (.equal, 1)
      case UInt8(ascii: "!") where next == UInt8(ascii: "="): (.notEqual, 2)
      case UInt8(ascii: ">"): next == UInt8(ascii: "=") ? (.greaterOrEqual, 2) : (.greater, 1)
      case UInt8(ascii: "("): (.openParenthesis, 1)
      case UInt8(ascii: ")"): (.closeParenthesis, 1)
      case UInt8(ascii: "{"): (.openBrace, 1)
      case UInt8(ascii: "}"): (.closeBrace, 1)
      default: (nil, 1)
      }
    guard let kind else {
      let scalar = Unicode.Scalar(bytes[position])
      unexpected(scalar, SourceRange(position, position + 1))
      position += 1
      return
    }
    position += length
    append(kind, from: start, to: &buffer)
    if kind == .comma { refuseGroupedDigits(start) }
    matchBrackets(kind, &buffer)
  }

  /// `1,000` would be two numbers of a list: nobody means that.
  private mutating func refuseGroupedDigits(_ comma: Int) {
    var start = comma
    while start > 0, CharacterClass.isDigit(bytes[start - 1]) { start -= 1 }
    let isGroup =
      start < comma && (0..<3).allSatisfy { peekIsDigit($0) } && !peekIsDigit(3)
    guard isGroup else { return }
    var end = comma
    while end < bytes.count, bytes[end] == UInt8(ascii: ",") || CharacterClass.isDigit(bytes[end]) {
      end += 1
    }
    while bytes[end - 1] == UInt8(ascii: ",") { end -= 1 }
    let digits = String(decoding: bytes[start..<end], as: UTF8.self)
    let plain = String(digits.map { $0 == "," ? "_" : $0 })
    report(
      "grouped-digits", "a comma separates the parts of a list, not the digits of a number",
      SourceRange(start, end),
      fixIts: [
        Diagnostic.FixIt("write \(plain)", replace: SourceRange(start, end), with: plain)
      ])
  }

  private mutating func matchBrackets(_ kind: Token.Kind, _ buffer: inout TokenBuffer) {
    let index = buffer.tokens.count - 1
    let range = buffer.tokens[index].range
    switch kind {
    case .openParenthesis, .openBrace:
      open.append(index)
      if open.count > Self.maximumDepth {
        report("too-deep", "brackets are nested more than \(Self.maximumDepth) deep", range)
      }
    case .closeParenthesis, .closeBrace:
      let opening: Token.Kind = kind == .closeParenthesis ? .openParenthesis : .openBrace
      guard let partner = open.last, buffer.tokens[partner].kind == opening else {
        let text = kind == .closeParenthesis ? ")" : "}"
        report("unopened-bracket", "'\(text)' closes nothing", range)
        return
      }
      open.removeLast()
      buffer.tokens[partner].partner = index
      buffer.tokens[index].partner = partner
    default: break
    }
  }
}
