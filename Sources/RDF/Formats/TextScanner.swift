/// The bytes at hand and the place in them, with what all four formats read alike.
///
/// Holds a raw pointer, because a `Span` cannot be stored and the grammars share this state between many functions. Every
/// read is at or before `end`, where there is always a NUL, which belongs to no token.
struct TextScanner: ~Copyable {
  var text: UnsafePointer<UInt8>
  var position = 0
  var end: Int
  /// Whether the document ends at `end`.
  var isLast: Bool
  var block = BlockBuilder()
  private let classes = ByteClass.table

  init() {
    text = classes
    end = 0
    isLast = false
  }

  /// The byte at the place, NUL at the end.
  var byte: UInt8 { text[position] }

  func byte(_ distance: Int) -> UInt8 { text[position + distance] }

  @inline(__always)
  func `is`(_ byte: UInt8, _ byteClass: ByteClass) -> Bool {
    classes[Int(byte)] & byteClass.rawValue != 0
  }

  /// The problem at a place; at the end, that there is no more.
  func stop(_ problem: SyntaxProblem, at start: Int, to end: Int? = nil) -> SyntaxStop {
    if start >= self.end {
      return SyntaxStop(problem: isLast ? .unexpectedEnd : .incomplete, start: start, end: start)
    }
    return SyntaxStop(problem: problem, start: start, end: end ?? start + 1)
  }

  func stop(_ problem: SyntaxProblem) -> SyntaxStop { stop(problem, at: position) }

  /// Takes an ASCII byte or stops with the problem.
  @inline(__always)
  mutating func expect(_ expected: Unicode.Scalar, _ problem: SyntaxProblem) throws(SyntaxStop) {
    guard byte == UInt8(ascii: expected) else { throw stop(problem) }
    position += 1
  }

  mutating func skipBlanks() {
    while byte == 0x20 || byte == 0x09 { position += 1 }
  }

  /// Skips white space and comments. Stops before a comment that may go on in bytes to come.
  mutating func skipSpace() throws(SyntaxStop) {
    while true {
      while `is`(byte, .space) { position += 1 }
      guard byte == UInt8(ascii: "#") else { return }
      let start = position
      try skipComment()
      if position == end, !isLast {
        position = start
        throw SyntaxStop(problem: .incomplete, start: start, end: start)
      }
    }
  }

  /// From `#` to before the line end.
  mutating func skipComment() throws(SyntaxStop) {
    while position < end, byte != 0x0A, byte != 0x0D {
      if byte < 0x80 { position += 1 } else { position += try scalar(at: position).length }
    }
  }

  /// The character at an offset. Source: Unicode 16, table 3-7.
  func scalar(at offset: Int) throws(SyntaxStop) -> (value: UInt32, length: Int) {
    let first = text[offset]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4 else { throw stop(.notUTF8, at: offset) }
    if offset + length > end, !isLast {
      throw SyntaxStop(problem: .incomplete, start: offset, end: offset)
    }
    var value = UInt32(first & (0xFF >> UInt8(length + 1)))
    for index in 1..<length {
      let next = text[offset + index]
      guard next & 0xC0 == 0x80 else { throw stop(.notUTF8, at: offset) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    let least: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
    guard value >= least, value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else {
      throw stop(.notUTF8, at: offset, to: offset + length)
    }
    return (value, length)
  }

  /// Whether the bytes at an offset are these.
  func matches(_ expected: StaticString, at offset: Int) -> Bool {
    guard offset + expected.utf8CodeUnitCount <= end else { return false }
    for index in 0..<expected.utf8CodeUnitCount
    where text[offset + index] != expected.utf8Start[index] {
      return false
    }
    return true
  }

  /// Whether bytes, of the input or copied, are these.
  func equals(_ bytes: BlockBuilder.Bytes, _ expected: StaticString) -> Bool {
    guard bytes.length == expected.utf8CodeUnitCount else { return false }
    if !bytes.isCopied { return matches(expected, at: bytes.offset) }
    for index in 0..<bytes.length
    where block.copied[bytes.offset + index] != expected.utf8Start[index] {
      return false
    }
    return true
  }

  /// Copies a piece of the input.
  mutating func copy(from start: Int, to end: Int) {
    block.copied.append(contentsOf: text + start, count: end - start)
  }

  mutating func copy(scalar value: UInt32) {
    guard let scalar = Unicode.Scalar(value) else { return }
    for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      block.copied.append(unit)
    }
  }
}
