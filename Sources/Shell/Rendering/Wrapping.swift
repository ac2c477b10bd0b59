import Diagnostics

/// A line of text broken at blanks where the width ends; further lines are indented. Colours take no room.
///
/// Words that are longer than a line stay whole: the terminal breaks them, and they can be copied.
func wrapped(_ line: String, to width: Int?, indent: Int = 0) -> [String] {
  guard let width, displayWidth(withoutColours(line)) > width else { return [line] }
  let margin = String(repeating: " ", count: min(indent, width / 2))
  var lines: [String] = []
  var current = ""
  var used = 0
  for word in line.split(separator: " ", omittingEmptySubsequences: false) {
    let cells = displayWidth(withoutColours(String(word)))
    let isFirst = current.isEmpty
    if !isFirst, used + 1 + cells > width {
      lines.append(current)
      current = margin + word
      used = margin.count + cells
    } else {
      current += (isFirst ? "" : " ") + word
      used += (isFirst ? 0 : 1) + cells
    }
  }
  return lines + [current]
}

/// A text and what it means: beside it in a column of its own, or below it where that would be too narrow.
func explained(_ text: String, widest: Int, _ meaning: String, indent: Int, _ style: Style)
  -> String
{
  let narrowest = 24
  let margin = String(repeating: " ", count: indent)
  let room = style.width.map { $0 - indent - widest - 2 }
  if let room, room < narrowest, room < displayWidth(meaning) {
    let below = wrapped(meaning, to: style.width.map { max(narrowest, $0) - indent - 2 })
    let lines = wrapped(text, to: style.width.map { $0 - indent }, indent: 2)
    return lines.map { margin + $0 + "\n" }.joined()
      + below.map { margin + "  " + style.dim($0) + "\n" }.joined()
  }
  let lines = wrapped(meaning, to: room).map(style.dim)
  let gap = "\n" + margin + String(repeating: " ", count: widest + 2)
  return margin + padded(text, to: widest) + "  " + lines.joined(separator: gap) + "\n"
}

/// A text without its SGR sequences.
private func withoutColours(_ text: String) -> String {
  guard text.utf8.contains(0x1B) else { return text }
  var plain = String.UnicodeScalarView()
  var isInSequence = false
  for scalar in text.unicodeScalars {
    if scalar == "\u{1B}" { isInSequence = true }
    if !isInSequence { plain.append(scalar) }
    if scalar == "m" { isInSequence = false }
  }
  return String(plain)
}
