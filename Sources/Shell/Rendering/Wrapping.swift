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
