import Diagnostics

/// Strings, language tags and numbers.
extension Lexer {
  mutating func string(_ quote: UInt8) throws(Diagnostic) {
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
  mutating func languageTag() throws(Diagnostic) {
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
  var startsNumber: Bool {
    var index = position
    if byte(index) != UInt8(ascii: ".") { index += 1 }
    if byte(index) == UInt8(ascii: ".") { index += 1 }
    return isDigit(byte(index))
  }

  mutating func number() {
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
