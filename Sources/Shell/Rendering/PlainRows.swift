/// Rows as plain lines and as Markdown.
enum PlainRows {
  /// One row a line, tabs between values, a missing value empty; nothing else, for `cut`, `sort` and the like.
  static func lines(_ rows: RowSet) -> String {
    var text = ""
    for row in 0..<rows.rowCount {
      for column in rows.columns.indices {
        if column > 0 { text += "\t" }
        text += printable(rows.cell(row, column)?.text ?? "")
      }
      text += "\n"
    }
    return text
  }

  /// A table as GitHub and most others read it.
  static func markdown(_ rows: RowSet) -> String {
    var text = "| " + rows.columns.map(escape).joined(separator: " | ") + " |\n"
    text += "|" + String(repeating: " --- |", count: rows.columns.count) + "\n"
    for row in 0..<rows.rowCount {
      let cells = rows.columns.indices.map { escape(rows.cell(row, $0)?.text ?? "") }
      text += "| " + cells.joined(separator: " | ") + " |\n"
    }
    return text
  }

  private static func escape(_ text: String) -> String {
    var escaped = ""
    for character in printable(text) {
      if "|\\`*_<>[]".contains(character) { escaped += "\\" }
      escaped.append(character)
    }
    return escaped
  }
}
