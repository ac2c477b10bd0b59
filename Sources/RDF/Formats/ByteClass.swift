/// What a byte can be in the formats' grammars, by one look-up.
struct ByteClass: OptionSet {
  let rawValue: UInt8

  /// Ends a run of plain bytes of an IRI: what an IRI may not hold, `>`, escapes, bytes beyond ASCII.
  static let iriStop = ByteClass(rawValue: 1)
  /// Ends a run of plain bytes of a string: quotes, escapes, line ends, NUL, bytes beyond ASCII.
  static let stringStop = ByteClass(rawValue: 2)
  /// ASCII of PN_CHARS: letters, digits, `_`, `-`.
  static let nameInside = ByteClass(rawValue: 4)
  /// ASCII letters.
  static let letter = ByteClass(rawValue: 8)
  static let digit = ByteClass(rawValue: 16)
  /// Space, tab, line ends.
  static let space = ByteClass(rawValue: 32)
  static let hexDigit = ByteClass(rawValue: 64)

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  init(of byte: UInt8) {
    var result: ByteClass = []
    if byte <= 0x20 || byte >= 0x80 || "<>\"{}|^`\\".utf8.contains(byte) { result.insert(.iriStop) }
    if byte == 0 || byte >= 0x80 || "\"'\\\n\r".utf8.contains(byte) { result.insert(.stringStop) }
    let isLetter = (byte | 0x20) &- 0x61 < 26
    let isDigit = byte &- 0x30 < 10
    if isLetter { result.insert(.letter) }
    if isDigit { result.insert(.digit) }
    if isLetter || isDigit || "_-".utf8.contains(byte) { result.insert(.nameInside) }
    if " \t\n\r".utf8.contains(byte) { result.insert(.space) }
    if isDigit || (byte | 0x20) &- 0x61 < 6 { result.insert(.hexDigit) }
    self = result
  }

  /// The classes of all 256 bytes. Never freed: one table a process.
  nonisolated(unsafe) static let table: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in 0...255 { table[byte] = ByteClass(of: UInt8(byte)).rawValue }
    return UnsafePointer(table)
  }()
}
