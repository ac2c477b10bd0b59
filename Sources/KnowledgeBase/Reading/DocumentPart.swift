import Engine
import Glibc
import RDF

/// A file of RDF, or a part of one that begins and ends with a line.
struct DocumentPart: Sendable {
  var path: String
  var format: RDFFormat
  var keepsGoing: Bool
  /// In bytes; nil for the whole, which may be gzipped.
  var range: Range<Int>?
  /// Hears how much was read; of a part of a file, from whoever takes it in.
  var amount: ReadAmount?

  /// The file cut into parts of about a length, where it is large, of lines, and not gzipped.
  func parts(ofLength length: Int) -> [DocumentPart] {
    guard format.isLineBased, let size = Self.size(of: path), size >= 4 * length else {
      return [self]
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [self] }
    defer { close(descriptor) }
    var magic: UInt16 = 0
    guard pread(descriptor, &magic, 2, 0) == 2, UInt16(littleEndian: magic) != 0x8B1F else {
      return [self]
    }
    var parts: [DocumentPart] = []
    var start = 0
    while start < size {
      let end = Self.lineStart(descriptor, from: min(start + length, size), size)
      var part = self
      part.range = start..<end
      parts.append(part)
      start = end
    }
    return parts
  }

  /// What reading a part came to.
  struct Reading: Sendable {
    var report: RDFReader.Report
    var lineFeedCount: UInt32
  }

  private enum Stop: Error {
    case unwanted
    case failed(SystemFailure)
  }

  /// Hands over the triples, block by block; nil when the sink says that it wants no more.
  func read(
    until cancellation: CancellationFlag?, into sink: (borrowing TripleBlock) -> Bool
  ) throws(SystemFailure) -> Reading? {
    var file = try RDFFile(path, range, until: cancellation, counting: range == nil ? amount : nil)
    let reader = RDFReader(
      format, base: RDFFile.base(path), keepsGoing: keepsGoing,
      isContinued: range.map { $0.lowerBound > 0 } ?? false)
    do throws(Stop) {
      let report = try reader.read(
        from: { (buffer) throws(Stop) in
          do throws(SystemFailure) {
            return try file.read(into: buffer)
          } catch {
            throw .failed(error)
          }
        },
        into: { (block) throws(Stop) in if !sink(block) { throw .unwanted } })
      return Reading(report: report, lineFeedCount: file.lineFeedCount)
    } catch {
      switch error {
      case .unwanted: return nil
      case .failed(let failure): throw failure
      }
    }
  }

  /// Bytes of a regular file; nil for anything else.
  static func size(of path: String) -> Int? {
    var status = stat()
    guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return Int(status.st_size)
  }

  /// Where the first line begins that begins at or after an offset.
  private static func lineStart(_ descriptor: Int32, from offset: Int, _ size: Int) -> Int {
    var position = offset - 1
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    while position < size {
      let count = pread(descriptor, &buffer, buffer.count, position)
      guard count > 0 else { return size }
      if let index = buffer[..<count].firstIndex(of: 0x0A) { return position + index + 1 }
      position += count
      if buffer.count < 1 << 20 { buffer = [UInt8](repeating: 0, count: buffer.count * 4) }
    }
    return size
  }
}
