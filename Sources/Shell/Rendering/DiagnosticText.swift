import Diagnostics

/// A diagnostic with its place, the line, a caret under what it is about, and what would be right.
struct DiagnosticText {
  let source: SourceText
  let style: Style

  /// Lines longer than this many cells are shown around the caret only.
  private static let widestLine = 160
  /// Bytes of a line that are looked at before, in and behind a range: more than so many cells take.
  private static let excerptByteCount = 1 << 12

  func draw(_ diagnostic: Diagnostic) -> String {
    let severity =
      switch diagnostic.severity {
      case .error: style.strongBad("error:")
      case .warning: style.strongCareful("warning:")
      }
    var text = wrapped(
      "\(place(diagnostic.range)): \(severity) \(inOneLine(diagnostic.message))", 2)
    text += excerpt(diagnostic.range)
    for note in diagnostic.notes {
      text += wrapped("  " + style.dim("note:") + " " + inOneLine(note.message), 8)
      if let range = note.range, range != diagnostic.range { text += excerpt(range) }
    }
    if let first = diagnostic.fixIts.first {
      var message = inOneLine(first.message)
      let others = diagnostic.fixIts.dropFirst().map { "'\(printable($0.replacement))'" }
      if !others.isEmpty, message.hasSuffix("?") {
        message = message.dropLast() + " or " + others.joined(separator: " or ") + "?"
      }
      text += wrapped("  " + style.dim("try:") + " " + message, 7)
    }
    return text
  }

  private func wrapped(_ line: String, _ indent: Int) -> String {
    Shell.wrapped(line, to: style.width, indent: indent).map { $0 + "\n" }.joined()
  }

  private func inOneLine(_ message: String) -> String {
    printable(message.split(separator: "\n").joined(separator: " "))
  }

  private func place(_ range: SourceRange) -> String {
    let position = source.position(of: range.lowerBound)
    return "\(printable(source.name)):\(position.line):\(position.column)"
  }

  private func line(_ range: SourceRange) -> SourceRange {
    source.lineRange(containing: range.lowerBound)
  }

  /// The line of a range with a caret line below it.
  private func excerpt(_ range: SourceRange) -> String {
    let line = line(range)
    let start = min(max(range.lowerBound, line.lowerBound), line.upperBound)
    let end = min(max(range.upperBound, start), line.upperBound)
    var before = shown(
      SourceRange(scalar(max(line.lowerBound, start - Self.excerptByteCount)), start))
    let marked = shown(SourceRange(start, scalar(min(end, start + Self.excerptByteCount))))
    var after = shown(
      SourceRange(end, scalar(min(line.upperBound, end + Self.excerptByteCount))))
    let room = max(40, min(Self.widestLine, (style.width ?? Self.widestLine) - 4))
    let markedWidth = min(displayWidth(marked), room)
    if displayWidth(before) + markedWidth > room {
      before = style.ellipsis + tail(before, cells: max(10, room - markedWidth - 1))
    }
    let rest = max(0, room - displayWidth(before) - markedWidth)
    after = elided(after, to: rest, mark: rest > 0 ? style.ellipsis : "")
    let shownMark = elided(marked, to: room, mark: style.ellipsis)
    let caret = "^" + String(repeating: "~", count: max(0, displayWidth(shownMark) - 1))
    let indent = String(repeating: " ", count: displayWidth(before))
    return "  \(before)\(shownMark)\(after)\n  \(indent)\(style.strongBad(caret))\n"
  }

  /// The byte offset of the next code point that begins there or later.
  private func scalar(_ byteOffset: Int) -> Int {
    var index = byteOffset
    while index < source.bytes.count, source.bytes[index] & 0xC0 == 0x80 { index += 1 }
    return index
  }

  private func shown(_ range: SourceRange) -> String {
    let text = source.text(range)
    return printable(String(text.map { $0 == "\t" ? " " : $0 }))
  }

  private func tail(_ text: String, cells: Int) -> String {
    var kept: [Character] = []
    var used = 0
    for character in text.reversed() {
      used += displayWidth(character)
      guard used <= cells else { break }
      kept.append(character)
    }
    return String(kept.reversed())
  }
}
