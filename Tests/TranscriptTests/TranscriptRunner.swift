import Diagnostics
import KnowledgeBase

@testable import Shell

/// Runs entries in a session that stands for a terminal of 80 cells without colour and without times.
final class TranscriptRunner {
  private let session: Session
  private let shown: Shown

  /// What the session wrote, answers and errors in their order.
  private final class Shown {
    var text = ""
  }

  /// `paths` is what the graph is loaded from.
  init(loading paths: [String]) {
    let shown = Shown()
    var settings = Settings()
    settings.isForTerminal = true
    settings.style.width = 80
    settings.showsTime = false
    session = Session(
      knowledge: KnowledgeBase(), settings: settings, output: { shown.text += $0 },
      errors: { shown.text += $0 })
    self.shown = shown
    if !paths.isEmpty { _ = session.load(paths) }
  }

  /// What is shown for an entry.
  func enter(_ entry: String) -> String {
    shown.text = ""
    session.enter(entry)
    return shown.text
  }

  /// Runs a script; gives what it says when it does not end well.
  func run(script: String, named name: String) -> String? {
    shown.text = ""
    let status = session.run(script: SourceText(name: name, script))
    return status == .success ? nil : shown.text
  }

  /// A transcript with the outputs that really come.
  func replay(_ transcript: Transcript) -> Transcript {
    var replayed = transcript
    for index in replayed.steps.indices {
      replayed.steps[index].output = enter(replayed.steps[index].entry)
    }
    return replayed
  }
}
