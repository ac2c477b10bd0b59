import Diagnostics
import Engine
import RDF

extension KnowledgeBase {
  /// Reads RDF files and brings their triples into the graph; problems are reported at their places.
  ///
  /// The files' prefixes stay declared, unless they are declared already.
  func read(
    _ files: [(path: String, format: RDFFormat)], _ options: LoadOptions,
    into summary: inout LoadReport, report: (SentenceResult, SourceText) -> Void
  ) throws(SystemFailure) {
    settle()
    var rdf = RDFLoad(
      dictionary, until: options.cancellation, LoadMeter("triple", options.progress),
      counting: options.amount)
    let documents = DocumentSet(
      files, keepsGoing: options.keepsGoing, counting: options.amount)
    defer { documents.pool?.finish() }
    for number in files.indices where !summary.wasInterrupted {
      summary.fileCount += 1
      try read(number, of: documents, with: &rdf, into: &summary, report: report)
    }
    if summary.wasInterrupted || summary.errorCount > 0 && !options.keepsGoing { return }
    if rdf.count == 0 { return }
    do throws(EvaluationError) {
      snapshot = try rdf.finish(adding: snapshot)
      namesAreStale = true
    } catch {
      summary.wasInterrupted = true
    }
  }

  private func read(
    _ number: Int, of documents: DocumentSet, with rdf: inout RDFLoad,
    into summary: inout LoadReport, report: (SentenceResult, SourceText) -> Void
  ) throws(SystemFailure) {
    let parts = documents.parts[documents.ranges[number]]
    guard let first = parts.first else { return }
    documentCount += 1
    let place = RDFLoad.Place(document: documentCount, firstLine: origins.nextNumber)
    do {
      let found =
        if let pool = documents.pool {
          try rdf.read(documents.ranges[number], of: pool, documents.parts, at: place)
        } else {
          try rdf.read(first, at: place)
        }
      _ = origins.reserve(file: first.path, lineCount: found.lineCount)
      summary.factCount += found.quadCount
      summary.add(found.problems, skipping: found.skippedLineCount)
      for problem in found.problems {
        let (result, source) = Self.rejection(problem, first.path)
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
        SourceText(name: first.path, ""))
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
