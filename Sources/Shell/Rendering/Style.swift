/// How answers are drawn: colours, characters and width of what they are drawn on.
package struct Style: Hashable, Sendable {
  package var isColored: Bool
  /// Whether lines, arrows and dots beyond ASCII can be drawn. Data is never changed by it.
  package var isUnicode: Bool
  /// The cells of a line; nil off a terminal: nothing is cut there.
  package var width: Int?
  /// Whether there are 256 colours, some of which read as well on white as on black.
  package var hasPalette = false
  /// Whether text can be a link (OSC 8).
  package var hasLinks = false

  package init(isColored: Bool = false, isUnicode: Bool = true, width: Int? = nil) {
    self.isColored = isColored
    self.isUnicode = isUnicode
    self.width = width
  }

  /// The text as a link, where links can be drawn and the address is one that a browser opens.
  func link(_ text: String, to address: String?) -> String {
    guard hasLinks, let address, address.hasPrefix("https://") || address.hasPrefix("http://"),
      address.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return text }
    return "\u{1B}]8;;\(address)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
  }

  func dim(_ text: String) -> String { paint(text, "2", "38;5;243") }
  func strong(_ text: String) -> String { paint(text, "1", "1") }
  func good(_ text: String) -> String { paint(text, "32", "38;5;64") }
  func bad(_ text: String) -> String { paint(text, "31", "38;5;160") }
  func strongBad(_ text: String) -> String { paint(text, "1;31", "1;38;5;160") }
  func careful(_ text: String) -> String { paint(text, "35", "38;5;130") }
  func strongCareful(_ text: String) -> String { paint(text, "1;35", "1;38;5;130") }
  func relation(_ text: String) -> String { paint(text, "36", "38;5;31") }

  /// Of the eight colours yellow is left out, which nobody reads on white.
  private func paint(_ text: String, _ basic: String, _ rich: String) -> String {
    guard isColored, !text.isEmpty else { return text }
    return "\u{1B}[\(hasPalette ? rich : basic)m\(text)\u{1B}[0m"
  }

  var ellipsis: String { isUnicode ? "…" : "..." }
  var dot: String { isUnicode ? "·" : "-" }
  /// What stands where a cell has no value.
  var missing: String { isUnicode ? "–" : "-" }
  var horizontal: String { isUnicode ? "─" : "-" }
  var forwardArrow: String { isUnicode ? "→" : "->" }
  var backwardArrow: String { isUnicode ? "←" : "<-" }
  var dash: String { isUnicode ? "—" : "-" }

  /// `a · b`, leaving out what is empty.
  func dotted(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: " \(dot) ")
  }
}
