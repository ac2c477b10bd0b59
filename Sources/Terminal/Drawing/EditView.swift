/// What is seen of an entry while it is edited: the prompt, the text in its classes, what could go on, and lists below.
struct EditView {
  private(set) var prompt = ""
  private var painter: any Painter
  private let drawsSequences: Bool
  private var isColored = false
  private var size = (columns: 80, rows: 24)
  /// The first row of the frame that is on the screen, when not all of them are.
  private var top = 0
  private var cues = CueCache()
  private var classes = ClassCache()
  /// What could go on from the end of which text.
  private var ghost = (text: "", after: "")
  /// The candidates that are listed while the buffer stays as it is.
  private var list: (candidates: CandidateList, buffer: EditBuffer)?

  /// What stands where a suggestion or a row of a list is cut.
  private let ellipsis: String

  /// Gives bytes to the terminal.
  private let output: ([UInt8]) -> Void

  /// An entry of more bytes, some 800 words, is only analysed when no key has come for a while.
  private static let longestForEachKey = 4_096
  /// Milliseconds in which somebody who is typing has typed another key.
  private static let longPause: Int32 = 120
  /// Milliseconds in which the terminal has shown a key, and the processor is free.
  private static let shortPause: Int32 = 2

  init(drawsSequences: Bool, isUnicode: Bool, output: @escaping ([UInt8]) -> Void) {
    self.output = output
    ellipsis = isUnicode ? "…" : "..."
    self.drawsSequences = drawsSequences
    painter = DumbPainter()
  }

  /// Begins to draw an entry at the cursor.
  mutating func begin(prompt: String, palette: Palette) {
    self.prompt = prompt
    isColored = palette != .none
    painter = drawsSequences ? SequencePainter(palette: palette) : DumbPainter()
    size = Self.windowSize()
    top = 0
    ghost = ("", "")
    list = nil
  }

  // MARK: What is drawn

  /// Shows the buffer at once, then what the hooks say of it, as long as no key follows: no key waits for what was before it.
  ///
  /// `recall` says how an entry of the history goes on that begins with a text.
  mutating func follow(
    _ buffer: EditBuffer, recall: (String) -> String, _ hooks: LineEditor.Hooks,
    keyFollows: (_ milliseconds: Int32) -> Bool
  ) {
    let isLong = buffer.text.utf8.count > Self.longestForEachKey
    if isLong || classes.milliseconds > 1 {
      show(buffer, hooks, isProvisional: true)
      guard !keyFollows(isLong ? Self.longPause : 0) else { return }
    }
    show(buffer, hooks)
    guard !keyFollows(Self.shortPause) else { return }
    suggest(after: buffer, recall, hooks)
  }

  /// Shows the buffer; in the colours it had before where `isProvisional`, which takes no time.
  private mutating func show(
    _ buffer: EditBuffer, _ hooks: LineEditor.Hooks, isProvisional: Bool = false
  ) {
    if let shown = list?.buffer, shown != buffer { list = nil }
    var builder = self.builder
    if isProvisional {
      classes.follow(buffer.text)
    } else {
      classes.update(for: buffer, hooks.classify)
    }
    addEntry(buffer, &builder, hooks)
    var frame = builder.frame
    if let candidates = list?.candidates {
      frame.rows += candidates.rows(
        columns: size.columns, height: max(1, size.rows - frame.rows.count))
    }
    paint(frame)
  }

  /// Looks for what could go on from the end, and shows it.
  private mutating func suggest(
    after buffer: EditBuffer, _ recall: (String) -> String, _ hooks: LineEditor.Hooks
  ) {
    guard isColored, drawsSequences, buffer.isAtEnd, !buffer.isEmpty, list == nil else { return }
    guard ghost.after != buffer.text else { return }
    let fromHistory = recall(buffer.text)
    let found = fromHistory.isEmpty ? hooks.suggest(buffer.text) : fromHistory
    ghost = (found, buffer.text)
    show(buffer, hooks, isProvisional: true)
  }

  /// An entry of the history is shown as it is.
  mutating func suggestNothing(after buffer: EditBuffer) { ghost = ("", buffer.text) }

  /// What would be taken over at the end of the buffer.
  func offered(to buffer: EditBuffer) -> String {
    guard buffer.isAtEnd, !buffer.isEmpty, isColored, drawsSequences else { return "" }
    return remainder(of: ghost, after: buffer.text)
  }

  /// What is left of a suggestion when some of it was typed.
  private func remainder(of ghost: (text: String, after: String), after text: String) -> String {
    guard !ghost.text.isEmpty, text.utf8.starts(with: ghost.after.utf8) else { return "" }
    let typed = text.utf8.dropFirst(ghost.after.utf8.count)
    guard ghost.text.utf8.starts(with: typed) else { return "" }
    return String(decoding: ghost.text.utf8.dropFirst(typed.count), as: UTF8.self)
  }

  /// Lists candidates below while the buffer stays as it is.
  mutating func list(_ candidates: CandidateList, for buffer: EditBuffer) {
    var candidates = candidates
    candidates.ellipsis = ellipsis
    guard drawsSequences else { return print(candidates) }
    list = (candidates, buffer)
  }

  /// What is listed for this very buffer.
  func listedCandidates(for buffer: EditBuffer) -> CandidateList? {
    list?.buffer == buffer ? list?.candidates : nil
  }

  /// On a terminal that cannot go up, a list stays above.
  private mutating func print(_ candidates: CandidateList) {
    painter.finish("")
    for row in candidates.rows(columns: size.columns, height: 20) {
      write(painter.takeOutput() + row.cells.flatMap { Array($0.text.utf8) } + Array("\r\n".utf8))
    }
  }

  /// An entry of the history with what was searched in it, and the search below; on a terminal of one row, before it.
  mutating func show(_ search: HistorySearch, over buffer: EditBuffer, _ hooks: LineEditor.Hooks) {
    let entry = search.entry.map { EditBuffer(text: $0, cursor: $0.utf8.count) } ?? buffer
    classes.update(for: entry) { text, cursor in
      hooks.classify(text, cursor) + (search.foundRange.map { [ClassedRange($0, .found)] } ?? [])
    }
    var builder = self.builder
    (ghost, list) = (("", ""), nil)
    if drawsSequences {
      addEntry(entry, &builder, hooks)
      builder.startRow()
    }
    let isMissing = search.match == nil && !search.query.isEmpty
    builder.add(isMissing ? "not found: " : "search: ", isMissing ? .wrong : .cue)
    builder.add(search.query, .plain)
    builder.placeCursor()
    if !drawsSequences, let found = search.entry {
      builder.add(": " + found.replacing("\n", with: " "), .plain)
    }
    paint(builder.frame)
  }

  private var builder: FrameBuilder {
    FrameBuilder(columns: drawsSequences ? size.columns : .max)
  }

  private mutating func addEntry(
    _ buffer: EditBuffer, _ builder: inout FrameBuilder, _ hooks: LineEditor.Hooks
  ) {
    cues.update(for: buffer.text, hooks.continuation)
    builder.add(prompt + " ", .prompt)
    var offset = 0
    var line = 0
    for character in buffer.text {
      if offset <= buffer.cursor, buffer.cursor < offset + character.utf8.count {
        builder.placeCursor()
      }
      builder.add(character, classes[offset])
      offset += character.utf8.count
      if character == "\n" {
        builder.add(cues[line] + " ", .cue)
        line += 1
      }
    }
    if buffer.isAtEnd { builder.placeCursor() }
    addGhost(offered(to: buffer), &builder)
  }

  /// Of a suggestion of several lines only the first is shown.
  private func addGhost(_ text: String, _ builder: inout FrameBuilder) {
    guard let line = text.split(separator: "\n", omittingEmptySubsequences: false).first else {
      return
    }
    builder.add(line, .ghost)
    if line.utf8.count < text.utf8.count { builder.add(ellipsis, .ghost) }
  }

  // MARK: The terminal

  private mutating func paint(_ frame: Frame) {
    painter.paint(frame.window(height: size.rows, top: &top), columns: size.columns)
    flush()
  }

  /// Leaves the whole entry on the screen with an ending behind it, and goes to the line below.
  mutating func finish(_ buffer: EditBuffer, _ ending: String, _ hooks: LineEditor.Hooks) {
    (ghost, list) = (("", ""), nil)
    var builder = self.builder
    classes.update(for: buffer, hooks.classify)
    addEntry(buffer, &builder, hooks)
    if drawsSequences, builder.frame.rows.count > size.rows {
      painter.erase()
      painter.paint(builder.frame, columns: size.columns)
    } else {
      paint(builder.frame)
    }
    painter.finish(ending)
    flush()
  }

  mutating func resize() {
    size = Self.windowSize()
    painter.eraseBrokenAnew(columns: size.columns)
    flush()
  }

  mutating func clearScreen() { painter.clearScreen() }

  mutating func ringBell() {
    painter.ringBell()
    flush()
  }

  /// Writes beside what is drawn: what takes no cells.
  mutating func write(_ text: String) { write(Array(text.utf8)) }

  private mutating func flush() { write(painter.takeOutput()) }

  private func write(_ bytes: [UInt8]) {
    if !bytes.isEmpty { output(bytes) }
  }

  private static func windowSize() -> (columns: Int, rows: Int) {
    TerminalTraits.size() ?? (columns: 80, rows: 24)
  }
}
