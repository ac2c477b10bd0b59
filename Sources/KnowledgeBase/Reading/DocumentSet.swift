import Glibc
import RDF

/// The files of RDF of one load, with threads to parse them where they are large.
struct DocumentSet {
  let parts: [DocumentPart]
  /// The parts of each file.
  let ranges: [Range<Int>]
  /// To be finished by whoever has the set. With it, a file may have several parts.
  let pool: ParsingPool?

  /// In bytes.
  struct Sizes {
    /// What all files together have to be for threads to pay.
    var threaded = 1 << 20
    /// Parts are about this long, so that some of them fit into memory while they wait for their turn.
    var part = 2 << 20
  }

  private static let mostThreads = 3

  init(
    _ files: [(path: String, format: RDFFormat)], keepsGoing: Bool, sizes limits: Sizes = Sizes(),
    counting amount: ReadAmount? = nil
  ) {
    let wholes = files.map {
      DocumentPart(path: $0.path, format: $0.format, keepsGoing: keepsGoing, amount: amount)
    }
    let sizes = files.map { DocumentPart.size(of: $0.path) }
    let coreCount = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    let total = sizes.reduce(0) { $0 + ($1 ?? 0) }
    var cut: [[DocumentPart]] = []
    var made: ParsingPool?
    // What is no regular file may keep a thread waiting for ever.
    if coreCount > 1 || limits.threaded == 0, total >= limits.threaded, !sizes.contains(nil) {
      cut = wholes.map { $0.parts(ofLength: limits.part) }
      let parts = cut.flatMap(\.self)
      made = ParsingPool(
        parts, threadCount: max(1, min(coreCount - 1, Self.mostThreads, parts.count)))
    }
    if made?.isRunning != true {
      made = nil
      cut = wholes.map { [$0] }
    }
    pool = made
    parts = cut.flatMap(\.self)
    var start = 0
    ranges = cut.map { parts in
      defer { start += parts.count }
      return start..<start + parts.count
    }
  }
}
