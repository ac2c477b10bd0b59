import CEditLine
import CPlatform
import Glibc

/// A line editor for the terminal on the standard streams: libedit has the keys and the buffer, what is seen is drawn here.
///
/// It knows nothing of what is typed: whether an entry is complete, what its words are and what can stand at the cursor
/// come as closures. One a process, used by one thread.
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
    /// What stands before the next line when the text is not complete; nil when it is.
    package var continuation: (String) -> String?
    /// The classes of a text's pieces, the cursor being at a UTF-8 offset; what is left out is plain.
    package var classify: (_ text: String, _ offset: Int) -> [ClassedRange]
    /// What can stand at a UTF-8 offset of a text.
    package var complete: (_ text: String, _ offset: Int) -> LineCompletion
    /// How a text would likely go on; empty when there is nothing to say.
    package var suggest: (String) -> String

    package init(
      continuation: @escaping (String) -> String?,
      classify: @escaping (_ text: String, _ offset: Int) -> [ClassedRange],
      complete: @escaping (_ text: String, _ offset: Int) -> LineCompletion,
      suggest: @escaping (String) -> String
    ) {
      self.continuation = continuation
      self.classify = classify
      self.complete = complete
      self.suggest = suggest
    }
  }

  let hooks: Hooks
  /// How classes of text are drawn, from the next entry on.
  package var palette: Palette
  /// Whether the terminal understands sequences that move the cursor.
  let drawsSequences: Bool
  let handle: OpaquePointer
  var input = KeyInput()
  var view: EditView
  var entries: EntryHistory
  var recall: HistoryRecall?
  /// The search in the history that 'n' and 'N' of vi go on with, and what it last looked for.
  var searched: HistorySearch?
  var lastQuery = ""
  /// How the entry that is read ends, once it does.
  var outcome: Entry?
  /// Put into the buffer when the next entry begins.
  var draft = ""
  /// How many characters libedit's buffers are known to hold.
  var room = Int(kosh_el_first_room)
  /// How long a count is that is being typed.
  var count = CountKeys()
  /// Keys that are read before those that are typed: a change of vi that is repeated, or a macro.
  var repeated: ArraySlice<Unicode.Scalar> = []
  /// How many macros came since a key was typed.
  var macroCount = 0
  /// Whether libedit is asked for the keys that it holds itself.
  var isDraining = false

  /// Opens the terminal; nil when libedit cannot use it.
  ///
  /// `history` is appended to with every entry, and read again when another session did; nil keeps entries in memory only.
  /// `isUnicode` says whether marks beyond ASCII can be drawn.
  package init?(
    program: String, history file: HistoryFile?, palette: Palette, isUnicode: Bool, hooks: Hooks
  ) {
    guard let store = kosh_history_open(10_000), let handle = kosh_el_open(program) else {
      return nil
    }
    self.handle = handle
    self.hooks = hooks
    self.palette = palette
    drawsSequences = (System.environment("TERM") ?? "dumb") != "dumb"
    view = EditView(drawsSequences: drawsSequences, isUnicode: isUnicode) {
      // What a terminal refuses is not missed: one that is gone ends the reading.
      _ = System.write($0, to: STDOUT_FILENO)
    }
    entries = EntryHistory(store: store, file: file)
    kosh_el_set_client_data(handle, Unmanaged.passUnretained(self).toOpaque())
    kosh_el_set_mode(handle, "emacs")
    kosh_el_set_reader(handle) { LineEditor.behind($0)?.readCharacter($1) ?? -1 }
    kosh_el_set_history(handle, store)
    EditFunction.addAll(to: handle)
    EditRC.apply(to: handle)
    KeyBindings.bind(handle)
  }

  deinit {
    el_end(handle)
    history_end(entries.store)
  }

  /// Every entry that can be recalled, oldest first, each once.
  package var history: [String] { entries.entries }

  /// Whether every entry so far could be written to the history file.
  package var keepsHistory: Bool { entries.isKept }

  /// Reads one entry, over as many lines as it needs, beginning with a draft. Afterwards the cursor is at the start of a line.
  package func read(prompt: String, draft: String = "") -> Entry {
    self.draft = draft
    view.begin(prompt: prompt, palette: palette)
    (recall, searched) = (nil, nil)
    entries.refresh()
    takeTerminal()
    // What the last entry left there is not for this one.
    _ = takePushedKeys()
    repeated = []
    outcome = nil
    if Signals.takeInterrupt() { dropKeys() }
    var count: Int32 = 0
    let line = el_wgets(handle, &count)
    let ended = outcome ?? (line == nil ? .endOfInput : .text(EditBuffer(handle).text))
    finish(ended)
    return ended
  }

  private func finish(_ entry: Entry) {
    switch entry {
    case .text(let text): view.finish(EditBuffer(text: text, cursor: text.utf8.count), "", hooks)
    case .interrupted: view.finish(EditBuffer(handle), "^C", hooks)
    case .endOfInput: view.finish(EditBuffer(), "", hooks)
    }
    releaseTerminal()
    if case .text(let text) = entry { entries.add(text) }
  }

  // MARK: The terminal

  private func takeTerminal() {
    Signals.watchAtPrompt(true)
    kosh_el_prepare_terminal(handle, 1)
    // What was typed meanwhile has been echoed by the terminal; it is read, and drawn in its place.
    if drawsSequences { view.write("\r\u{1B}[J\u{1B}[?2004h") }
  }

  func releaseTerminal() {
    if drawsSequences { view.write("\u{1B}[?2004l") }
    kosh_el_prepare_terminal(handle, 0)
    Signals.watchAtPrompt(false)
  }

  /// Gives the terminal away for a while, and takes it back.
  func withTerminalReleased(_ body: () -> Void) {
    releaseTerminal()
    body()
    takeTerminal()
  }

  // MARK: Functions

  /// The editor that libedit's callbacks belong to.
  static func behind(_ handle: OpaquePointer?) -> LineEditor? {
    guard let handle, let data = kosh_el_client_data(handle) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(data).takeUnretainedValue()
  }

  /// What a bound function does: changes the buffer, which libedit then takes over.
  static func act(
    _ handle: OpaquePointer?, _ body: (LineEditor, inout EditBuffer) -> Void
  ) -> UInt8 {
    guard let handle, let editor = behind(handle) else { return UInt8(CC_ERROR) }
    // libedit's '.' calls what it repeats without a key.
    editor.settle()
    var buffer = EditBuffer(handle)
    body(editor, &buffer)
    buffer.store(in: handle)
    return UInt8(editor.outcome == nil ? CC_REFRESH : CC_EOF)
  }
}
