import CEditLine
import CPlatform
import Glibc

extension LineEditor {
  /// Tab: completes as far as the candidates agree; a second Tab in the same place lists them.
  func completeAtCursor(_ handle: OpaquePointer?) -> Int32 {
    guard let handle, let line = el_line(handle)?.pointee else { return CC_ERROR }
    let length = line.lastchar - line.buffer
    let cursor = line.cursor - line.buffer
    let typed = text(line.buffer, count: length)
    let before = text(line.buffer, count: cursor)
    let offset = earlierLines.utf8.count
    let found = hooks.complete(earlierLines + typed, offset + cursor)
    guard !found.items.isEmpty, found.start >= offset, found.start <= offset + cursor else {
      return CC_REFRESH_BEEP
    }
    let start = before.utf8.index(before.startIndex, offsetBy: found.start - offset)
    let unfinished = String(before[start...])
    if let only = found.items.first, found.items.count == 1 {
      return replace(handle, unfinished, with: cursor == length ? only.text + " " : only.text)
    }
    let agreed = found.commonPrefix
    if agreed.utf8.count > unfinished.utf8.count, lineAfterTab != typed {
      let result = replace(handle, unfinished, with: agreed)
      lineAfterTab = String(before[..<start]) + agreed + typed.dropFirst(before.count)
      return result
    }
    guard lineAfterTab == typed else {
      lineAfterTab = typed
      return CC_REFRESH_BEEP
    }
    kosh_el_print("\n" + list(found.items))
    return CC_REDISPLAY
  }

  func text(_ start: UnsafePointer<CChar>, count: Int) -> String {
    start.withMemoryRebound(to: UInt8.self, capacity: count) {
      String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
    }
  }

  private func replace(_ handle: OpaquePointer, _ old: String, with new: String) -> Int32 {
    if old == new { return CC_REFRESH_BEEP }
    el_deletestr(handle, Int32(old.unicodeScalars.count))
    guard el_insertstr(handle, new) == 0 else { return CC_REFRESH_BEEP }
    return CC_REFRESH
  }

  /// The candidates one a line with their descriptions, as many as the window takes.
  private func list(_ items: [LineCompletion.Item]) -> String {
    let size = TerminalTraits.size() ?? (columns: 80, rows: 24)
    let shown = items.prefix(max(5, min(30, size.rows - 4)))
    let widest = shown.map { cellCount($0.text) }.max() ?? 0
    var drawn = ""
    for item in shown {
      var row = fit(item.text, size.columns - 1)
      let gap = String(repeating: " ", count: max(2, widest - cellCount(row) + 2))
      let room = size.columns - 1 - cellCount(row) - gap.count
      if room > 4, !item.description.isEmpty {
        row += gap + dim(fit(item.description, room))
      }
      drawn += row + "\n"
    }
    let rest = items.count - shown.count
    return rest > 0 ? drawn + dim("and \(rest) more") + "\n" : drawn
  }

  private func dim(_ text: String) -> String {
    isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text
  }

  /// As much of the text as fits into a number of cells.
  private func fit(_ text: String, _ cells: Int) -> String {
    guard cellCount(text) > cells else { return text }
    var cut = ""
    var count = 1
    for character in text {
      count += cellCount(String(character))
      guard count <= cells else { break }
      cut.append(character)
    }
    return cut + "…"
  }

  /// The cells that libedit and the terminal count, by `wcwidth`.
  func cellCount(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + max(0, Int(kosh_cell_count($1.value))) }
  }
}
