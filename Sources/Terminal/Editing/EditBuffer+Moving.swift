/// The cursor moves and text is deleted by graphemes: no mark is ever parted from its letter.
extension EditBuffer {
  /// The index of the grapheme after the cursor's.
  private var nextIndex: String.Index {
    isAtEnd ? text.endIndex : text.index(after: cursorIndex)
  }

  /// Where the grapheme that the cursor is in begins.
  private var wholeIndex: String.Index {
    isAtEnd ? text.endIndex : text.index(before: nextIndex)
  }

  mutating func moveOn() { move(to: nextIndex) }

  mutating func moveBack() {
    guard cursor > 0 else { return }
    let whole = wholeIndex
    move(to: whole < cursorIndex ? whole : text.index(before: whole))
  }

  mutating func deleteBack() {
    let end = cursorIndex
    moveBack()
    remove(cursorIndex..<end)
  }

  mutating func deleteOn() { remove(cursorIndex..<nextIndex) }

  /// Moves by lines, keeping the column as far as there is one; false when there is no such line.
  mutating func moveLine(by step: Int) -> Bool {
    let line = lineRange
    let column = text.distance(from: line.lowerBound, to: wholeIndex)
    if step < 0 {
      guard line.lowerBound > text.startIndex else { return false }
      move(to: text.index(before: line.lowerBound))
    } else {
      guard line.upperBound < text.endIndex else { return false }
      move(to: text.index(after: line.upperBound))
    }
    let target = lineRange
    move(
      to: text.index(target.lowerBound, offsetBy: column, limitedBy: target.upperBound)
        ?? target.upperBound)
    return true
  }
}
