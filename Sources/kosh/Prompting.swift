import Glibc
import Sentences
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
    guard
      let editor = LineEditor(
        program: "kosh", history: HistoryFile.standard(), palette: palette,
        isUnicode: traits.isUnicode, hooks: hooks)
    else {
      session.report("this terminal cannot be used for a prompt; try -c, -f or standard input")
      return .failure
    }
    session.history = { [unowned editor] in editor.history }
    session.greet()
    guard runStartFile() == .success || !session.isOver else { return .success }
    session.edit = ExternalEditor.edit
    var isWarned = false
    while !session.isOver {
      output.flush()
      session.prepareForTyping()
      editor.palette = palette
      switch editor.read(prompt: "kosh>", draft: session.takeDraft()) {
      case .text(let text):
        if session.settings.fixedWidth == nil {
          session.settings.style.width = TerminalTraits.size()?.columns
        }
        if !editor.keepsHistory, !isWarned {
          isWarned = true
          session.notice("what is entered cannot be written to the history file")
        }
        let pager = session.settings.usesPager ? Pager.standard() : nil
        let rows = TerminalTraits.size()?.rows ?? 24
        output.paging(through: pager, beyond: rows - 1) { session.enter(text) }
      case .interrupted: continue
      case .endOfInput: return .success
      }
    }
    return .success
  }

  private var palette: Palette {
    guard session.settings.style.isColored else { return .none }
    return traits.hasPalette ? .rich : .basic
  }

  private var hooks: LineEditor.Hooks {
    LineEditor.Hooks(
      continuation: Session.continuationCue,
      classify: { [unowned session] text, offset in
        session.classify(text, cursor: offset).map { mark in
          ClassedRange(mark.range.lowerBound..<mark.range.upperBound, Self.textClass(mark.kind))
        }
      },
      complete: { [unowned session] text, offset in
        let found = session.complete(text, at: offset)
        return LineCompletion(
          start: found.start,
          items: found.items.map { LineCompletion.Item(text: $0.text, description: $0.description) }
        )
      },
      suggest: { [unowned session] text in session.suggestion(after: text) })
  }

  private static func textClass(_ kind: TextMark.Kind) -> TextClass {
    switch kind {
    case .keyword: .keyword
    case .relation: .relation
    case .name: .name
    case .gap: .gap
    case .value: .value
    case .comment: .comment
    case .command: .command
    case .unknown, .new: .unknown
    case .wrong: .wrong
    case .unclosed: .unclosed
    case .partner: .partner
    }
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
