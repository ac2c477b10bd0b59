import RDF
import Testing

@Suite struct GzipDecoderTests {
  /// `hello kosh\n`, compressed by Python's `gzip`.
  static let hello: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57,
    0xC8, 0xCE, 0x2F, 0xCE, 0xE0, 0x02, 0x00, 0x6A, 0x88, 0xFE, 0x67, 0x0B, 0x00, 0x00, 0x00,
  ]

  static func decode(_ bytes: [UInt8], pieces: Int = .max, room: Int = 100) throws(GzipProblem)
    -> String
  {
    var decoder = GzipDecoder()
    var offset = 0
    var text: [UInt8] = []
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 1)
    defer { output.deallocate() }
    while true {
      let count = try decoder.read(
        into: output,
        from: { (buffer) throws(GzipProblem) -> Int in
          let count = min(buffer.count, pieces, bytes.count - offset)
          buffer.copyBytes(from: bytes[offset..<offset + count])
          offset += count
          return count
        }, orThrow: { $0 })
      if count == 0 { return String(decoding: text, as: UTF8.self) }
      text += output[..<count]
    }
  }

  @Test(arguments: [1, 2, 7, Int.max], [1, 5, 100])
  func undoesGzip(pieces: Int, room: Int) throws {
    #expect(try Self.decode(Self.hello, pieces: pieces, room: room) == "hello kosh\n")
    let twice = try Self.decode(Self.hello + Self.hello, pieces: pieces, room: room)
    #expect(twice == "hello kosh\nhello kosh\n")
  }

  @Test(arguments: ["", "h", "hello", "\u{1F}x"]) func passesOtherBytesThrough(_ text: String)
    throws
  {
    for pieces in [1, 2, 100] {
      #expect(try Self.decode(Array(text.utf8), pieces: pieces, room: 2) == text)
    }
  }

  @Test func aFileCutAnywhereIsTruncated() {
    for count in 2..<Self.hello.count {
      #expect(throws: GzipProblem.truncated) { try Self.decode(Array(Self.hello.prefix(count))) }
    }
  }

  @Test func aWrongChecksumOrTailIsDamage() {
    var wrong = Self.hello
    wrong[wrong.count - 6] ^= 1
    #expect(throws: GzipProblem.damaged) { try Self.decode(wrong) }
    #expect(throws: GzipProblem.damaged) { try Self.decode(Self.hello + [1, 2, 3]) }
  }

  @Test func standsBetweenAFileAndAReader() throws {
    var decoder = GzipDecoder()
    var rest = Self.hello[...]
    let report = try RDFReader(.nTriples).read(
      from: { (buffer) throws(GzipProblem) -> Int in
        try decoder.read(
          into: buffer,
          from: { (compressed) throws(GzipProblem) -> Int in
            let count = min(compressed.count, 3, rest.count)
            compressed.copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
          }, orThrow: { $0 })
      }, into: { _ throws(GzipProblem) in })
    #expect(
      report.problems.map(\.diagnostic.message) == [
        "expected a subject: an IRI or a blank node, found 'hello'"
      ])
  }
}
