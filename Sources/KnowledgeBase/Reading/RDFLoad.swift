import Diagnostics
import Engine
import RDF

/// Streams RDF files into a bulk load: memory for the triples and the longest statement, not for the text.
struct RDFLoad: ~Copyable {
  private let dictionary: TermDictionary
  private var loader = GraphLoader()
  private let cancellation: CancellationFlag?
  private var meter: LoadMeter
  private let amount: ReadAmount?
  /// Triples read so far.
  private(set) var count = 0
  private var lines: [UInt32] = []

  init(
    _ dictionary: TermDictionary, until cancellation: CancellationFlag?,
    _ meter: LoadMeter = LoadMeter("triple", nil), counting amount: ReadAmount? = nil
  ) {
    self.amount = amount
    self.dictionary = dictionary
    self.cancellation = cancellation
    self.meter = meter
  }

  /// What reading a file came to.
  struct Report {
    var problems: [RDFReader.Problem] = []
    var skippedLineCount = 0
    var quadCount = 0
    var lineCount = 1
    var prefixes: [NamespacePrefixes.Entry] = []
  }

  /// Of a document: the number that tells its blank nodes from those of others, and of its first line among all origins.
  struct Place {
    var document: Int
    var firstLine: UInt32
  }

  /// Reads a document in this thread. Throws `SystemFailure` or `EvaluationError`.
  mutating func read(_ document: DocumentPart, at place: Place) throws -> Report {
    var interner = BlockInterner(dictionary, document: place.document)
    var counter = LineCounter()
    var failure: EvaluationError?
    let reading = try document.read(until: cancellation) { block in
      do throws(EvaluationError) {
        counter.count(block, into: &lines)
        try take(block, lines, from: place.firstLine, &interner)
      } catch {
        failure = error
      }
      return failure == nil
    }
    if let failure { throw failure }
    var report = Report()
    if let reading {
      report.add(reading.report, byteOffset: 0, lineOffset: 0)
      report.lineCount = Int(reading.lineFeedCount) + 1
    }
    return report
  }

  /// Takes in a document that the threads of a pool parse, whose parts are these.
  mutating func read(
    _ numbers: Range<Int>, of pool: ParsingPool, _ parts: [DocumentPart], at place: Place
  ) throws -> Report {
    var interner = BlockInterner(dictionary, document: place.document)
    var report = Report()
    var lineOffset: UInt32 = 0
    for number in numbers {
      if !report.problems.isEmpty, !parts[number].keepsGoing {
        pool.skip(number)
        continue
      }
      while true {
        let (block, end) = pool.next(of: number)
        if let block {
          try take(block, from: place.firstLine &+ lineOffset, &interner)
        } else if let end {
          let reading = try end.get()
          report.add(
            reading.report, byteOffset: parts[number].range?.lowerBound ?? 0,
            lineOffset: Int(lineOffset))
          lineOffset &+= reading.lineFeedCount
          amount?.add(parts[number].range?.count ?? 0)
          break
        }
      }
    }
    report.lineCount = Int(lineOffset) + 1
    return report
  }

  private mutating func take(
    _ block: ParsingPool.Block, from firstLine: UInt32, _ interner: inout BlockInterner
  ) throws(EvaluationError) {
    try block.triples.withBlock { (triples) throws(EvaluationError) in
      try take(triples, block.lines, from: firstLine, &interner)
    }
  }

  private mutating func take(
    _ block: borrowing TripleBlock, _ lines: [UInt32], from firstLine: UInt32,
    _ interner: inout BlockInterner
  ) throws(EvaluationError) {
    if let cancellation, cancellation.isRaised {
      throw .interrupted(afterSeconds: 0, rowCount: count)
    }
    var index = 0
    try interner.read(block) { triple, graph, _ in
      loader.append(triple, graph: graph, line: firstLine &+ lines[index])
      index &+= 1
    }
    count += block.quads.count
    meter.tick(count, of: amount?.fraction())
  }

  /// Throws where it is cancelled.
  consuming func finish(adding snapshot: Snapshot) throws(EvaluationError) -> Snapshot {
    meter.tick(count, of: amount?.fraction(), evenNow: true)
    let (cancellation, count) = (cancellation, count)
    return try loader.finish(adding: snapshot) { () throws(EvaluationError) in
      if let cancellation, cancellation.isRaised {
        throw .interrupted(afterSeconds: 0, rowCount: count)
      }
    }
  }
}

extension RDFLoad.Report {
  /// Adds what came of a part that begins behind so many bytes and lines.
  fileprivate mutating func add(_ part: RDFReader.Report, byteOffset: Int, lineOffset: Int) {
    for problem in part.problems where problems.count < 20 {
      var moved = problem
      let range = problem.diagnostic.range
      moved.diagnostic.range = SourceRange(
        range.lowerBound + byteOffset, range.upperBound + byteOffset)
      moved.position.line += lineOffset
      problems.append(moved)
    }
    skippedLineCount += part.skippedLineCount
    quadCount += part.quadCount
    prefixes += part.prefixes
  }
}
