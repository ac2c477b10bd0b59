/// Brings a terminal from the frame it shows to another with few bytes.
///
/// It moves only relative to where it began: what stands above stays. Rows that are full go on into the next by the
/// terminal's own wrapping, so that they can be copied as one line.
struct SequencePainter: Painter {
  private let palette: Palette
  private var shown = Frame()
  private var row = 0
  private var column = 0
  private var textClass = TextClass.plain
  private var output: [UInt8] = []

  init(palette: Palette) {
    self.palette = palette
  }

  mutating func takeOutput() -> [UInt8] {
    let bytes = output
    output = []
    return bytes
  }

  mutating func paint(_ frame: Frame, columns: Int) {
    for index in frame.rows.indices { paint(frame.rows[index], at: index, columns) }
    if frame.rows.count < shown.rows.count {
      move(to: frame.rows.count, 0, columns)
      write("\u{1B}[J")
    }
    shown = frame
    move(to: frame.cursorRow, frame.cursorColumn, columns)
  }

  mutating func finish(_ ending: String) {
    move(to: shown.rows.count - 1, shown.rows.last?.width ?? 0, .max)
    write(ending + "\r\n")
    forget()
  }

  mutating func erase() {
    if row > 0 { write("\u{1B}[\(row)A") }
    write("\r\u{1B}[J")
    forget()
  }

  mutating func clearScreen() {
    write("\u{1B}[H\u{1B}[2J")
    forget()
  }

  mutating func eraseBrokenAnew(columns: Int) {
    var rowsAbove = 0
    var lineWidth = 0
    for above in shown.rows.prefix(row) {
      lineWidth += above.width
      if above.wraps { continue }
      rowsAbove += max(1, (lineWidth + columns - 1) / columns)
      lineWidth = 0
    }
    rowsAbove += (lineWidth + column) / columns
    row = rowsAbove
    erase()
  }

  /// Begins anew at the cursor, as if nothing were shown.
  private mutating func forget() {
    shown = Frame()
    row = 0
    column = 0
  }

  mutating func ringBell() { write("\u{7}") }

  // MARK: Rows

  private mutating func paint(_ new: Row, at index: Int, _ columns: Int) {
    let old = index < shown.rows.count ? shown.rows[index] : nil
    guard new.cells != old?.cells ?? [] else { return makeRow(index, columns) }
    let oldCells = old?.cells ?? []
    var start = 0
    var startColumn = 0
    while start < min(oldCells.count, new.cells.count), oldCells[start] == new.cells[start] {
      startColumn += new.cells[start].width
      start += 1
    }
    var end = new.cells.count
    if old?.width == new.width {
      var oldEnd = oldCells.count
      while end > start, oldEnd > start, oldCells[oldEnd - 1] == new.cells[end - 1] {
        end -= 1
        oldEnd -= 1
      }
    }
    move(to: index, startColumn, columns)
    for cell in new.cells[start..<end] { put(cell, columns) }
    set(.plain)
    if let old, old.width > new.width {
      write("\u{1B}[K")
    }
  }

  /// A row has to be there before the cursor can move down to it.
  private mutating func makeRow(_ index: Int, _ columns: Int) {
    if index >= shown.rows.count, index > row { move(to: index, 0, columns) }
  }

  private mutating func put(_ cell: Cell, _ columns: Int) {
    set(cell.textClass)
    write(cell.text)
    column += cell.width
    // Terminals differ in the width of a cluster: what follows is put where it belongs.
    if column < columns, cell.text.unicodeScalars.count > 1, cell.text.utf8.count > 2 {
      write("\u{1B}[\(column + 1)G")
    }
  }

  private mutating func set(_ wanted: TextClass) {
    let parameters = palette.parameters(wanted)
    if parameters != palette.parameters(textClass) {
      write(parameters.isEmpty ? "\u{1B}[0m" : "\u{1B}[0;\(parameters)m")
    }
    textClass = wanted
  }

  // MARK: The cursor

  private mutating func move(to newRow: Int, _ newColumn: Int, _ columns: Int) {
    if newRow == row + 1, column >= columns, newColumn == 0, newRow >= shown.rows.count {
      // A blank takes the terminal into the next row; it is written over there.
      write(" \r")
      row = newRow
      column = 0
      return
    }
    if newRow < row {
      write("\u{1B}[\(row - newRow)A")
      row = newRow
    }
    while row < newRow {
      write("\r\n")
      row += 1
      column = 0
    }
    guard newColumn != column else { return }
    if newColumn == 0 {
      write("\r")
    } else if newColumn == column - 1, column < columns {
      write("\u{8}")
    } else {
      write("\u{1B}[\(newColumn + 1)G")
    }
    column = newColumn
  }

  private mutating func write(_ text: String) {
    output += text.utf8
  }
}
