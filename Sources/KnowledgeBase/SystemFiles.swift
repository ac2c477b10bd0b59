import Glibc

/// Files and directories through libc.
enum SystemFiles {
  /// The whole of a file, or of standard input for `-`.
  static func read(_ path: String) throws(SystemFailure) -> [UInt8] {
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", path) }
    defer { if descriptor != 0 { close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("read", path) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size) + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("read", path)
      }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Writes a file whole: to a new name beside it, then renamed.
  static func write(_ bytes: [UInt8], to path: String) throws(SystemFailure) {
    let temporary = path + ".new"
    guard let file = fopen(temporary, "w") else { throw failure("write", path) }
    let written = fwrite(bytes, 1, bytes.count, file)
    let closed = fclose(file)
    guard written == bytes.count, closed == 0, rename(temporary, path) == 0 else {
      let cause = failure("write", path)
      unlink(temporary)
      throw cause
    }
  }

  static func isDirectory(_ path: String) throws(SystemFailure) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure("read", path) }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a directory but those that begin with a dot, sorted.
  static func entries(_ path: String) throws(SystemFailure) -> [String] {
    guard let directory = opendir(path) else { throw failure("read", path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  static func failure(_ operation: String, _ subject: String) -> SystemFailure {
    SystemFailure(
      operation: operation, subject: subject, cause: String(cString: strerror(errno)))
  }
}

/// Seconds from a fixed point that never goes back.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
