import CPlatform

/// Lays text out in rows of so many columns.
struct FrameBuilder {
  let columns: Int
  private(set) var frame = Frame()

  init(columns: Int) {
    self.columns = max(2, columns)
  }

  /// Adds text of one class; a line feed begins a row.
  mutating func add(_ text: some StringProtocol, _ textClass: TextClass) {
    for character in text { add(character, textClass) }
  }

  mutating func add(_ character: Character, _ textClass: TextClass) {
    if character == "\n" { return startRow() }
    if let shown = Self.visible(character) {
      for part in shown { put(Cell(text: String(part), width: 1, textClass: textClass)) }
      return
    }
    let width = Self.width(of: character)
    guard width > 0 else { return join(character, textClass) }
    // Terminals move by the width of each scalar: a cluster of several wide ones takes them all.
    put(Cell(text: String(character), width: width, textClass: textClass))
  }

  mutating func startRow() {
    frame.rows.append(Row())
  }

  /// Puts the cursor where the next character will stand.
  mutating func placeCursor() {
    if lastRow.width >= columns { wrap() }
    frame.cursorRow = frame.rows.count - 1
    frame.cursorColumn = lastRow.width
  }

  private var lastRow: Row { frame.rows[frame.rows.count - 1] }

  private mutating func put(_ cell: Cell) {
    if lastRow.width + cell.width > columns { wrap() }
    frame.rows[frame.rows.count - 1].append(cell)
  }

  private mutating func wrap() {
    frame.rows[frame.rows.count - 1].wraps = true
    startRow()
  }

  /// What has no width of its own belongs to the cell before it.
  private mutating func join(_ character: Character, _ textClass: TextClass) {
    let row = frame.rows.count - 1
    guard let last = frame.rows[row].cells.indices.last else {
      return put(Cell(text: " " + String(character), width: 1, textClass: textClass))
    }
    frame.rows[row].cells[last].text.append(character)
  }

  /// Columns of a grapheme, as the terminal counts them: the sum of its scalars.
  static func width(of character: Character) -> Int {
    if let value = character.asciiValue { return value >= 0x20 && value < 0x7F ? 1 : 0 }
    return character.unicodeScalars.reduce(0) { $0 + max(0, Int(kosh_cell_count($1.value))) }
  }

  /// Columns of a text in one row.
  static func width(of text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + (visible($1)?.count ?? width(of: $1)) }
  }

  /// How a control character is shown: `^A`; nil for others.
  private static func visible(_ character: Character) -> String? {
    guard let scalar = character.unicodeScalars.first, scalar.properties.generalCategory == .control
    else { return nil }
    if scalar.value < 0x20, let letter = Unicode.Scalar(scalar.value + 0x40) {
      return "^" + String(letter)
    }
    return scalar.value == 0x7F ? "^?" : "?"
  }
}
