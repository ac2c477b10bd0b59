import CEditLine

/// The text in libedit's hands, and the cursor in it.
struct EditBuffer: Equatable {
  var text = ""
  /// A UTF-8 offset.
  var cursor = 0

  init(text: String = "", cursor: Int = 0) {
    self.text = text
    self.cursor = cursor
  }

  /// What libedit holds now.
  init(_ handle: OpaquePointer) {
    guard let line = el_wline(handle)?.pointee else { return }
    let length = line.lastchar - line.buffer
    let before = line.cursor - line.buffer
    for index in 0..<length {
      if index == before { cursor = text.utf8.count }
      let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: line.buffer[index]))
      text.unicodeScalars.append(scalar ?? "\u{FFFD}")
    }
    if before == length { cursor = text.utf8.count }
  }

  var isEmpty: Bool { text.isEmpty }
  var isAtEnd: Bool { cursor == text.utf8.count }

  var cursorIndex: String.Index { text.utf8.index(text.startIndex, offsetBy: cursor) }
  var beforeCursor: Substring { text[..<cursorIndex] }
  var afterCursor: Substring { text[cursorIndex...] }

  /// The line that the cursor is in, from 0.
  var lineNumber: Int { beforeCursor.utf8.count { $0 == UInt8(ascii: "\n") } }
  var lineCount: Int { 1 + text.utf8.count { $0 == UInt8(ascii: "\n") } }

  /// Where the cursor's line begins and ends.
  var lineRange: Range<String.Index> {
    let start = beforeCursor.lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex
    return start..<(afterCursor.firstIndex(of: "\n") ?? text.endIndex)
  }

  // MARK: Change

  /// Moves the cursor to an index of the text.
  mutating func move(to index: String.Index) {
    cursor = text.utf8.distance(from: text.startIndex, to: index)
  }

  mutating func insert(_ added: some StringProtocol) {
    text.insert(contentsOf: added, at: cursorIndex)
    cursor += added.utf8.count
  }

  /// Takes out a range and puts the cursor there.
  mutating func remove(_ range: Range<String.Index>) {
    move(to: range.lowerBound)
    text.removeSubrange(range)
  }

  /// Gives libedit what has changed against what it holds.
  func store(in handle: OpaquePointer) {
    let old = EditBuffer(handle)
    if text.isEmpty {
      let count = Int32(old.text.unicodeScalars.count)
      el_cursor(handle, count)
      el_deletestr(handle, count)
    } else if !old.text.utf8.elementsEqual(text.utf8) {
      el_wreplacestr(handle, text.unicodeScalars.map { wchar_t($0.value) } + [0])
    }
    guard let line = el_wline(handle)?.pointee else { return }
    let target = beforeCursor.unicodeScalars.count
    el_cursor(handle, Int32(target - (line.cursor - line.buffer)))
  }
}
