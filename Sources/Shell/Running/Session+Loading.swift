import Diagnostics
package import KnowledgeBase

extension Session {
  /// How many errors of one load are shown.
  private static let shownErrorLimit = 20

  /// Loads files and directories into the graph; says what is wrong with them.
  package func load(_ paths: [String]) -> ExitStatus {
    let (report, status) = load(paths, keepsGoing: settings.keepsGoing, isCheck: false)
    guard let report else { return status }
    if report.errorCount == 0 || settings.keepsGoing { loadedPaths += paths }
    return status
  }

  /// Reads files and directories only to find what is wrong with them.
  package func check(_ paths: [String]) -> ExitStatus {
    let (report, status) = load(paths, keepsGoing: true, isCheck: true)
    guard let report else { return status }
    let found = report.errorCount == 0 ? "no errors" : counted(report.errorCount, "error")
    let read = "\(counted(report.fileCount, "file")), \(counted(report.sentenceCount, "sentence"))"
    print("\(read): \(found)\n")
    return status
  }

  private func load(
    _ paths: [String], keepsGoing: Bool, isCheck: Bool
  ) -> (LoadReport?, ExitStatus) {
    var warningCount = 0
    var errors = ErrorCount(limit: Self.shownErrorLimit)
    let line = progressLine
    cancellation.lower()
    do throws(SystemFailure) {
      defer { line?.clear() }
      let report = try knowledge.load(
        paths, keepGoing: keepsGoing, readsExpectations: isCheck, cancellation: cancellation,
        progress: line?.show
      ) { result, source in
        line?.clear()
        warningCount += result.warnings.count
        if isCheck { for warning in result.warnings { show(warning, of: source) } }
        show(loaded: result, of: source, &errors)
      }
      line?.clear()
      summarize(errors, skippedLineCount: report.skippedLineCount)
      if report.wasInterrupted {
        sayInterrupted("interrupted, nothing was loaded")
        return (nil, .interrupted)
      }
      if warningCount > 0, !isCheck, settings.isForTerminal {
        notice("\(counted(warningCount, "warning")); 'kosh check' shows them")
      }
      return (report, report.errorCount == 0 ? .success : .failure)
    } catch {
      summarize(errors)
      self.report(FailureText.describe(error))
      return (nil, .failure)
    }
  }

  var progressLine: ProgressLine? {
    settings.showsProgress && !settings.isQuiet
      ? ProgressLine(settings.errorStyle) { [unowned self] in sayInPlace($0) } : nil
  }

  private func show(
    loaded result: SentenceResult, of source: SourceText, _ errors: inout ErrorCount
  ) {
    var result = result
    result.warnings = []
    guard case .rejected(let diagnostics) = result.result else {
      _ = show(result, of: source)
      return
    }
    for diagnostic in diagnostics where errors.countOne() { show(diagnostic, of: source) }
  }

  /// Converts files; says what is wrong with them.
  package func convert(_ conversion: Conversion) -> ExitStatus {
    var errors = ErrorCount(limit: Self.shownErrorLimit)
    let line = progressLine
    cancellation.lower()
    do throws(SystemFailure) {
      defer { line?.clear() }
      let report = try conversion.run(until: cancellation, progress: line?.show) { result, source in
        line?.clear()
        show(loaded: result, of: source, &errors)
      }
      line?.clear()
      summarize(errors, skippedLineCount: report.skippedLineCount)
      if report.wasInterrupted {
        sayInterrupted("interrupted, nothing was written")
        return .interrupted
      }
      return report.errorCount == 0 ? .success : .failure
    } catch {
      // Whoever reads has enough.
      if conversion.output == "-", error.isBrokenPipe { return .success }
      if cancellation.isRaised {
        sayInterrupted("interrupted, nothing was written")
        return .interrupted
      }
      summarize(errors)
      self.report(FailureText.describe(error))
      return .failure
    }
  }

  private func summarize(_ errors: ErrorCount, skippedLineCount: Int = 0) {
    if skippedLineCount > 0 {
      self.report("left out \(counted(skippedLineCount, "line")) that could not be read")
    } else if errors.hiddenCount > 0 {
      self.report("and \(counted(errors.hiddenCount, "more error"))")
    }
  }

  /// Runs the expectations of files and directories; draws those that fail, and counts.
  package func test(_ paths: [String]) -> ExitStatus {
    var errors = ErrorCount(limit: Self.shownErrorLimit)
    var passedCount = 0
    var failedCount = 0
    var worst = ExitStatus.success
    do throws(SystemFailure) {
      let report = try knowledge.test(paths, limits: limits) { result, source in
        guard case .outcome(.expectation(let expectation)) = result.result else {
          if case .stopped(let error) = result.result {
            worst = max(worst, EvaluationText.status(of: error))
          }
          return show(loaded: result, of: source, &errors)
        }
        if expectation.passed { passedCount += 1 } else { failedCount += 1 }
        if !expectation.passed {
          print("\(source.name):\(result.line): " + drawing.draw(expectation))
        }
      }
      summarize(errors)
      if report.errorCount > 0 { return .failure }
    } catch {
      self.report(FailureText.describe(error))
      return .failure
    }
    print("\(grouped(passedCount)) passed, \(grouped(failedCount)) failed\n")
    return max(worst, failedCount == 0 ? .success : .failure)
  }
}

/// Counts errors, and says of each whether it is still to be shown.
private struct ErrorCount {
  let limit: Int
  private var count = 0

  init(limit: Int) {
    self.limit = limit
  }

  var hiddenCount: Int { max(0, count - limit) }

  mutating func countOne() -> Bool {
    count += 1
    return count <= limit
  }
}
