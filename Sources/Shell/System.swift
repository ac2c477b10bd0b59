import Engine
import Glibc
import KnowledgeBase

/// The calls of the C library that this target uses.
enum System {
  /// The bytes of a file, or to the end of standard input for `-`; fails early once the flag is raised.
  static func read(
    _ path: String, unless cancellation: CancellationFlag
  ) throws(SystemFailure) -> [UInt8] {
    if path == "-" {
      return try read(STDIN_FILENO, name: "standard input", unless: cancellation)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", path) }
    defer { close(descriptor) }
    return try read(descriptor, name: path, unless: cancellation)
  }

  /// The names in a directory, with a slash after those of directories; empty when it cannot be read.
  static func entries(_ directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      names.append(isDirectory(directory + "/" + name) ? name + "/" : name)
    }
    return names.sorted()
  }

  static func isDirectory(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }

  private static func read(
    _ descriptor: Int32, name: String, unless cancellation: CancellationFlag
  ) throws(SystemFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let before = bytes.count
      let wanted = max(65_536, before)
      var failed = false
      bytes.append(
        contentsOf: [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
          let got = Glibc.read(descriptor, buffer.baseAddress, wanted)
          failed = got < 0
          count = max(0, got)
        })
      if failed {
        if errno == EINTR, !cancellation.isRaised { continue }
        throw failure("read", name)
      }
      if bytes.count == before { return bytes }
    }
  }

  private static func failure(_ operation: String, _ subject: String) -> SystemFailure {
    SystemFailure(operation: operation, subject: subject, cause: String(cString: strerror(errno)))
  }
}
