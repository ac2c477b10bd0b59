/// Shows the cursor's row on a terminal that can only go to the start of its line.
///
/// A row that does not fit moves sideways with the cursor.
struct DumbPainter: Painter {
  private var shown: [Cell] = []
  private var shownRow = 0
  /// How many columns the line takes, and in which the cursor stands.
  private var width = 0
  private var column = 0
  private var output: [UInt8] = []

  mutating func takeOutput() -> [UInt8] {
    let bytes = output
    output = []
    return bytes
  }

  mutating func paint(_ frame: Frame, columns: Int) {
    if frame.cursorRow != shownRow {
      if width > 0 { write("\r\n") }
      (shown, width, column) = ([], 0, 0)
      shownRow = frame.cursorRow
    }
    var cells = frame.rows[frame.cursorRow].cells
    var cursor = frame.cursorColumn
    while cursor >= columns, let first = cells.first {
      cells.removeFirst()
      cursor -= first.width
    }
    show(Self.fitting(cells, columns - 1), cursor)
  }

  private mutating func show(_ cells: [Cell], _ cursor: Int) {
    if cells != shown {
      if column == width, cells.starts(with: shown) {
        put(cells[shown.count...])
      } else {
        write("\r")
        column = 0
        put(cells[...])
        write(String(repeating: " ", count: max(0, width - column)))
        column = max(width, column)
      }
      width = cells.reduce(0) { $0 + $1.width }
      shown = cells
    }
    guard cursor != column else { return }
    write("\r")
    column = 0
    var reached = 0
    put(
      shown.prefix { cell in
        defer { reached += cell.width }
        return reached < cursor
      })
  }

  private static func fitting(_ cells: [Cell], _ columns: Int) -> [Cell] {
    var width = 0
    return Array(
      cells.prefix { cell in
        width += cell.width
        return width <= columns
      })
  }

  mutating func finish(_ ending: String) {
    write(ending + "\r\n")
    forget()
  }

  private mutating func forget() {
    (shown, shownRow, width, column) = ([], 0, 0, 0)
  }

  mutating func erase() {
    write("\r" + String(repeating: " ", count: width) + "\r")
    forget()
  }

  mutating func eraseBrokenAnew(columns: Int) { erase() }

  mutating func clearScreen() { finish("") }

  mutating func ringBell() { write("\u{7}") }

  private mutating func put(_ cells: ArraySlice<Cell>) {
    for cell in cells {
      write(cell.text)
      column += cell.width
    }
  }

  private mutating func write(_ text: String) {
    output += text.utf8
  }
}
