/// Terms that the four formats write alike.
extension TextScanner {
  // MARK: IRIs

  /// The text between `<` (at the place) and `>`, escapes undone.
  mutating func scanIRI() throws(SyntaxStop) -> BlockBuilder.Bytes {
    let start = position + 1
    var index = start + WideBytes.plainIRIPrefix(text + start)
    while !`is`(text[index], .iriStop) { index += 1 }
    if text[index] == UInt8(ascii: ">") {
      position = index + 1
      return BlockBuilder.Bytes(isCopied: false, offset: start, length: index - start)
    }
    return try scanUnusualIRI(from: start, at: index)
  }

  private mutating func scanUnusualIRI(from start: Int, at first: Int) throws(SyntaxStop)
    -> BlockBuilder.Bytes
  {
    let copyStart = block.copied.count
    var isCopied = false
    var copiedUpTo = start
    var index = first
    while text[index] != UInt8(ascii: ">") {
      if !`is`(text[index], .iriStop) {
        index += 1
      } else if text[index] >= 0x80 {
        index += try scalar(at: index).length
      } else if text[index] == UInt8(ascii: "\\") {
        copy(from: copiedUpTo, to: index)
        isCopied = true
        let escape = index
        let value = try numericEscape(&index)
        if value < 0x80, `is`(UInt8(value), .iriStop) {
          throw stop(.badIRIEscape, at: escape, to: index)
        }
        copy(scalar: value)
        copiedUpTo = index
      } else {
        throw stop(.badIRICharacter, at: index)
      }
    }
    position = index + 1
    guard isCopied else {
      return BlockBuilder.Bytes(isCopied: false, offset: start, length: index - start)
    }
    copy(from: copiedUpTo, to: index)
    return BlockBuilder.Bytes(
      isCopied: true, offset: copyStart, length: block.copied.count - copyStart)
  }

  /// Whether the bytes begin with a scheme and a colon.
  @inline(__always)
  func hasScheme(_ bytes: BlockBuilder.Bytes) -> Bool {
    let start = bytes.isCopied ? UnsafePointer(block.copied.start) : text
    return hasScheme(UnsafeBufferPointer(start: start + bytes.offset, count: bytes.length))
  }

  @inline(__always)
  private func hasScheme(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // Most begin with `http:` or `https:`.
    if bytes.count > 6, bytes[0] == UInt8(ascii: "h"), bytes[1] == UInt8(ascii: "t"),
      bytes[2] == UInt8(ascii: "t"), bytes[3] == UInt8(ascii: "p"),
      bytes[4] == UInt8(ascii: ":")
        || bytes[4] == UInt8(ascii: "s") && bytes[5] == UInt8(ascii: ":")
    {
      return true
    }
    return IRIParts.schemeLength(bytes) != nil
  }

  // MARK: Escapes

  /// Reads `\uXXXX` or `\UXXXXXXXX` at the index.
  func numericEscape(_ index: inout Int) throws(SyntaxStop) -> UInt32 {
    let start = index
    let count =
      switch text[index + 1] {
      case UInt8(ascii: "u"): 4
      case UInt8(ascii: "U"): 8
      default: throw stop(.badEscape, at: index + 1)
      }
    var value: UInt32 = 0
    index += 2
    for _ in 0..<count {
      guard `is`(text[index], .hexDigit) else { throw stop(.badEscape, at: index) }
      let digit = text[index] < 0x40 ? text[index] & 15 : (text[index] & 15) + 9
      value = value << 4 | UInt32(digit)
      index += 1
    }
    if (0xD800...0xDFFF).contains(value) { throw stop(.surrogate, at: start, to: index) }
    if value > 0x10FFFF { throw stop(.badEscape, at: start, to: index) }
    return value
  }

  /// Undoes the escape at the index, into `copied`.
  private mutating func copyStringEscape(_ index: inout Int) throws(SyntaxStop) {
    let plain: Unicode.Scalar
    switch text[index + 1] {
    case UInt8(ascii: "t"): plain = "\t"
    case UInt8(ascii: "b"): plain = "\u{8}"
    case UInt8(ascii: "n"): plain = "\n"
    case UInt8(ascii: "r"): plain = "\r"
    case UInt8(ascii: "f"): plain = "\u{C}"
    case UInt8(ascii: "\""): plain = "\""
    case UInt8(ascii: "'"): plain = "'"
    case UInt8(ascii: "\\"): plain = "\\"
    default:
      copy(scalar: try numericEscape(&index))
      return
    }
    block.copied.append(UInt8(ascii: plain))
    index += 2
  }

  // MARK: Strings

  /// The string whose first quote is at the place, escapes undone. With `long`, three quotes make a long string.
  mutating func scanString(long: Bool) throws(SyntaxStop) -> BlockBuilder.Bytes {
    let quote = byte
    let start = position + 1
    var index = start
    while !`is`(text[index], .stringStop) { index += 1 }
    if text[index] == quote, index > start || !long {
      position = index + 1
      return BlockBuilder.Bytes(isCopied: false, offset: start, length: index - start)
    }
    if long, index == start, text[index] == quote {
      guard text[index + 1] == quote else {
        if index + 1 >= end { throw stop(.unexpectedEnd, at: index + 1) }
        position = index + 1
        return BlockBuilder.Bytes(isCopied: false, offset: start, length: 0)
      }
      return try scanString(from: start + 2, at: start + 2, quote, isLong: true)
    }
    return try scanString(from: start, at: index, quote, isLong: false)
  }

  private mutating func scanString(
    from start: Int, at first: Int, _ quote: UInt8, isLong: Bool
  ) throws(SyntaxStop) -> BlockBuilder.Bytes {
    let copyStart = block.copied.count
    var isCopied = false
    var copiedUpTo = start
    var index = first
    while true {
      let byte = text[index]
      if byte == quote {
        if !isLong || (text[index + 1] == quote && text[index + 2] == quote) { break }
        index += 1
      } else if byte >= 0x80 {
        index += try scalar(at: index).length
      } else if byte == UInt8(ascii: "\\") {
        copy(from: copiedUpTo, to: index)
        isCopied = true
        try copyStringEscape(&index)
        copiedUpTo = index
      } else if byte == 0, index >= end {
        throw stop(.unexpectedEnd, at: index)
      } else if !isLong, byte == 0x0A || byte == 0x0D {
        throw stop(.lineBreakInString, at: start - 1, to: index)
      } else {
        index += 1
      }
    }
    position = index + (isLong ? 3 : 1)
    guard isCopied else {
      return BlockBuilder.Bytes(isCopied: false, offset: start, length: index - start)
    }
    copy(from: copiedUpTo, to: index)
    return BlockBuilder.Bytes(
      isCopied: true, offset: copyStart, length: block.copied.count - copyStart)
  }

  /// The literal of a string followed by `@` at the place.
  mutating func addTagged(_ string: BlockBuilder.Bytes) throws(SyntaxStop) -> UInt32 {
    let start = position + 1
    position = try endOfLanguage(from: start)
    let end = position
    var kind = TermToken.Kind.taggedLiteral
    if byte == UInt8(ascii: "-"), byte(1) == UInt8(ascii: "-") {
      var index = position + 2
      while `is`(text[index], .nameInside) { index += 1 }
      if matches("--ltr", at: position), index == position + 5 {
        kind = .taggedLiteralLeftToRight
      } else if matches("--rtl", at: position), index == position + 5 {
        kind = .taggedLiteralRightToLeft
      } else {
        throw index >= self.end
          ? stop(.badDirection, at: index) : stop(.badDirection, at: position, to: index)
      }
      position = index
    }
    if position >= self.end { throw stop(.unexpectedEnd) }
    var tagOffset = start
    if string.isCopied {
      tagOffset = block.copied.count
      copy(from: start, to: end)
    }
    return block.add(
      TermToken(
        kind, isCopied: string.isCopied, offset: UInt32(string.offset),
        length: UInt32(string.length), first: UInt32(tagOffset), second: UInt32(end - start)))
  }

  /// `[a-zA-Z]+('-'[a-zA-Z0-9]+)*`, at most 8 characters a part.
  private func endOfLanguage(from start: Int) throws(SyntaxStop) -> Int {
    var index = start
    while `is`(text[index], .letter) { index += 1 }
    guard index > start, index - start <= 8 else { throw stop(.badLanguageTag, at: index) }
    while text[index] == UInt8(ascii: "-"), text[index + 1] != UInt8(ascii: "-") {
      let part = index + 1
      index = part
      while `is`(text[index], .letter) || `is`(text[index], .digit) { index += 1 }
      guard index > part, index - part <= 8 else { throw stop(.badLanguageTag, at: index) }
    }
    return index
  }

  /// The literal with a datatype that is a token; `xsd:string` is dropped.
  mutating func addTyped(
    _ string: BlockBuilder.Bytes, _ datatype: BlockBuilder.Bytes, at start: Int
  ) throws(SyntaxStop) -> UInt32 {
    if equals(datatype, "http://www.w3.org/2001/XMLSchema#string") {
      return block.add(.string, string)
    }
    if equals(datatype, "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
      || equals(datatype, "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString")
    {
      throw stop(.reservedDatatype, at: start, to: position)
    }
    let token = block.add(.iri, datatype)
    return block.add(.typedLiteral, string, datatype: token)
  }

  // MARK: Blank nodes

  /// The node whose `_` is at the place.
  mutating func addBlankNode() throws(SyntaxStop) -> UInt32 {
    guard byte(1) == UInt8(ascii: ":") else { throw stop(.badBlankNodeLabel, at: position + 1) }
    let start = position + 2
    let first = try scalar(at: start)
    guard NameCharacters.isStart(first.value) || `is`(text[start], .digit) else {
      throw stop(.badBlankNodeLabel, at: start)
    }
    let end = try endOfName(from: start + first.length)
    if end >= self.end { throw stop(.badBlankNodeLabel, at: end) }
    position = end
    return block.add(
      .blankNode, BlockBuilder.Bytes(isCopied: false, offset: start, length: end - start))
  }

  /// The end of `((PN_CHARS | '.')* PN_CHARS)?`: dots at the end do not belong to it.
  func endOfName(from start: Int) throws(SyntaxStop) -> Int {
    var index = start
    var end = start
    while true {
      if `is`(text[index], .nameInside) {
        index += 1
        end = index
      } else if text[index] == UInt8(ascii: ".") {
        index += 1
      } else if text[index] >= 0x80 {
        let next = try scalar(at: index)
        guard NameCharacters.isInside(next.value) else { return end }
        index += next.length
        end = index
      } else {
        // Dots at the end of the bytes at hand may be followed by more of the name.
        if index >= self.end, !isLast { throw stop(.incomplete, at: index) }
        return end
      }
    }
  }
}
