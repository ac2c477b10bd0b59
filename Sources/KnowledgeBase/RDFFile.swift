import Glibc
import RDF

/// A file of RDF, or standard input for `-`; what is gzipped is undone on the way.
struct RDFFile: ~Copyable {
  let path: String
  let descriptor: Int32
  private var decoder = GzipDecoder()

  init(_ path: String) throws(SystemFailure) {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFiles.failure("read", path) }
  }

  deinit {
    if descriptor > STDIN_FILENO { close(descriptor) }
  }

  /// What can be had at once; 0 is the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemFailure) -> Int {
    try decoder.read(path, descriptor, into: buffer)
  }

  /// The file's own IRI, against which relative ones are resolved.
  static func base(_ path: String) -> String? {
    guard path != "-", let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    let allowed = Set("/-._~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    var iri = "file://"
    for byte in String(cString: resolved).utf8 {
      if allowed.contains(byte) {
        iri.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        iri += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return iri
  }
}
