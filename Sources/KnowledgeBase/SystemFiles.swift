import Engine
import Glibc
import RDF

/// Files and directories through libc.
enum SystemFiles {
  /// What a sentence file may hold, in bytes.
  static let longestText = 1 << 30

  /// The whole of a file, or of standard input for `-`; what is gzipped is undone.
  static func read(_ path: String) throws(SystemFailure) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", path) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("read", path) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(Int(status.st_size), longestText) + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var decoder = GzipDecoder()
    while true {
      let result: Result<Int, SystemFailure> = chunk.withUnsafeMutableBytes { buffer in
        do throws(SystemFailure) {
          return .success(try decoder.read(path, descriptor, into: buffer))
        } catch {
          return .failure(error)
        }
      }
      let count = try result.get()
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= longestText else {
        throw SystemFailure(
          operation: "read", subject: path, cause: "sentences of more than 1 GB; RDF may be larger")
      }
    }
  }

  /// What can be had at once; 0 is the end. Fails early once the flag is raised.
  static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, of path: String,
    until cancellation: CancellationFlag? = nil
  ) throws(SystemFailure) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR || cancellation?.isRaised == true { throw failure("read", path) }
    }
  }

  /// Writes a file whole.
  static func write(_ bytes: [UInt8], to path: String) throws(SystemFailure) {
    let file = try OutputFile(path)
    try file.write(bytes)
    try file.finish()
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

extension SystemFailure {
  /// Whether what was written had no reader any more.
  public var isBrokenPipe: Bool { cause == String(cString: strerror(EPIPE)) }
}

extension GzipDecoder {
  /// Reads from a file, whether it is gzipped or not.
  mutating func read(
    _ path: String, _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer,
    until cancellation: CancellationFlag? = nil, counting: (Int) -> Void = { _ in }
  ) throws(SystemFailure) -> Int {
    try read(
      into: buffer,
      from: { (bytes) throws(SystemFailure) in
        let count = try SystemFiles.read(descriptor, into: bytes, of: path, until: cancellation)
        counting(count)
        return count
      },
      orThrow: { SystemFailure(operation: "read", subject: path, cause: $0.description) })
  }
}

/// Seconds from a fixed point that never goes back.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
