import Diagnostics
import KnowledgeBase

/// A script cut into sentences and the shell commands between them.
enum Script {
  enum Piece {
    /// Sentences, with as many empty lines before them as they have lines before them in the script.
    case sentences(SourceText)
    case command(String)
  }

  /// Whether a text is a shell command: a period and a letter at its very start.
  static func isCommand(_ text: String) -> Bool {
    startsCommand(Array(text.utf8.prefix(2)), at: 0)
  }

  /// So many lines that look like commands inside one open sentence are its text: each look reads the sentence again.
  private static let failedCheckLimit = 64

  /// The pieces in order. A command is a line of its own where no sentence is open.
  static func pieces(of source: SourceText) -> [Piece] {
    let bytes = source.bytes
    var pieces: [Piece] = []
    var pieceStart = 0
    var lineStart = 0
    var lineCount = 0
    var linesBefore = 0
    var failedChecks = 0
    func take(upTo end: Int) {
      guard bytes[pieceStart..<end].contains(where: { !isBlank($0) }) else { return }
      let padding = [UInt8](repeating: UInt8(ascii: "\n"), count: linesBefore)
      let text = padding.isEmpty && end == bytes.count ? bytes : padding + bytes[pieceStart..<end]
      pieces.append(.sentences(SourceText(name: source.name, bytes: text)))
    }
    while lineStart < bytes.count {
      let end = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      guard startsCommand(bytes, at: lineStart), failedChecks < failedCheckLimit else {
        lineStart = end + 1
        lineCount += 1
        continue
      }
      if isComplete(bytes[pieceStart..<lineStart]) {
        failedChecks = 0
        take(upTo: lineStart)
        pieces.append(.command(String(decoding: bytes[lineStart..<end], as: UTF8.self)))
        pieceStart = min(end + 1, bytes.count)
        linesBefore = lineCount + 1
      } else {
        failedChecks += 1
      }
      lineStart = end + 1
      lineCount += 1
    }
    take(upTo: bytes.count)
    return pieces
  }

  private static func startsCommand(_ bytes: [UInt8], at start: Int) -> Bool {
    guard start + 1 < bytes.count, bytes[start] == UInt8(ascii: ".") else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[start + 1])
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }

  private static func isComplete(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.contains(where: { !isBlank($0) }) else { return true }
    let text = String(decoding: bytes, as: UTF8.self)
    return KnowledgeBase.completeness(of: text) == .complete
  }
}
