/// What a terminal shows: as much of an xterm as line editors use.
struct Screen {
  struct Cell: Equatable {
    /// A grapheme; the right half of a wide one is empty.
    var text = " "
    /// The SGR parameters in force when it was written, such as `1;36`; empty is plain.
    var style = ""
    /// Where it leads to (OSC 8); empty for no link.
    var link = ""
  }

  private(set) var columns: Int
  private(set) var rows: Int
  private(set) var cells: [[Cell]]
  /// What is in force for the next character.
  private(set) var style = ""
  /// Whether the program asked for pasted text to be bracketed.
  private(set) var bracketsPaste = false
  private(set) var bellCount = 0
  private(set) var row = 0
  private(set) var column = 0
  private var wrapsNext = false
  /// Whether each row goes on in the next because it was full.
  private var wraps: [Bool]
  private var pending: [UInt8] = []
  private var state = State.text

  private enum State {
    case text
    case escape
    case charset
    case control(String)
    /// An operating system command, such as a title or a link.
    case command(String)
  }

  /// What is in force for the next character.
  private var link = ""

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Self.blanks(columns), count: rows)
    wraps = Array(repeating: false, count: rows)
  }

  private static func blanks(_ count: Int) -> [Cell] { Array(repeating: Cell(), count: count) }

  /// Another size: lines that were full are broken anew, and rows leave at the top.
  mutating func resize(columns newColumns: Int, rows newRows: Int) {
    var broken: [[Cell]] = []
    var brokenWraps: [Bool] = []
    var cursor = (row: 0, column: 0)
    var line: [Cell] = []
    for (index, shown) in cells.enumerated() {
      if index == row { cursor = (broken.count, line.count + column) }
      line += shown
      if wraps[index] { continue }
      while line.last == Cell() { line.removeLast() }
      let count = max(1, (line.count + newColumns - 1) / newColumns)
      for part in 0..<count {
        let cut = Array(line.dropFirst(part * newColumns).prefix(newColumns))
        broken.append(cut + Self.blanks(newColumns - cut.count))
        brokenWraps.append(part + 1 < count)
      }
      line = []
    }
    cursor = (cursor.row + cursor.column / newColumns, cursor.column % newColumns)
    let leaving = max(0, cursor.row - newRows + 1)
    let missing = max(0, newRows - (broken.count - leaving))
    cells = Array(
      (broken + Array(repeating: Self.blanks(newColumns), count: missing))
        .dropFirst(leaving).prefix(newRows))
    wraps = Array(
      (brokenWraps + Array(repeating: false, count: missing))
        .dropFirst(leaving).prefix(newRows))
    columns = newColumns
    rows = newRows
    move(to: cursor.row - leaving, cursor.column)
  }

  /// The styles of a text where it is shown last, one after another where they change; nil when it is not shown.
  func styles(of wanted: String) -> [String]? {
    self.cells(of: wanted)?.reduce(into: []) { styles, cell in
      if styles.last != cell.style { styles.append(cell.style) }
    }
  }

  /// The cells of a text where it is shown last; nil when it is not shown.
  func cells(of wanted: String) -> [Cell]? {
    for line in cells.reversed() {
      let shown = line.filter { !$0.text.isEmpty }
      let characters = wanted.map(String.init)
      guard shown.count >= characters.count else { continue }
      for start in (0...(shown.count - characters.count)).reversed()
      where shown[start..<(start + characters.count)].map(\.text) == characters {
        return Array(shown[start..<(start + characters.count)])
      }
    }
    return nil
  }

  /// The lines from the top, without blanks at their ends, up to the last that is not blank.
  var text: String {
    var lines = cells.map { line -> String in
      var line = line.map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  mutating func take(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      pending.append(byte)
      let needed = pending[0] < 0x80 ? 1 : pending[0] < 0xE0 ? 2 : pending[0] < 0xF0 ? 3 : 4
      guard pending.count >= needed else { continue }
      let text = String(decoding: pending, as: UTF8.self)
      pending = []
      for scalar in text.unicodeScalars { take(scalar) }
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    switch state {
    case .text: show(scalar)
    case .escape: escape(scalar)
    case .charset: state = .text
    case .command(let text):
      if scalar == "\u{7}" || scalar == "\\" {
        state = .text
        if text.hasPrefix("8;") {
          link = String(text.drop { $0 != ";" }.dropFirst().drop { $0 != ";" }.dropFirst())
        }
      } else if scalar != "\u{1B}" {
        state = .command(text + String(scalar))
      }
    case .control(let parameters):
      if (0x40...0x7E).contains(scalar.value) {
        state = .text
        control(scalar, parameters)
      } else {
        state = .control(parameters + String(scalar))
      }
    }
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "[": state = .control("")
    case "]": state = .command("")
    case "(", ")": state = .charset
    default: state = .text
    }
  }

  private mutating func show(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\u{1B}": state = .escape
    case "\r": move(to: row, 0)
    case "\n": newLine()
    case "\u{8}": move(to: row, column - 1)
    case "\t": move(to: row, (column / 8 + 1) * 8)
    case "\u{7}": bellCount += 1
    case "\u{0}", "\u{E}", "\u{F}": break
    default: put(scalar)
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = cellCount(scalar)
    if width == 0 {
      if column > 0 { cells[row][lastColumn].text += String(scalar) }
      return
    }
    if wrapsNext || column + width > columns {
      wraps[row] = true
      column = 0
      newLine()
    }
    cells[row][column] = Cell(text: String(scalar), style: style, link: link)
    if width == 2 { cells[row][column + 1] = Cell(text: "", style: style, link: link) }
    wrapsNext = column + width >= columns
    column = min(columns - 1, column + width)
  }

  /// Where the character before the cursor stands.
  private var lastColumn: Int {
    let last = column - (wrapsNext ? 0 : 1)
    return cells[row][last].text.isEmpty ? last - 1 : last
  }

  private func cellCount(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    default: (0x2E80...0xFFE6).contains(scalar.value) || scalar.value >= 0x1F300 ? 2 : 1
    }
  }

  private mutating func newLine() {
    wrapsNext = false
    if row + 1 < rows {
      row += 1
    } else {
      cells.removeFirst()
      wraps.removeFirst()
      wraps.append(false)
      cells.append(Self.blanks(columns))
    }
  }

  private mutating func move(to newRow: Int, _ newColumn: Int) {
    wrapsNext = false
    row = max(0, min(rows - 1, newRow))
    column = max(0, min(columns - 1, newColumn))
  }

  private mutating func control(_ final: Unicode.Scalar, _ parameters: String) {
    if parameters == "?2004" { bracketsPaste = final == "h" }
    guard !parameters.hasPrefix("?"), !parameters.hasPrefix(">") else { return }
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let first = numbers.first.flatMap { $0 }
    let count = max(1, first ?? 1)
    switch final {
    case "A": move(to: row - count, column)
    case "B": move(to: row + count, column)
    case "C": move(to: row, column + count)
    case "D": move(to: row, column - count)
    case "G": move(to: row, count - 1)
    case "d": move(to: count - 1, column)
    case "H", "f":
      move(to: count - 1, max(1, (numbers.count > 1 ? numbers[1] : nil) ?? 1) - 1)
    case "J": eraseScreen(first ?? 0)
    case "K": eraseLine(first ?? 0)
    case "P":
      cells[row].removeSubrange(column..<min(columns, column + count))
      cells[row] += Self.blanks(columns - cells[row].count)
    case "@":
      cells[row].insert(contentsOf: Self.blanks(count), at: column)
      cells[row].removeLast(cells[row].count - columns)
    case "X":
      for index in column..<min(columns, column + count) { cells[row][index] = Cell() }
    case "m":
      let set = parameters.hasPrefix("0;") ? String(parameters.dropFirst(2)) : parameters
      style = set == "0" ? "" : set
    default: break
    }
  }

  private mutating func eraseLine(_ part: Int) {
    let range = part == 0 ? column..<columns : part == 1 ? 0..<(column + 1) : 0..<columns
    for index in range { cells[row][index] = Cell() }
    if part != 1 { wraps[row] = false }
  }

  private mutating func eraseScreen(_ part: Int) {
    eraseLine(part)
    let lines = part == 0 ? (row + 1)..<rows : part == 1 ? 0..<row : 0..<rows
    for line in lines where lines.contains(line) {
      cells[line] = Self.blanks(columns)
      wraps[line] = false
    }
  }
}
