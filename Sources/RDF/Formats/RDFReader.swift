public import Diagnostics

/// Reads a document of any size in pieces and hands its triples over in blocks.
///
/// Memory is bounded by the longest statement and the block size. Source: RDF 1.2 N-Triples, N-Quads, Turtle and TriG.
public struct RDFReader: Sendable {
  /// What came of a document.
  public struct Report: Sendable {
    /// In order, at most 20. Without `keepsGoing`, at most one, and the triples before it were handed over.
    public var problems: [Problem] = []
    /// Quads handed over, repeats included.
    public var quadCount = 0
    /// Lines left out with `keepsGoing`.
    public var skippedLineCount = 0
    /// The prefixes that Turtle and TriG declare, each with its last namespace.
    public var prefixes: [NamespacePrefixes.Entry] = []

    public init() {}
  }

  /// A problem with its place as people count it.
  public struct Problem: Hashable, Sendable {
    /// Ranges are byte offsets in the document.
    public var diagnostic: Diagnostic
    public var position: SourcePosition
    /// The line, or what is around the place of a long one.
    public var excerpt: SourceText
    /// The diagnostic's range in `excerpt`.
    public var rangeInExcerpt: SourceRange

    public static func == (a: Problem, b: Problem) -> Bool {
      a.diagnostic == b.diagnostic && a.position == b.position
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(diagnostic)
      hasher.combine(position)
    }
  }

  private let format: RDFFormat
  private let base: String?
  private let keepsGoing: Bool
  private let longestStatement: Int
  private let chunkSize: Int
  private let isContinued: Bool

  /// - Parameters:
  ///   - base: Against which relative IRIs of Turtle and TriG are resolved, until the document says otherwise.
  ///   - keepsGoing: Whether bad lines of N-Triples and N-Quads are left out; other formats stop at the first problem.
  ///   - longestStatement: In bytes; a longer one is a problem. At most 1 GB.
  ///   - chunkSize: Bytes asked of the source at once, at least.
  ///   - isContinued: Whether the bytes go on where others have ended, so that no byte order mark can begin them.
  public init(
    _ format: RDFFormat, base: String? = nil, keepsGoing: Bool = false,
    longestStatement: Int = 256 << 20, chunkSize: Int = 256 << 10,
    isContinued: Bool = false
  ) {
    self.isContinued = isContinued
    self.format = format
    self.base = base
    self.keepsGoing = keepsGoing && format.isLineBased
    self.longestStatement = min(longestStatement, 1 << 30)
    self.chunkSize = min(max(chunkSize, 1), 1 << 30)
  }

  /// Reads to the end of the document or to the first problem.
  ///
  /// - Parameters:
  ///   - source: Puts bytes into the buffer and gives their number; 0 is the end.
  ///   - sink: Gets each block once; may throw to stop the reading.
  public func read<Failure: Error>(
    from source: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int,
    into sink: (borrowing TripleBlock) throws(Failure) -> Void
  ) throws(Failure) -> Report {
    var session = ReadingSession(
      format, base: base, keepsGoing: keepsGoing, longestStatement: longestStatement,
      chunkSize: chunkSize, isContinued: isContinued)
    while try session.fill(from: source) {
      var goesOn = true
      while goesOn {
        goesOn = session.parse()
        try session.handOver(to: sink)
      }
      if session.isStopped { break }
    }
    return session.finish()
  }

  /// Reads bytes in memory.
  public func read<Failure: Error>(
    _ bytes: [UInt8], into sink: (borrowing TripleBlock) throws(Failure) -> Void
  ) throws(Failure) -> Report {
    var offset = 0
    return try read(
      from: { (buffer) throws(Failure) -> Int in
        let count = min(buffer.count, bytes.count - offset)
        buffer.copyBytes(from: bytes[offset..<offset + count])
        offset += count
        return count
      }, into: sink)
  }
}
