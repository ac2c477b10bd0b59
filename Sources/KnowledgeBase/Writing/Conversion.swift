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
    until cancellation: CancellationFlag? = nil, progress: ((LoadProgress) -> Void)? = nil,
    report: (SentenceResult, SourceText) -> Void
  ) throws(SystemFailure) -> LoadReport {
    var meter = LoadMeter("triple", progress)
    if let streamed = try stream(until: cancellation, &meter, report: report) { return streamed }
    let knowledge = KnowledgeBase()
    let summary = try knowledge.load(
      inputs, as: inputFormat, keepGoing: keepsGoing, cancellation: cancellation,
      progress: progress, report: report)
    if summary.wasInterrupted || summary.errorCount > 0 && !keepsGoing { return summary }
    try knowledge.export(to: output, as: outputFormat)
    return summary
  }

  /// nil where it has to hold the graph.
  private func stream(
    until cancellation: CancellationFlag?, _ meter: inout LoadMeter,
    report: (SentenceResult, SourceText) -> Void
  ) throws(SystemFailure) -> LoadReport? {
    guard case .rdf(let written) = outputFormat, written.isLineBased else { return nil }
    var documents: [DocumentPart] = []
    let files = try KnowledgeBase.files(inputs)
    let amount = ReadAmount(of: files)
    for file in files {
      guard case .rdf(let format)? = inputFormat ?? DocumentFormat(fileName: file) else {
        return nil
      }
      documents.append(
        DocumentPart(path: file, format: format, keepsGoing: keepsGoing, amount: amount))
    }
    let keepsLabels = documents.count == 1 && documents[0].format.isLineBased
    let file = try OutputFile(output)
    var summary = LoadReport()
    for (number, document) in documents.enumerated() where !summary.wasInterrupted {
      summary.fileCount += 1
      let writer = BlockLineWriter(document: keepsLabels ? nil : number + 1)
      let found = try stream(
        document, writer, hasGraphs: written.hasGraphs, to: file, until: cancellation
      ) { meter.tick(summary.factCount + $0, of: amount.fraction()) }
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

  /// nil when it was interrupted.
  private func stream(
    _ document: DocumentPart, _ writer: consuming BlockLineWriter, hasGraphs: Bool,
    to output: OutputFile, until cancellation: CancellationFlag?, progress: (Int) -> Void
  ) throws(SystemFailure) -> RDFReader.Report? {
    var writer = writer
    var count = 0
    var lines: [UInt8] = []
    var failure: SystemFailure?
    let reading = try document.read(until: cancellation) { block in
      if cancellation?.isRaised == true { return false }
      lines.removeAll(keepingCapacity: true)
      count += block.quads.count
      progress(count)
      do throws(SystemFailure) {
        guard writer.append(block, hasGraphs: hasGraphs, to: &lines) else {
          throw KnowledgeBase.graphFailure(self.output)
        }
        try output.write(lines)
      } catch {
        failure = error
      }
      return failure == nil
    }
    if let failure { throw failure }
    return reading?.report
  }
}
