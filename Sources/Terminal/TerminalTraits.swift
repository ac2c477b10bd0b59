import CPlatform
import Glibc

/// What the standard streams are, and what can be drawn on them.
package struct TerminalTraits: Sendable {
  package let isInputTerminal: Bool
  package let isOutputTerminal: Bool
  package let isErrorTerminal: Bool
  /// Whether the locale's encoding is UTF-8, so that more than ASCII can be drawn.
  package let isUnicode: Bool
  /// Whether the environment allows colour: `NO_COLOR` is empty and `TERM` is a terminal with colours.
  package let allowsColor: Bool
  /// Whether it is said to have the palette of 256 colours.
  package let hasPalette: Bool
  /// Whether it is known to draw links (OSC 8).
  package let hasLinks: Bool

  /// Reads the environment, and takes over its locale.
  package static func adopt() -> TerminalTraits {
    let type = System.environment("TERM") ?? ""
    let refusesColor = !(System.environment("NO_COLOR") ?? "").isEmpty
    return TerminalTraits(
      isInputTerminal: isatty(STDIN_FILENO) == 1,
      isOutputTerminal: isatty(STDOUT_FILENO) == 1,
      isErrorTerminal: isatty(STDERR_FILENO) == 1,
      isUnicode: Locale.adopt(),
      allowsColor: !refusesColor && !type.isEmpty && type != "dumb",
      hasPalette: type.contains("256color") || System.environment("COLORTERM") != nil,
      hasLinks: [
        "VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "WEZTERM_PANE",
        "ITERM_SESSION_ID",
      ]
      .contains { System.environment($0) != nil })
  }

  /// Columns and rows of the terminal on standard output; nil when it is none or has no size.
  package static func size() -> (columns: Int, rows: Int)? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard kosh_terminal_size(STDOUT_FILENO, &columns, &rows) == 1 else { return nil }
    return (Int(columns), Int(rows))
  }
}

/// The locale that characters are typed and drawn in.
enum Locale {
  /// Takes the environment's character encoding; a single-byte one becomes UTF-8, because libedit drops in it
  /// what is not ASCII.
  ///
  /// Gives whether the environment's own encoding is UTF-8.
  static func adopt() -> Bool {
    setlocale(LC_CTYPE, "")
    let isUnicode = String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
    if !isUnicode { setlocale(LC_CTYPE, "C.UTF-8") }
    return isUnicode
  }
}
