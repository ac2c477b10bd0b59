import Glibc

/// Reads files by the C library.
enum File {
  /// Puts the next bytes into the buffer; 0 at the end and on failure.
  typealias Source = (UnsafeMutableRawBufferPointer) -> Int

  /// Calls the closure with the file's bytes; nil when it cannot be opened.
  static func read<Result>(_ path: String, _ body: (Source) -> Result) -> Result? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return body { max(0, Glibc.read(descriptor, $0.baseAddress, $0.count)) }
  }

  /// The whole file; nil when it cannot be opened.
  static func bytes(_ path: String) -> [UInt8]? {
    read(path) { source in
      var bytes: [UInt8] = []
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
      defer { piece.deallocate() }
      while case let count = source(piece), count > 0 { bytes += piece[..<count] }
      return bytes
    }
  }

  /// Writes a line and hands it over at once.
  static func writeLine(_ line: String) {
    var bytes = Array(line.utf8)
    bytes.append(0x0A)
    var start = 0
    while start < bytes.count {
      let written = bytes[start...].withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
      if written <= 0 { return }
      start += written
    }
  }
}
