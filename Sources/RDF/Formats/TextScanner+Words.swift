/// Words and names of Turtle and TriG.
extension TextScanner {
  var isAtReifiedTriple: Bool { byte == UInt8(ascii: "<") && byte(1) == UInt8(ascii: "<") }

  /// The end of the run of name characters and dots at the place.
  var endOfWord: Int {
    var index = position
    while `is`(text[index], .nameInside) || text[index] >= 0x80 || text[index] == 0x2E {
      index += 1
    }
    return index
  }

  /// Takes a word exactly as given, if no name goes on after it.
  mutating func takeWord(_ word: StaticString) -> Bool {
    let end = position + word.utf8CodeUnitCount
    guard matches(word, at: position), !`is`(text[end], .nameInside) else { return false }
    position = end
    return true
  }

  /// Takes a word of any case (given in lower case), if it is not the beginning of a prefixed name.
  mutating func takeKeyword(_ word: StaticString) throws(SyntaxStop) -> Bool {
    let count = word.utf8CodeUnitCount
    for index in 0..<count {
      let here = text[position + index]
      guard here | 0x20 == word.utf8Start[index], `is`(here, .letter) else {
        if position + index >= end { throw stop(.expectedStatement, at: position + index) }
        return false
      }
    }
    let next = text[position + count]
    if position + count >= end { throw stop(.expectedStatement, at: position + count) }
    if `is`(next, .nameInside) || next >= 0x80 { return false }
    if next == UInt8(ascii: ":") || next == UInt8(ascii: ".") { return false }
    position += count
    return true
  }

  /// The end of a prefix without its colon: `(PN_CHARS_BASE ((PN_CHARS | '.')* PN_CHARS)?)?`.
  func endOfPrefix(from start: Int) throws(SyntaxStop) -> Int {
    let first = text[start]
    if first == UInt8(ascii: ":") { return start }
    if first < 0x80 {
      guard `is`(first, .letter) else { return start }
      var index = start + 1
      while `is`(text[index], .nameInside) { index += 1 }
      if text[index] == UInt8(ascii: ":") { return index }
      return try endOfName(from: start + 1)
    }
    let scalar = try scalar(at: start)
    guard NameCharacters.isStart(scalar.value) else { return start }
    return try endOfName(from: start + scalar.length)
  }

  /// The bytes of a token that has some, as they are.
  func copyOfBytes(_ token: TermToken) -> [UInt8] {
    if token.kind == .anonymousNode { return [] }
    return copyOfBytes(
      BlockBuilder.Bytes(
        isCopied: token.isCopied, offset: Int(token.offset), length: Int(token.length)))
  }

  func copyOfBytes(_ bytes: BlockBuilder.Bytes) -> [UInt8] {
    let start = bytes.isCopied ? UnsafePointer(block.copied.start) : text
    return Array(UnsafeBufferPointer(start: start + bytes.offset, count: bytes.length))
  }

  /// Appends the local name at the place to `copied`, escapes undone. Source: production PN_LOCAL.
  mutating func copyLocalName() throws(SyntaxStop) {
    var index = position
    while `is`(text[index], .nameInside) { index += 1 }
    let isPlain =
      (text[index] < 0x80 && !":.%\\".utf8.contains(text[index])) && index < end
      && text[position] != UInt8(ascii: "-")
    if isPlain {
      copy(from: position, to: index)
      position = index
      return
    }
    try copyUnusualLocalName()
  }

  private mutating func copyUnusualLocalName() throws(SyntaxStop) {
    var index = position
    var copiedUpTo = position
    /// After the last character that is no dot.
    var nameEnd = position
    while true {
      let byte = text[index]
      if byte == UInt8(ascii: "-"), index == position { break }
      if `is`(byte, .nameInside) || byte == UInt8(ascii: ":") {
        index += 1
      } else if byte == UInt8(ascii: ".") {
        if index == position { break }
        index += 1
        continue
      } else if byte == UInt8(ascii: "%") {
        guard `is`(text[index + 1], .hexDigit), `is`(text[index + 2], .hexDigit) else {
          let problem = `is`(text[index + 1], .hexDigit) ? index + 2 : index + 1
          throw stop(.badLocalName, at: problem)
        }
        index += 3
      } else if byte == UInt8(ascii: "\\") {
        guard "_~.-!$&'()*+,;=/?#@%".utf8.contains(text[index + 1]) else {
          throw stop(.badLocalName, at: index + 1)
        }
        copy(from: copiedUpTo, to: index)
        copiedUpTo = index + 1
        index += 2
      } else if byte >= 0x80 {
        let next = try scalar(at: index)
        let isAllowed =
          index == position
          ? NameCharacters.isStart(next.value) : NameCharacters.isInside(next.value)
        guard isAllowed else { break }
        index += next.length
      } else {
        break
      }
      nameEnd = index
    }
    // Dots at the end of the bytes at hand may be followed by more of the name.
    if index >= end, !isLast { throw stop(.incomplete, at: index) }
    copy(from: copiedUpTo, to: nameEnd)
    position = nameEnd
  }
}
