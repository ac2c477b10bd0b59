import Diagnostics

extension Lexer {
  /// Reads a word or, where a `:` follows, a prefixed name.
  mutating func readWord(into buffer: inout TokenBuffer, from start: Int) {
    let isASCII = skipWord()
    if position < bytes.count, bytes[position] == UInt8(ascii: ":") {
      position += 1
      if isWordStart(position) { _ = skipWord() }
      append(.prefixedName, from: start, to: &buffer)
      return
    }
    _ = admitName(from: start)
    appendWord(.word, from: start, isASCII: isASCII, to: &buffer)
  }

  /// Longer names are texts: false, with a report.
  private mutating func admitName(from start: Int) -> Bool {
    guard position - start > Self.maximumNameByteCount else { return true }
    report(
      "too-long", "a name of more than \(Self.maximumNameByteCount) bytes",
      SourceRange(start, start + 1))
    return false
  }

  private static let maximumNameByteCount = 1 << 16

  /// Moves past word characters, and inner ones before word characters; false when not all ASCII.
  private mutating func skipWord() -> Bool {
    var isASCII = true
    while position < bytes.count {
      let byte = bytes[position]
      if CharacterClass.isWordByte(byte) {
        position += 1
      } else if byte >= 0x80 {
        let (scalar, length) = scalar(at: position)
        guard let scalar, CharacterClass.isWordScalar(scalar) else { break }
        isASCII = false
        position += length
      } else if CharacterClass.isInnerByte(byte), isWordStart(position + 1) {
        position += 1
      } else {
        break
      }
    }
    return isASCII
  }

  mutating func appendWord(
    _ kind: Token.Kind, from start: Int, isASCII: Bool, to buffer: inout TokenBuffer
  ) {
    var token = Token(kind, start: start, end: position, line: line)
    if !buffer.folded.isEmpty { buffer.folded.append(0x20) }
    token.foldStart = buffer.folded.count
    if isASCII {
      buffer.folded.append(contentsOf: bytes[start..<position])
      var folded = buffer.folded.mutableSpan
      for index in token.foldStart..<folded.count {
        let byte = folded[index]
        folded[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
      }
    } else {
      NameFolding.appendKey(of: bytes.span.extracting(start..<position), to: &buffer.folded)
    }
    token.foldEnd = buffer.folded.count
    if kind == .word {
      token.shape = shape(at: start)
      if ReservedWord.mayBe(buffer.folded[token.foldStart], token.foldEnd - token.foldStart) {
        token.reserved = ReservedWord.of(buffer.folded[token.foldStart..<token.foldEnd])
      }
    }
    buffer.tokens.append(token)
  }

  private func shape(at index: Int) -> Token.Shape {
    let byte = bytes[index]
    if byte < 0x80 { return byte &- 0x61 < 26 ? .lowerCase : .capitalised }
    let isLower = scalar(at: index).0?.properties.isLowercase ?? false
    return isLower ? .lowerCase : .capitalised
  }

  /// `'Ministry of Home Affairs'`, with `''` for a quote inside, on one line.
  mutating func readQuotedName(into buffer: inout TokenBuffer) {
    let start = position
    position += 1
    var content: [UInt8] = []
    while true {
      if (position - start) & 0xffff == 0xffff, isStopped(buffer.tokens.count) { break }
      guard position < bytes.count, bytes[position] != 0x0A else {
        report(
          "unclosed-quote", "the quoted name is not closed on its line",
          SourceRange(start, start + 1))
        break
      }
      let byte = bytes[position]
      if byte == UInt8(ascii: "'") {
        position += 1
        guard position < bytes.count, bytes[position] == UInt8(ascii: "'") else { break }
      } else if !isTextual(at: position) {
        break
      }
      content.append(bytes[position])
      position += 1
    }
    let isAdmitted = admitName(from: start)
    var token = Token(.quotedName, start: start, end: position, line: line)
    if !buffer.folded.isEmpty { buffer.folded.append(0x20) }
    token.foldStart = buffer.folded.count
    if isAdmitted { NameFolding.appendKey(of: content.span, to: &buffer.folded) }
    token.foldEnd = buffer.folded.count
    if isAdmitted, token.foldEnd == token.foldStart {
      report("empty-name", "a name needs at least one character", SourceRange(start, position))
    }
    buffer.tokens.append(token)
  }

  /// False, with a report, where a control character or a byte that is not UTF-8 stands.
  mutating func isTextual(at index: Int) -> Bool {
    let byte = bytes[index]
    if byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D || byte == 0x7F {
      let code = String(byte, radix: 16, uppercase: true)
      report(
        "control-character", "control character U+\(code); write it as an escape",
        SourceRange(index, index + 1))
    } else if byte >= 0xC0 || byte & 0xC0 == 0x80 && !continues(at: index) {
      if scalar(at: index).0 == nil {
        report("invalid-utf8", "this byte is not UTF-8 text", SourceRange(index, index + 1))
      }
    }
    return true
  }

  /// Whether a byte 10xxxxxx belongs to a scalar that begins before it.
  private func continues(at index: Int) -> Bool {
    for distance in 1...3 where distance <= index {
      let byte = bytes[index - distance]
      if byte & 0xC0 == 0x80 { continue }
      guard byte >= 0xC0 else { return false }
      let (scalar, length) = scalar(at: index - distance)
      return scalar != nil && length > distance
    }
    return false
  }

  /// A text in Turtle's form with its language, direction or datatype.
  mutating func readText(into buffer: inout TokenBuffer) {
    let start = position
    let startLine = line
    let isLong = peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"")
    position += isLong ? 3 : 1
    while true {
      if (position - start) & 0xffff == 0xffff, isStopped(buffer.tokens.count) { break }
      guard position < bytes.count, isLong || bytes[position] != 0x0A else {
        let quote = isLong ? "\"\"\"" : "\""
        report(
          "unclosed-text", "the text is not closed by \(quote)",
          SourceRange(start, start + quote.utf8.count))
        break
      }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") {
        position += 1
        guard position < bytes.count, bytes[position] != 0x0A else { continue }
      } else if byte == UInt8(ascii: "\""), endsText(isLong) {
        position += isLong ? 3 : 1
        break
      } else {
        if byte == 0x0A { line += 1 }
        _ = isTextual(at: position)
      }
      position += 1
    }
    readTextSuffix()
    var token = Token(.text, start: start, end: position, line: startLine)
    token.partner = 0
    buffer.tokens.append(token)
  }

  private func endsText(_ isLong: Bool) -> Bool {
    guard isLong else { return true }
    return peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"")
      && peek(3) != UInt8(ascii: "\"")
  }

  private mutating func readTextSuffix() {
    if peek(0) == UInt8(ascii: "@") {
      position += 1
      while position < bytes.count,
        CharacterClass.isWordByte(bytes[position])
          || bytes[position] == UInt8(ascii: "-")
            && (CharacterClass.isWordByte(peek(1)) || peek(1) == UInt8(ascii: "-"))
      {
        position += 1
      }
    } else if peek(0) == UInt8(ascii: "^"), peek(1) == UInt8(ascii: "^") {
      position += 2
      if peek(0) == UInt8(ascii: "<") {
        while position < bytes.count, !isIRIEnd(bytes[position]) { position += 1 }
        if peek(0) == UInt8(ascii: ">") { position += 1 }
      } else {
        _ = skipWord()
        if peek(0) == UInt8(ascii: ":") {
          position += 1
          _ = skipWord()
        }
      }
    }
  }

  private func isIRIEnd(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ">")
  }

  /// `<https://…>`, or one of `<` and `<=`.
  mutating func readIRIOrLess(into buffer: inout TokenBuffer) {
    let start = position
    var index = position + 1
    while index < bytes.count, !isIRIEnd(bytes[index]), bytes[index] != UInt8(ascii: "<") {
      index += 1
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ">"), index > position + 1 {
      position = index + 1
      append(.iri, from: start, to: &buffer)
    } else if peek(1) == UInt8(ascii: "=") {
      position += 2
      append(.lessOrEqual, from: start, to: &buffer)
    } else {
      position += 1
      append(.less, from: start, to: &buffer)
    }
  }

  /// A number, a date, or a word that begins with a digit such as `5G`.
  mutating func readNumberOrDate(into buffer: inout TokenBuffer) {
    let start = position
    if let end = dateEnd() {
      position = end
      append(.date, from: start, to: &buffer)
      return
    }
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    skipDigits()
    if peek(0) == UInt8(ascii: "."), CharacterClass.isDigit(peek(1)) {
      position += 1
      skipDigits()
    }
    skipExponent()
    let continues =
      isWordStart(position)
      || position < bytes.count && CharacterClass.isInnerByte(bytes[position])
        && isWordStart(position + 1)
    if continues {
      readWord(into: &buffer, from: start)
    } else {
      appendWord(.number, from: start, isASCII: true, to: &buffer)
    }
  }

  private mutating func skipDigits() {
    while CharacterClass.isDigit(peek(0))
      || peek(0) == 0x5F && CharacterClass.isDigit(peek(1))
    {
      position += 1
    }
  }

  private mutating func skipExponent() {
    guard peek(0) | 0x20 == UInt8(ascii: "e") else { return }
    let hasSign = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+")
    guard CharacterClass.isDigit(peek(hasSign ? 2 : 1)) else { return }
    position += hasSign ? 2 : 1
    skipDigits()
  }

  /// The end of `2020-04`, `2020-04-12` or `2020-04-12T10:30:00Z` at the position.
  private func dateEnd() -> Int? {
    func digits(_ at: Int, _ count: Int) -> Bool {
      at + count <= bytes.count
        && (at..<(at + count)).allSatisfy { CharacterClass.isDigit(bytes[$0]) }
    }
    func has(_ at: Int, _ character: Unicode.Scalar) -> Bool {
      at < bytes.count && bytes[at] == UInt8(ascii: character)
    }
    guard digits(position, 4), has(position + 4, "-"), digits(position + 5, 2) else { return nil }
    var end = position + 7
    if has(end, "-"), digits(end + 1, 2) {
      end += 3
      if has(end, "T") {
        while end < bytes.count,
          CharacterClass.isWordByte(bytes[end]) || bytes[end] == UInt8(ascii: ":")
            || (bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: "-")
              || bytes[end] == UInt8(ascii: "+"))
              && end + 1 < bytes.count && CharacterClass.isDigit(bytes[end + 1])
        {
          end += 1
        }
        return end
      }
    }
    let goesOn =
      isWordStart(end)
      || end < bytes.count && CharacterClass.isInnerByte(bytes[end]) && isWordStart(end + 1)
    return goesOn ? nil : end
  }
}
