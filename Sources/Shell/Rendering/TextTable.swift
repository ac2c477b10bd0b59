import Diagnostics
import Engine

/// A table of printable text: aligned columns, numbered rows, and a quiet note beside each.
struct TextTable {
  struct Column {
    var title: String
    var alignsRight = false
  }

  var columns: [Column]
  /// nil is a missing value. Every row is as long as `columns`.
  var rows: [[String?]]
  /// As many as rows, or none.
  var notes: [String] = []
  var isNumbered = false
  /// Where the text of a cell leads to.
  var link: ((_ row: Int, _ column: Int) -> String?)?
  /// Once raised, no more rows are drawn.
  var cancellation: CancellationFlag?

  private static let gap = "  "
  /// Narrower columns say nothing; a table that would need them is drawn as records.
  private static let narrowestColumn = 8
  private static let narrowestNote = 12

  func draw(_ style: Style) -> String {
    guard let widths = columnWidths(style) else { return drawRecords(style) }
    let used = numberWidth + widths.reduce(0, +) + Self.gap.count * max(0, columns.count - 1)
    let noteWidth = noteWidth(beside: used, style)
    var text = drawHeader(widths, style)
    for index in rows.indices {
      if cancellation?.isRaised ?? false { break }
      var line = number(index, style)
      for (column, width) in widths.enumerated() {
        if column > 0 { line += Self.gap }
        let isLast = column == widths.count - 1 && noteWidth == 0
        line += cell(index, column, width, isLast: isLast, style)
      }
      if noteWidth > 0, !notes[index].isEmpty {
        let note = elided(notes[index], to: noteWidth, mark: style.ellipsis)
        line += Self.gap + " " + style.dim(note)
      }
      text += trimmed(line) + "\n"
    }
    return text
  }

  private func cell(
    _ row: Int, _ column: Int, _ width: Int, isLast: Bool, _ style: Style
  ) -> String {
    let value = rows[row][column]
    let alignsRight = columns[column].alignsRight
    let shown = elided(value ?? style.missing, to: width, mark: style.ellipsis)
    let drawn =
      value == nil ? style.dim(shown) : style.link(shown, to: link.flatMap { $0(row, column) })
    let fill = String(repeating: " ", count: max(0, width - displayWidth(shown)))
    if alignsRight { return fill + drawn }
    return isLast ? drawn : drawn + fill
  }

  private func drawHeader(_ widths: [Int], _ style: Style) -> String {
    let indent = String(repeating: " ", count: numberWidth)
    var titles = indent
    var rule = indent
    for (column, width) in widths.enumerated() {
      if column > 0 {
        titles += Self.gap
        rule += Self.gap
      }
      let title = elided(columns[column].title, to: width, mark: style.ellipsis)
      let fill = String(repeating: " ", count: max(0, width - displayWidth(title)))
      let drawn = style.strong(title)
      titles += columns[column].alignsRight ? fill + drawn : drawn + fill
      rule += String(repeating: style.horizontal, count: width)
    }
    return trimmed(titles) + "\n" + style.dim(rule) + "\n"
  }

  private func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  private var numberWidth: Int {
    isNumbered ? String(rows.count).count + Self.gap.count : 0
  }

  private func number(_ index: Int, _ style: Style) -> String {
    guard isNumbered else { return "" }
    let digits = numberWidth - Self.gap.count
    return style.dim(padded(String(index + 1), to: digits, alignsRight: true)) + Self.gap
  }

  private func noteWidth(beside used: Int, _ style: Style) -> Int {
    let natural = notes.map { displayWidth($0) }.max() ?? 0
    guard natural > 0, let width = style.width else { return natural }
    let room = width - used - Self.gap.count - 1
    return room < min(natural, Self.narrowestNote) ? 0 : min(natural, room)
  }

  /// The width of each column within the style's width; nil when they do not fit.
  private func columnWidths(_ style: Style) -> [Int]? {
    var widths = columns.map { displayWidth($0.title) }
    for row in rows {
      for (column, value) in row.enumerated() {
        widths[column] = max(widths[column], displayWidth(value ?? style.missing))
      }
    }
    guard let width = style.width else { return widths }
    let room = width - numberWidth - Self.gap.count * max(0, columns.count - 1)
    var widest = widths.max() ?? 0
    while widths.reduce(0, { $0 + min($1, widest) }) > room {
      guard widest > Self.narrowestColumn else { return nil }
      widest -= 1
    }
    return widths.map { min($0, widest) }
  }

  /// One `title  value` a line, records apart, for tables too wide for the terminal.
  private func drawRecords(_ style: Style) -> String {
    let titleWidth = min(24, columns.map { displayWidth($0.title) }.max() ?? 0)
    let valueWidth = max(Self.narrowestColumn, (style.width ?? .max) - titleWidth - 2)
    var text = ""
    for (index, row) in rows.enumerated() {
      text += style.dim("row \(index + 1)") + "\n"
      for (column, value) in row.enumerated() {
        let title = elided(columns[column].title, to: titleWidth, mark: style.ellipsis)
        let fill = String(repeating: " ", count: titleWidth - displayWidth(title))
        let shown = elided(value ?? style.missing, to: valueWidth, mark: style.ellipsis)
        text += style.strong(title) + fill + Self.gap
        text += (value == nil ? style.dim(shown) : shown) + "\n"
      }
      if index < notes.count, !notes[index].isEmpty { text += style.dim(notes[index]) + "\n" }
    }
    return text
  }
}
