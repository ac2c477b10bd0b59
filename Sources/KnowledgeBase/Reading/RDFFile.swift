import Engine
import Glibc
import RDF

/// A file of RDF or a part of it, or standard input for `-`; what is gzipped is undone on the way.
struct RDFFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private var decoder: GzipDecoder?
  /// Of a part, what is still to be read.
  private var range: Range<Int>
  private let cancellation: CancellationFlag?
  private let amount: ReadAmount?
  /// Line feeds in what was read.
  private(set) var lineFeedCount: UInt32 = 0

  init(
    _ path: String, _ range: Range<Int>? = nil, until cancellation: CancellationFlag?,
    counting amount: ReadAmount? = nil
  ) throws(SystemFailure) {
    self.amount = amount
    self.path = path
    self.range = range ?? 0..<0
    self.cancellation = cancellation
    decoder = range == nil ? GzipDecoder() : nil
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFiles.failure("read", path) }
  }

  deinit {
    if descriptor > STDIN_FILENO { close(descriptor) }
  }

  /// What can be had at once; 0 is the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemFailure) -> Int {
    var count = 0
    let amount = amount
    if let decoded = try decoder?.read(
      path, descriptor, into: buffer, until: cancellation, counting: { amount?.add($0) })
    {
      count = decoded
    } else {
      count = try readPart(into: buffer)
    }
    countLineFeeds(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    return count
  }

  private mutating func readPart(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemFailure) -> Int {
    let count = pread(
      descriptor, buffer.baseAddress, min(buffer.count, range.count), range.lowerBound)
    guard count >= 0 else { throw SystemFiles.failure("read", path) }
    amount?.add(count)
    range = range.lowerBound + count..<range.upperBound
    return count
  }

  private mutating func countLineFeeds(_ bytes: UnsafeRawBufferPointer) {
    guard var start = bytes.baseAddress else { return }
    let end = start + bytes.count
    while let found = memchr(start, 0x0A, end - start) {
      lineFeedCount &+= 1
      start = UnsafeRawPointer(found) + 1
    }
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
