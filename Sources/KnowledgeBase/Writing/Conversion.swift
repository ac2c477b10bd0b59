public import Diagnostics
public import Engine
import RDF

/// Files read in one format and written in another.
public struct Conversion: Hashable, Sendable {
  /// Files and directories; `-` is standard input.
  public var inputs: [String]
  /// What the inputs are, where their names do not say it.
  public var inputFormat: DocumentFormat?
  /// A file, or `-` for standard output.
  public var output: String
  public var outputFormat: DocumentFormat
  /// Whether what cannot be read is left out.
  public var keepsGoing = false

  public init(
    _ inputs: [String], from inputFormat: DocumentFormat? = nil, to output: String,
    as outputFormat: DocumentFormat
  ) {
    self.inputs = inputs
    self.inputFormat = inputFormat
    self.output = output
    self.outputFormat = outputFormat
  }

  /// Converts; the output appears whole, or not at all when there is an error and `keepsGoing` is false.
  ///
  /// RDF to N-Triples or N-Quads streams, in the order of the statements with their repeats: memory for the longest one. Every
  /// other way holds the graph, and Turtle, TriG and sentences the text too, which is sorted.
  public func run(
    until cancellation: CancellationFlag? = nil, report: (SentenceResult, SourceText) -> Void
  ) throws(SystemFailure) -> LoadReport {
    if let streamed = try stream(until: cancellation, report: report) { return streamed }
    let knowledge = KnowledgeBase()
    let summary = try knowledge.load(
      inputs, as: inputFormat, keepGoing: keepsGoing, cancellation: cancellation, report: report)
    if summary.wasInterrupted || summary.errorCount > 0 && !keepsGoing { return summary }
    try knowledge.export(to: output, as: outputFormat)
    return summary
  }

  /// nil where it has to hold the graph.
  private func stream(
    until cancellation: CancellationFlag?, report: (SentenceResult, SourceText) -> Void
  ) throws(SystemFailure) -> LoadReport? {
    guard case .rdf(let written) = outputFormat, written.isLineBased else { return nil }
    var documents: [(path: String, format: RDFFormat)] = []
    for file in try KnowledgeBase.files(inputs) {
      guard case .rdf(let format)? = inputFormat ?? DocumentFormat(fileName: file) else {
        return nil
      }
      documents.append((file, format))
    }
    let keepsLabels = documents.count == 1 && documents[0].format.isLineBased
    let file = try OutputFile(output)
    var summary = LoadReport()
    for (number, document) in documents.enumerated() where !summary.wasInterrupted {
      summary.fileCount += 1
      let writer = BlockLineWriter(document: keepsLabels ? nil : number + 1)
      let found = try stream(
        document.path, document.format, writer, hasGraphs: written.hasGraphs, to: file,
        until: cancellation)
      guard let found else {
        summary.wasInterrupted = true
        return summary
      }
      summary.factCount += found.quadCount
      summary.add(found.problems, skipping: found.skippedLineCount)
      for problem in found.problems {
        let (result, source) = KnowledgeBase.rejection(problem, document.path)
        report(result, source)
      }
    }
    if summary.errorCount == 0 || keepsGoing { try file.finish() }
    return summary
  }

  private enum Stop: Error {
    case interrupted
    case system(SystemFailure)
  }

  /// nil when it was interrupted.
  private func stream(
    _ path: String, _ format: RDFFormat, _ writer: consuming BlockLineWriter, hasGraphs: Bool,
    to output: OutputFile, until cancellation: CancellationFlag?
  ) throws(SystemFailure) -> RDFReader.Report? {
    var input = try RDFFile(path)
    var writer = writer
    var lines: [UInt8] = []
    do throws(Stop) {
      return try RDFReader(format, base: RDFFile.base(path), keepsGoing: keepsGoing).read(
        from: { (buffer) throws(Stop) in
          do throws(SystemFailure) {
            return try input.read(into: buffer)
          } catch {
            throw Stop.system(error)
          }
        },
        into: { (block) throws(Stop) in
          if let cancellation, cancellation.isRaised { throw .interrupted }
          lines.removeAll(keepingCapacity: true)
          guard writer.append(block, hasGraphs: hasGraphs, to: &lines) else {
            throw .system(KnowledgeBase.graphFailure(self.output))
          }
          do throws(SystemFailure) {
            try output.write(lines)
          } catch {
            throw Stop.system(error)
          }
        })
    } catch {
      switch error {
      case .interrupted: return nil
      case .system(let failure): throw failure
      }
    }
  }
}
