import Synchronization

/// A named text that diagnostics point into: a file, standard input, or one entry at the prompt.
public struct SourceText: Sendable {
  /// As shown before `:line:column`; a file's path, `<stdin>`, `<prompt>` or `-c`.
  public let name: String
  public let bytes: [UInt8]
  /// Where the text begins in what it is named for: it may be an excerpt of a long file.
  public let start: SourcePosition
  private let counted: CountedPlace

  public init(
    name: String, bytes: [UInt8], start: SourcePosition = SourcePosition(line: 1, column: 1)
  ) {
    self.name = name
    self.bytes = bytes
    self.start = start
    counted = CountedPlace(start)
  }

  public init(name: String, _ text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The line and column of a byte offset. Counts on from the place asked for before, if that comes first.
  public func position(of byteOffset: Int) -> SourcePosition {
    counted.place.withLock { place in
      if place.offset > byteOffset { place = (0, start) }
      for byte in bytes.prefix(byteOffset).dropFirst(place.offset) {
        if byte == UInt8(ascii: "\n") {
          place.position.line += 1
          place.position.column = 1
        } else if byte & 0xC0 != 0x80 {
          place.position.column += 1
        }
      }
      place.offset = max(byteOffset, 0)
      return place.position
    }
  }

  /// The range of the whole line that holds the offset, without its line end.
  public func lineRange(containing byteOffset: Int) -> SourceRange {
    var start = min(byteOffset, bytes.count)
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    var end = min(byteOffset, bytes.count)
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return SourceRange(start, max(start, end))
  }

  /// The text of a range; bytes that are not UTF-8 are replaced.
  public func text(_ range: SourceRange) -> String {
    let upper = min(range.upperBound, bytes.count)
    let lower = min(range.lowerBound, upper)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}

/// A place of a text whose line and column have been counted.
private final class CountedPlace: Sendable {
  let place: Mutex<(offset: Int, position: SourcePosition)>

  init(_ start: SourcePosition) { place = Mutex((0, start)) }
}
