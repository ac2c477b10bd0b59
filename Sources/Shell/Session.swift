package import Diagnostics
package import Engine
package import KnowledgeBase

/// A session from text to text: runs what is typed or read, and draws what comes of it.
///
/// It knows no terminal: width and colour are settings, output goes to two closures. One thread uses it; a running
/// question is stopped through `cancellation`.
package final class Session {
  package private(set) var knowledge: KnowledgeBase
  package var settings: Settings
  /// Raise it to end the question that runs.
  package let cancellation: CancellationFlag
  /// Whether `.quit` was said.
  package var isOver = false
  /// What was entered in this and earlier sessions, oldest first.
  package var history: () -> [String] = { [] }
  /// Lets the user's editor change a text; nil when it fails.
  package var edit: (String) -> String? = { _ in nil }
  /// What the next entry begins with.
  var draft = ""
  /// The files and directories that the graph came from.
  var loadedPaths: [String] = []
  /// Where `.save` last wrote.
  var savedPath: String?
  /// How many scripts are being read, one from within another.
  var readingDepth = 0
  /// What `.last` draws again.
  var lastOutcome: Outcome?
  private let output: (String) -> Void
  private let errors: (String) -> Void

  /// `output` takes answers, `errors` everything else.
  package init(
    knowledge: KnowledgeBase, settings: Settings,
    cancellation: CancellationFlag = CancellationFlag(),
    output: @escaping (String) -> Void, errors: @escaping (String) -> Void
  ) {
    self.knowledge = knowledge
    self.settings = settings
    self.cancellation = cancellation
    self.output = output
    self.errors = errors
  }

  /// Runs one entry of the prompt: sentences, or a command that begins with a period.
  @discardableResult
  package func enter(_ text: String) -> ExitStatus {
    cancellation.lower()
    if Script.isCommand(text) { return perform(text) }
    return run(SourceText(name: "<prompt>", text), mode: .prompt)
  }

  /// Runs a script: sentences, each with its mark, and commands on lines of their own.
  ///
  /// Ends at the first error unless the settings say to keep going; gives the worst that happened.
  package func run(script source: SourceText) -> ExitStatus {
    knowledge.asScript { run(piecesOf: source) }
  }

  private func run(piecesOf source: SourceText) -> ExitStatus {
    var worst = ExitStatus.success
    for piece in Script.pieces(of: source) {
      let status =
        switch piece {
        case .sentences(let text): run(text, mode: .script)
        case .command(let line): perform(line)
        }
      worst = max(worst, status)
      if isOver || status == .interrupted { return worst }
      if worst > .success, !settings.keepsGoing { return worst }
    }
    return worst
  }

  private func run(_ source: SourceText, mode: RunMode) -> ExitStatus {
    var worst = ExitStatus.success
    let line = progressLine
    var limits = limits
    if let line { limits.progress = { line.show($0) } }
    knowledge.run(source, mode: mode, limits: limits) { result in
      line?.clear()
      let status = show(result, of: source)
      worst = max(worst, status)
      if status == .interrupted { return .stop }
      return status == .success || settings.keepsGoing ? .goOn : .stop
    }
    return worst
  }

  var limits: Limits {
    Limits(seconds: settings.seconds, byteCount: settings.byteCount, cancellation: cancellation)
  }

  /// Draws a result where it belongs, and says what it means for the exit status.
  func show(_ result: SentenceResult, of source: SourceText) -> ExitStatus {
    for warning in result.warnings { show(warning, of: source) }
    switch result.result {
    case .outcome(let outcome):
      let status = show(outcome)
      if case .expectation(let expectation) = outcome, !expectation.passed { return .failure }
      return status
    case .rejected(let diagnostics):
      for diagnostic in diagnostics { show(diagnostic, of: source) }
      return .failure
    case .stopped(let error):
      show(error, at: "\(source.name):\(result.line)")
      return EvaluationText.status(of: error)
    case .failed(let failure):
      report(FailureText.describe(failure))
      return .failure
    }
  }

  private func show(_ error: EvaluationError, at place: String) {
    let message = EvaluationText.describe(error)
    guard settings.isForTerminal else {
      return errors("\(printable(place)): \(settings.errorStyle.strongBad("error:")) \(message)\n")
    }
    if case .interrupted = error { return sayInterrupted(message) }
    errors(settings.errorStyle.careful(message) + "\n")
  }

  /// Says that Ctrl-C ended something: in the place of the `^C` that a terminal has shown, or below it where that stays.
  func sayInterrupted(_ message: String) {
    let start = settings.showsProgress ? "\r\u{1B}[K" : settings.isForTerminal ? "\n" : ""
    errors(start + inLines(settings.errorStyle.careful(message)))
  }

  private func show(_ outcome: Outcome) -> ExitStatus {
    switch outcome {
    case .none: return .success
    case .answer(let answer):
      lastOutcome = outcome
      if answer.rowCount == 0, !settings.isForTerminal {
        notice("nothing found")
        if !settings.isQuiet {
          let reason = answer.absence.map(drawing.absenceLines) ?? ""
          errors(reason + drawing.claimLines(answer.claims))
        }
      }
    case .expectation: break
    default: lastOutcome = outcome
    }
    return write(
      outcome, as: settings.format, rowLimit: settings.isForTerminal ? settings.rowLimit : nil)
  }

  /// Draws for people, whatever the format is.
  var drawing: OutcomeText { writer(rowLimit: nil).drawing }

  private func writer(rowLimit: Int?) -> OutcomeWriter {
    OutcomeWriter(
      settings: settings, rowLimit: rowLimit, cancellation: cancellation,
      prefixes: knowledge.prefixes)
  }

  /// Writes an outcome in a format; nothing when Ctrl-C came meanwhile, or when the format cannot say this. A change is
  /// written all the same, since it was made.
  func write(_ outcome: Outcome, as format: OutputFormat, rowLimit: Int?) -> ExitStatus {
    let text = writer(rowLimit: rowLimit).text(of: outcome, as: format)
    if cancellation.isRaised {
      if case .change = outcome, let text { output(text) }
      sayInterrupted("interrupted")
      return .interrupted
    }
    guard let text else {
      report("this is no graph, so it cannot be written as \(format.rawValue); as json it can")
      return .failure
    }
    output(text)
    return .success
  }

  func show(_ diagnostic: Diagnostic, of source: SourceText) {
    errors(DiagnosticText(source: source, style: settings.errorStyle).draw(diagnostic))
  }

  /// Writes an answer's text as it is.
  func print(_ text: String) { output(text) }

  /// Writes where errors go, without ending the line.
  func sayInPlace(_ text: String) { errors(text) }

  /// Says what went wrong.
  package func report(_ message: String) {
    errors(inLines(settings.errorStyle.strongBad("error:") + " " + printableLines(message)))
  }

  /// Says something that a quiet session leaves out.
  package func notice(_ message: String) {
    if settings.isQuiet { return }
    errors(inLines(settings.errorStyle.dim(printableLines(message))))
  }

  /// Broken at words where a terminal's line ends.
  private func inLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map {
      wrapped(String($0), to: settings.errorStyle.width).joined(separator: "\n") + "\n"
    }.joined()
  }

  /// Takes another graph in place of this one.
  func replace(with other: KnowledgeBase) {
    other.isReadOnly = knowledge.isReadOnly
    other.loadDirectory = knowledge.loadDirectory
    knowledge = other
    loadedPaths = []
    savedPath = nil
    lastOutcome = nil
  }
}
