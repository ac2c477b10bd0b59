import RDF
import Testing

@Suite struct GzipEncoderTests {
  @Test(arguments: [0, 1, 70_000, 3_000_000])
  func isUndoneByTheDecoder(_ count: Int) throws {
    var state: UInt32 = 1
    let bytes = (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 28)
    }
    guard var encoder = GzipEncoder() else {
      Issue.record("there is memory for an encoder")
      return
    }
    var compressed: [UInt8] = []
    for start in stride(from: 0, to: count, by: 50_000) {
      bytes[start..<min(start + 50_000, count)].withUnsafeBytes { piece in
        encoder.write(piece) { compressed += $0 }
      }
    }
    encoder.finish { compressed += $0 }
    #expect(compressed.starts(with: [0x1F, 0x8B]))
    #expect(Array(compressed[4..<8]) == [0, 0, 0, 0], "no time")
    var decoder = GzipDecoder()
    var offset = 0
    var decoded: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 10_000)
    while true {
      let got = try buffer.withUnsafeMutableBytes { output in
        try decoder.read(
          into: output,
          from: { input in
            let count = min(input.count, compressed.count - offset)
            input.copyBytes(from: compressed[offset..<offset + count])
            offset += count
            return count
          }, orThrow: { $0 as any Error })
      }
      if got == 0 { break }
      decoded += buffer[..<got]
    }
    #expect(decoded == bytes)
  }
}
