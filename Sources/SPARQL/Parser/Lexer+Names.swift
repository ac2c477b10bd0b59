import Diagnostics
import RDF

/// Variables, words, prefixed names and labels.
extension Lexer {
  mutating func variable() throws(Diagnostic) {
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
  mutating func word() throws(Diagnostic) {
    let (first, length) = scalar(position)
    guard NameCharacters.isStart(first) else {
      throw problem("bad-character", "this character cannot stand here", at: position)
    }
    var end = position + length
    while isLetter(byte(end)) || isDigit(byte(end)) || byte(end) == UInt8(ascii: "_") { end += 1 }
    let nameEnd = endOfName(from: end)
    if byte(nameEnd) == UInt8(ascii: ":") { return try prefixedName(colon: nameEnd) }
    if byte(end) >= 0x80 { end = nameEnd }
    let kind = kind(ofWord: position..<end)
    if kind == .word, let middle = firstKeywordEnd(in: position..<end) {
      return take(self.kind(ofWord: position..<middle), to: middle)
    }
    take(kind, to: end)
  }

  /// Where the first keyword ends in a word that is keywords without space between them, and
  /// numbers behind them, such as `FILTERsameTerm` or `LIMIT10`; nil for any other word.
  private func firstKeywordEnd(in range: Range<Int>) -> Int? {
    guard range.count <= 64 else { return nil }
    return range.dropFirst(2).reversed().first { end in
      guard kind(ofWord: range.lowerBound..<end) != .word else { return false }
      let rest = (end..<range.upperBound).drop { isDigit(byte($0)) }
      return rest.isEmpty || kind(ofWord: rest) != .word || firstKeywordEnd(in: rest) != nil
    }
  }

  private func kind(ofWord range: Range<Int>) -> Token.Kind {
    if range.count == 1, byte(range.lowerBound) == UInt8(ascii: "a") { return .keyword(.a) }
    guard let key = WordKey(bytes[range]) else { return .word }
    return WordKey.kinds[key] ?? .word
  }

  mutating func prefixedName(colon: Int) throws(Diagnostic) {
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

  mutating func blankNode() throws(Diagnostic) {
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
