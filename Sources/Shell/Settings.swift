/// What a session's answers look like and may cost.
package struct Settings: Sendable {
  package var format = OutputFormat.table
  package var style = Style()
  /// Whether errors and notices are coloured; they may go elsewhere than answers.
  package var colorsErrors = false
  /// Whether output goes to a terminal: footers, sources beside rows, and a limit on the rows shown.
  package var isForTerminal = false
  /// Whether long loads say how far they are; only a terminal can take that.
  package var showsProgress = false
  /// Rows of an answer shown on a terminal; nil shows all.
  package var rowLimit: Int? = 40
  package var showsTime = true
  /// Whether an answer longer than the screen goes through a pager.
  package var usesPager = true
  /// Whether the source of an answer stands beside it on a terminal.
  package var showsSources = true
  /// A width set by hand; nil follows the terminal.
  package var fixedWidth: Int?
  /// Seconds that a question may take; nil for no limit.
  package var seconds: Double?
  /// Bytes that a question may hold; nil for no limit.
  package var byteCount: Int?
  /// Whether a script and a load go on after an error.
  package var keepsGoing = false
  /// Whether notices are left out; errors never are.
  package var isQuiet = false

  package init() {}

  /// How errors and notices are drawn.
  var errorStyle: Style {
    var errorStyle = style
    errorStyle.isColored = colorsErrors
    return errorStyle
  }
}
