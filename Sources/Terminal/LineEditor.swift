import CEditLine
import Glibc

/// A line editor over libedit, for the terminal on the standard streams.
///
/// It knows nothing of what is typed: whether an entry is complete and what can stand at the cursor come as closures.
/// One a process, used by one thread.
package final class LineEditor {
  /// What a person did at the prompt.
  package enum Entry: Equatable, Sendable {
    /// A complete entry, with line feeds between its lines.
    case text(String)
    /// Ctrl-C: whatever was typed is dropped.
    case interrupted
    /// Ctrl-D on an empty line.
    case endOfInput
  }

  /// What the editor asks of the one who reads its entries.
  package struct Hooks {
    /// The prompt of a continuation line when the text is not complete; nil when it is.
    package var continuation: (String) -> Prompt?
    /// What can stand at a UTF-8 offset of a text.
    package var complete: (_ text: String, _ offset: Int) -> LineCompletion

    package init(
      continuation: @escaping (String) -> Prompt?,
      complete: @escaping (_ text: String, _ offset: Int) -> LineCompletion
    ) {
      self.continuation = continuation
      self.complete = complete
    }
  }

  let hooks: Hooks
  let isColored: Bool
  private var handle: OpaquePointer?
  private let store: OpaquePointer
  private let file: HistoryFile?
  /// Every entry that can be recalled, oldest first, each once.
  package private(set) var history: [String]
  /// Whether every entry so far could be written to the history file.
  package private(set) var keepsHistory = true
  private var prompt: UnsafeMutablePointer<CChar>
  private(set) var promptWidth = 0
  /// Whether the terminal understands sequences that move the cursor.
  let drawsSequences = (System.environment("TERM") ?? "dumb") != "dumb"
  /// The lines of this entry that are already ended.
  var earlierLines = ""
  /// What the line was after the last Tab, to know a second one.
  var lineAfterTab: String?

  /// Opens the terminal; nil when libedit cannot use it.
  ///
  /// `history` is read at once and appended to with every entry; nil keeps it in memory only.
  package init?(program: String, history file: HistoryFile?, isColored: Bool, hooks: Hooks) {
    guard let store = kosh_history_open(10_000) else { return nil }
    self.store = store
    self.file = file
    self.hooks = hooks
    self.isColored = isColored
    self.history = file?.load() ?? []
    self.prompt = strdup("> ")
    guard let handle = kosh_el_open(program, Unmanaged.passUnretained(self).toOpaque()) else {
      return nil
    }
    self.handle = handle
    for entry in history { kosh_history_add(store, entry) }
    configure(handle)
  }

  deinit {
    if let handle { el_end(handle) }
    history_end(store)
    free(prompt)
  }

  /// Reads one entry, over as many lines as it needs. Afterwards the cursor is at the start of a line.
  package func read(prompt first: Prompt) -> Entry {
    earlierLines = ""
    var prompt = first
    while true {
      switch readLine(prompt: prompt) {
      case .text(let line):
        let text = earlierLines + line
        guard let next = hooks.continuation(text) else {
          remember(text)
          return .text(text)
        }
        earlierLines = text + "\n"
        prompt = next
      case .interrupted:
        return .interrupted
      case .endOfInput:
        guard !earlierLines.isEmpty else { return .endOfInput }
        let text = String(earlierLines.dropLast())
        remember(text)
        return .text(text)
      }
    }
  }

  private func readLine(prompt next: Prompt) -> Entry {
    guard let handle else { return .endOfInput }
    setPrompt(next)
    // libedit draws the prompt first and takes the terminal over with the first key: too late for who types fast.
    kosh_el_prepare_terminal(handle, 1)
    lineAfterTab = nil
    _ = Signals.takeInterrupt()
    var count: Int32 = 0
    if let line = el_gets(handle, &count) {
      var text = String(cString: line)
      if text.hasSuffix("\n") { text.removeLast() }
      return .text(text)
    }
    // Within a search or a quoted key, libedit takes an interrupt for the end of input: the signal itself decides.
    if Signals.takeInterrupt() {
      kosh_el_print("^C\n")
      el_reset(handle)
      return .interrupted
    }
    kosh_el_print("\n")
    return .endOfInput
  }

  private func setPrompt(_ next: Prompt) {
    free(prompt)
    prompt = strdup(next.drawn)
    promptWidth = cellCount(next.text) + 1
  }

  /// Puts an entry into the history, unless it is blank or begins with a space.
  private func remember(_ entry: String) {
    guard !entry.hasPrefix(" "), entry.contains(where: { !$0.isWhitespace }) else { return }
    if history.last == entry { return }
    if let old = history.firstIndex(of: entry) {
      history.remove(at: old)
      kosh_history_clear(store)
      for earlier in history { kosh_history_add(store, earlier) }
    }
    history.append(entry)
    kosh_history_add(store, entry)
    if let file, !file.append(entry) { keepsHistory = false }
  }

  private func configure(_ handle: OpaquePointer) {
    kosh_el_set_mode(handle, "emacs")
    kosh_el_set_prompt(
      handle, { LineEditor.behind($0)?.prompt }, CChar(Prompt.marker))
    kosh_el_set_reader(handle) { LineEditor.behind($0)?.readCharacter($0, $1) ?? -1 }
    kosh_el_set_history(handle, store)
    kosh_el_add_function(handle, "kosh-complete", "Complete what can stand here") { handle, _ in
      UInt8(LineEditor.behind(handle)?.completeAtCursor(handle) ?? CC_ERROR)
    }
    el_source(handle, nil)
    KeyBindings.bind(handle)
  }

  /// The editor that libedit's callbacks belong to.
  private static func behind(_ handle: OpaquePointer?) -> LineEditor? {
    guard let handle, let data = kosh_el_client_data(handle) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(data).takeUnretainedValue()
  }
}
