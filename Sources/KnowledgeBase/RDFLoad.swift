import Engine
import RDF

/// Streams RDF files into a bulk load: memory for the triples and the longest statement, not for the text.
struct RDFLoad: ~Copyable {
  private let dictionary: TermDictionary
  private var loader = GraphLoader()

  private let cancellation: CancellationFlag?

  init(_ dictionary: TermDictionary, until cancellation: CancellationFlag?) {
    self.dictionary = dictionary
    self.cancellation = cancellation
  }

  /// Triples read so far.
  var count: Int { loader.count }

  /// An end before the end of a file.
  private enum Stop: Error {
    case system(SystemFailure)
    case evaluation(EvaluationError)
  }

  /// What reading a file came to.
  struct Report {
    var problems: [RDFReader.Problem]
    var skippedLineCount: Int
    var quadCount: Int
    var lineCount: Int
    var prefixes: [NamespacePrefixes.Entry]
  }

  /// Reads a file, compressed or not. `firstLine` is the number of its first line among all origins.
  ///
  /// Throws `SystemFailure` or `EvaluationError`. `document` tells its blank nodes from those of other files; relative IRIs are resolved against the file's own.
  mutating func read(
    _ path: String, _ format: RDFFormat, document: Int, firstLine: UInt32, keepsGoing: Bool
  ) throws -> Report {
    var file = try RDFFile(path)
    var lines = LineCounter(next: firstLine)
    var interner = BlockInterner(dictionary, document: document)
    do throws(Stop) {
      let report = try RDFReader(format, base: RDFFile.base(path), keepsGoing: keepsGoing).read(
        from: { (buffer) throws(Stop) -> Int in
          do throws(SystemFailure) {
            return try file.read(into: buffer)
          } catch {
            throw Stop.system(error)
          }
        },
        into: { (block) throws(Stop) in
          lines.begin(block)
          do throws(EvaluationError) {
            if let cancellation, cancellation.isRaised {
              throw .interrupted(afterSeconds: 0, rowCount: loader.count)
            }
            try interner.read(block) { triple, graph, offset in
              loader.append(triple, graph: graph, line: lines.line(at: offset))
            }
          } catch {
            throw Stop.evaluation(error)
          }
        })
      return Report(
        problems: report.problems, skippedLineCount: report.skippedLineCount,
        quadCount: report.quadCount,
        lineCount: Int(lines.next - firstLine) + 1, prefixes: report.prefixes)
    } catch {
      switch error {
      case .system(let failure): throw failure
      case .evaluation(let error): throw error
      }
    }
  }

  consuming func finish(adding snapshot: Snapshot) -> Snapshot {
    loader.finish(adding: snapshot)
  }
}

/// Counts the lines of a document while its statements go by in order.
private struct LineCounter {
  /// The number of the line that is being read.
  var next: UInt32
  /// How much of the document is counted, in bytes.
  private var countedTo = 0
  private var input = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var inputOffset = 0

  init(next: UInt32) {
    self.next = next
  }

  mutating func begin(_ block: borrowing TripleBlock) {
    input = block.input
    inputOffset = block.inputOffset
  }

  /// The line of an offset in the block's input; offsets before the last one asked for are on its line.
  mutating func line(at offset: Int) -> UInt32 {
    var position = max(countedTo - inputOffset, 0)
    while position < offset {
      if input[position] == UInt8(ascii: "\n") { next &+= 1 }
      position += 1
    }
    countedTo = max(countedTo, inputOffset + offset)
    return next
  }
}
