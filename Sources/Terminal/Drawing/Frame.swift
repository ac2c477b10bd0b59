/// One grapheme as it stands on the screen.
struct Cell: Equatable {
  var text: String
  /// How many columns it takes: 1 or 2.
  var width: Int
  var textClass: TextClass
}

/// A row of the screen.
struct Row: Equatable {
  var cells: [Cell] = []
  /// How many columns its cells take.
  var width = 0
  /// Whether the text goes on in the next row because this one is full.
  var wraps = false

  mutating func append(_ cell: Cell) {
    cells.append(cell)
    width += cell.width
  }
}

/// What the editor wants to be seen: rows, and the cursor among them.
struct Frame: Equatable {
  var rows: [Row] = [Row()]
  var cursorRow = 0
  var cursorColumn = 0

  /// As many rows around the cursor as there are on the screen; `top` is the first that was shown before.
  func window(height: Int, top: inout Int) -> Frame {
    guard rows.count > height else {
      top = 0
      return self
    }
    top = min(max(top, cursorRow - height + 1), cursorRow, rows.count - height)
    var part = self
    part.rows = Array(rows[top..<(top + height)])
    part.cursorRow -= top
    return part
  }
}
