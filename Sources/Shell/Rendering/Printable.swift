import Diagnostics

/// A text with its control characters as escapes, so that data never steers a terminal: `\n`, `\t`, `\u{1B}`.
///
/// Marks that change the direction or the place of what follows are escaped as well; joiners stay.
func printable(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
  var safe = ""
  for scalar in text.unicodeScalars {
    if isUnsafe(scalar) { safe += escape(scalar) } else { safe.unicodeScalars.append(scalar) }
  }
  return safe
}

/// A text for a terminal that keeps its lines and tabs, with every other control character escaped.
func printableLines(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { isUnsafe($0) && $0 != "\n" }) else { return text }
  var safe = ""
  let scalars = Array(text.unicodeScalars)
  for (index, scalar) in scalars.enumerated() {
    let endsLine = scalar == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
    if !isUnsafe(scalar) || scalar == "\n" || scalar == "\t" || endsLine {
      safe.unicodeScalars.append(scalar)
    } else {
      safe += escape(scalar)
    }
  }
  return safe
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0: true
  case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB: true
  case 0xE0000...0xE007F: true
  default: false
  }
}

private func escape(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\n": "\\n"
  case "\r": "\\r"
  case "\t": "\\t"
  default:
    "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }
}

/// As much of a text as fits into a number of cells, ending in a visible mark when something is left out.
func elided(_ text: String, to cells: Int, mark: String) -> String {
  guard displayWidth(text) > cells else { return text }
  var kept = ""
  var used = displayWidth(mark)
  for character in text {
    used += displayWidth(character)
    guard used <= cells else { break }
    kept.append(character)
  }
  return kept + mark
}

/// A text with spaces after it (or before it) up to a number of cells.
func padded(_ text: String, to cells: Int, alignsRight: Bool = false) -> String {
  let gap = String(repeating: " ", count: max(0, cells - displayWidth(text)))
  return alignsRight ? gap + text : text + gap
}
