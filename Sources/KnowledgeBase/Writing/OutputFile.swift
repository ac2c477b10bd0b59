import Glibc
import RDF

/// A file that appears whole or not at all: written under another name beside it, then renamed; gzipped where the name
/// says so.
///
/// What is no regular file, such as a device or a pipe, and standard output (`-`) are written directly.
final class OutputFile {
  private let path: String
  /// nil when it is written directly.
  private let temporary: String?
  private let descriptor: Int32
  private var encoder: GzipEncoder?
  private var buffer: [UInt8] = []
  private var isOpen = true

  init(_ path: String) throws(SystemFailure) {
    var status = stat()
    let exists = path == "-" || stat(path, &status) == 0
    // A link stays a link: what it leads to is replaced.
    self.path = exists && path != "-" ? Self.resolved(path) : path
    encoder = nil
    if path == "-" {
      temporary = nil
      descriptor = STDOUT_FILENO
    } else if exists, status.st_mode & S_IFMT != S_IFREG {
      temporary = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      let name = self.path + ".\(getpid()).new"
      temporary = name
      let mode = exists ? status.st_mode & 0o777 : 0o666
      descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    }
    guard descriptor >= 0 else {
      isOpen = false
      throw SystemFiles.failure("write", path)
    }
    if DocumentFormat.isCompressed(path) {
      guard let made = GzipEncoder() else {
        throw SystemFailure(operation: "write", subject: path, cause: "\(GzipProblem.outOfMemory)")
      }
      encoder = consume made
    }
  }

  /// What is not finished leaves nothing.
  deinit {
    guard isOpen else { return }
    if descriptor != STDOUT_FILENO { close(descriptor) }
    if let temporary { unlink(temporary) }
  }

  func write(_ bytes: some Collection<UInt8>) throws(SystemFailure) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 18 { try flush() }
  }

  /// Puts the file in its place.
  func finish() throws(SystemFailure) {
    try flush()
    if let last = encoder.take() {
      try last.finish { (bytes) throws(SystemFailure) in try put(bytes) }
    }
    guard let temporary else { return }
    isOpen = false
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let cause = SystemFiles.failure("write", path)
      unlink(temporary)
      throw cause
    }
  }

  private func flush() throws(SystemFailure) {
    let bytes = buffer
    buffer.removeAll(keepingCapacity: true)
    let result: Result<Void, SystemFailure> = bytes.withUnsafeBytes { bytes in
      do throws(SystemFailure) {
        if encoder == nil { return .success(try put(bytes)) }
        return .success(
          try encoder?.write(bytes) { (piece) throws(SystemFailure) in try put(piece) } ?? ())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  private func put(_ bytes: UnsafeRawBufferPointer) throws(SystemFailure) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemFiles.failure("write", path) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  private static func resolved(_ path: String) -> String {
    guard let found = realpath(path, nil) else { return path }
    defer { free(found) }
    return String(cString: found)
  }
}
