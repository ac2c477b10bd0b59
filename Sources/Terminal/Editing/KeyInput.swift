import CPlatform
import Glibc

/// The keys typed at the terminal on standard input, read in pieces.
struct KeyInput {
  enum Event: Equatable {
    case key(Unicode.Scalar)
    /// A signal of this session is to be looked at.
    case signal
    /// The terminal is gone.
    case end
  }

  private var bytes: [UInt8] = []
  private var position = 0

  /// Whether more was typed already, or comes within some milliseconds.
  func hasMore(within milliseconds: Int32 = 0) -> Bool {
    position < bytes.count || kosh_input_follows(STDIN_FILENO, milliseconds) != 0
  }

  /// The next character; bytes that are not UTF-8 are skipped.
  mutating func next() -> Event {
    while true {
      if let scalar = takeScalar() { return .key(scalar) }
      if let event = refill() { return event }
    }
  }

  /// Puts a character back: it is read next.
  mutating func unread(_ scalar: Unicode.Scalar) {
    bytes.replaceSubrange(..<position, with: Array(String(scalar).utf8))
    position = 0
  }

  /// Forgets what was read and not taken.
  mutating func drop() {
    bytes = []
    position = 0
  }

  /// Reads what is there, waiting for some; nil when bytes came.
  private mutating func refill() -> Event? {
    guard kosh_wait_for_input(STDIN_FILENO) != 0 else { return .signal }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &chunk, chunk.count)
    if count < 0, errno == EINTR { return .signal }
    guard count > 0 else { return .end }
    bytes.removeSubrange(..<position)
    position = 0
    bytes += chunk[..<count]
    return nil
  }

  private mutating func takeScalar() -> Unicode.Scalar? {
    while position < bytes.count {
      let first = bytes[position]
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      if first < 0x80 || (0xC2...0xF4).contains(first) {
        guard position + length <= bytes.count else { return nil }
        let text = String(decoding: bytes[position..<(position + length)], as: UTF8.self)
        if let scalar = text.unicodeScalars.first, scalar != "\u{FFFD}" {
          position += length
          return scalar
        }
      }
      position += 1
    }
    return nil
  }
}
