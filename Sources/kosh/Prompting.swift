import Glibc
import Shell
import Terminal

/// An interactive session: reads entries at the prompt and runs them until it is left.
struct Prompting {
  private let session: Session
  private let traits: TerminalTraits
  private let output: StandardOutput
  private let startFile: Invocation.StartFile

  init(
    _ session: Session, _ traits: TerminalTraits, _ output: StandardOutput,
    startFile: Invocation.StartFile
  ) {
    self.session = session
    self.traits = traits
    self.output = output
    self.startFile = startFile
  }

  func run() -> ExitStatus {
    let isColored = session.settings.style.isColored
    guard
      let editor = LineEditor(
        program: "kosh", history: HistoryFile.standard(), isColored: isColored, hooks: hooks)
    else {
      session.report("this terminal cannot be used for a prompt; try -c, -f or standard input")
      return .failure
    }
    Interrupt.catchSignals()
    session.history = { [unowned editor] in editor.history }
    session.greet()
    guard runStartFile() == .success || !session.isOver else { return .success }
    let prompt = Prompt("kosh>", style: isColored ? "1;36" : nil)
    var isWarned = false
    while !session.isOver {
      output.flush()
      switch editor.read(prompt: prompt) {
      case .text(let text):
        if session.settings.fixedWidth == nil {
          session.settings.style.width = TerminalTraits.size()?.columns
        }
        if !editor.keepsHistory, !isWarned {
          isWarned = true
          session.notice("what is entered cannot be written to the history file")
        }
        session.enter(text)
      case .interrupted: continue
      case .endOfInput: return .success
      }
    }
    return .success
  }

  private var hooks: LineEditor.Hooks {
    let isColored = session.settings.style.isColored
    return LineEditor.Hooks(
      continuation: { text in
        Session.continuationCue(for: text).map { Prompt($0, style: isColored ? "36" : nil) }
      },
      complete: { [unowned session] text, offset in
        let found = session.complete(text, at: offset)
        return LineCompletion(
          start: found.start,
          items: found.items.map { LineCompletion.Item(text: $0.text, description: $0.description) }
        )
      })
  }

  private func runStartFile() -> ExitStatus {
    switch startFile {
    case .none: return .success
    case .file(let path): return session.run(file: path)
    case .standard:
      guard let path = Self.standardStartFile(), access(path, F_OK) == 0 else { return .success }
      return session.run(file: path)
    }
  }

  /// Where the XDG base directory specification puts it.
  private static func standardStartFile() -> String? {
    if let directory = getenv("XDG_CONFIG_HOME").map({ String(cString: $0) }),
      directory.hasPrefix("/")
    {
      return directory + "/kosh/rc"
    }
    return getenv("HOME").map { String(cString: $0) + "/.config/kosh/rc" }
  }
}
