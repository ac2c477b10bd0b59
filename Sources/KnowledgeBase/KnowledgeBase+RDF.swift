import Diagnostics
import Engine
import RDF

extension KnowledgeBase {
  /// Reads RDF files and brings their triples into the graph; problems are reported at their places.
  ///
  /// The files' prefixes stay declared, unless they are declared already.
  func read(
    _ files: ArraySlice<(path: String, format: RDFFormat)>, _ keepGoing: Bool,
    until cancellation: CancellationFlag?,
    into summary: inout LoadReport, report: (SentenceResult, SourceText) -> Void
  ) throws(SystemFailure) {
    settle()
    var rdf = RDFLoad(dictionary, until: cancellation)
    for file in files where !summary.wasInterrupted {
      summary.fileCount += 1
      try read(file.path, file.format, keepGoing, with: &rdf, into: &summary, report: report)
    }
    if rdf.count == 0 || summary.wasInterrupted || summary.errorCount > 0 && !keepGoing { return }
    snapshot = rdf.finish(adding: snapshot)
    namesAreStale = true
  }

  private func read(
    _ file: String, _ format: RDFFormat, _ keepGoing: Bool, with rdf: inout RDFLoad,
    into summary: inout LoadReport, report: (SentenceResult, SourceText) -> Void
  ) throws(SystemFailure) {
    documentCount += 1
    do {
      let found = try rdf.read(
        file, format, document: documentCount, firstLine: origins.nextNumber,
        keepsGoing: keepGoing)
      _ = origins.reserve(file: file, lineCount: found.lineCount)
      summary.factCount += found.quadCount
      summary.add(found.problems, skipping: found.skippedLineCount)
      for problem in found.problems {
        let (result, source) = Self.rejection(problem, file)
        report(result, source)
      }
      for entry in found.prefixes where namespaces[entry.prefix] == nil {
        namespaces[entry.prefix] = entry.namespace
      }
    } catch let failure as SystemFailure {
      throw failure
    } catch EvaluationError.interrupted {
      summary.wasInterrupted = true
    } catch let error as EvaluationError {
      summary.errorCount += 1
      report(
        SentenceResult(range: SourceRange(0, 0), line: 1, result: .stopped(error)),
        SourceText(name: file, ""))
    } catch {
      preconditionFailure("an error of no known kind: \(error)")
    }
  }

  /// A problem of an RDF file, in the excerpt around it.
  static func rejection(
    _ problem: RDFReader.Problem, _ file: String
  ) -> (SentenceResult, SourceText) {
    var diagnostic = problem.diagnostic
    diagnostic.range = problem.rangeInExcerpt
    let before = SourceText(name: file, bytes: problem.excerpt.bytes)
      .position(of: problem.rangeInExcerpt.lowerBound)
    let start = SourcePosition(
      line: problem.position.line - before.line + 1,
      column: before.line > 1 ? 1 : problem.position.column - before.column + 1)
    let result = SentenceResult(
      range: problem.rangeInExcerpt, line: problem.position.line, result: .rejected([diagnostic]))
    return (result, SourceText(name: file, bytes: problem.excerpt.bytes, start: start))
  }
}

extension LoadReport {
  /// Counts what was wrong with a document; of its problems only the first are at hand.
  mutating func add(_ problems: [RDFReader.Problem], skipping skippedLineCount: Int) {
    errorCount += max(problems.count, skippedLineCount)
    self.skippedLineCount += skippedLineCount
  }
}
