/// What Tab lists: candidates with their descriptions, one a row.
struct CandidateList {
  let completion: LineCompletion
  /// The candidate that a further Tab has put into the buffer.
  var chosen: Int?
  /// What stands where a row is cut.
  var ellipsis = "…"

  /// As many rows as the height takes, around the chosen candidate.
  func rows(columns: Int, height: Int) -> [Row] {
    let items = completion.items
    let isCut = items.count > height
    let count = isCut ? max(1, height - 1) : items.count
    let first = min(max(0, (chosen ?? 0) - count + 1), items.count - count)
    let shown = items[first..<(first + count)]
    let widest = shown.map { FrameBuilder.width(of: $0.text) }.max() ?? 0
    var rows = shown.indices.map { row(items[$0], widest, columns, isChosen: $0 == chosen) }
    if isCut, height > 1 {
      rows.append(cut([("and \(items.count - count) more", .detail)], columns))
    }
    return rows
  }

  private func row(
    _ item: LineCompletion.Item, _ widest: Int, _ columns: Int, isChosen: Bool
  ) -> Row {
    let gap = min(widest, columns * 2 / 3) - FrameBuilder.width(of: item.text)
    let blanks = String(repeating: " ", count: max(0, gap) + 2)
    return cut(
      [(item.text, isChosen ? .chosen : .plain), (blanks, .plain), (item.description, .detail)],
      columns)
  }

  /// One row that does not reach the last column; what does not fit ends in an ellipsis.
  private func cut(_ parts: [(text: String, textClass: TextClass)], _ columns: Int) -> Row {
    var builder = FrameBuilder(columns: .max)
    for (text, textClass) in parts { builder.add(text.filter { $0 != "\n" }, textClass) }
    var row = builder.frame.rows[0]
    guard row.width >= columns else { return row }
    while row.width >= columns - ellipsis.count, let last = row.cells.popLast() {
      row.width -= last.width
    }
    for mark in ellipsis { row.append(Cell(text: String(mark), width: 1, textClass: .detail)) }
    return row
  }
}
