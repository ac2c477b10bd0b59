/// What keys do that move the cursor: at the end of the text those that go on take over what is suggested.
extension LineEditor {
  func moveOn(_ buffer: inout EditBuffer) {
    if buffer.isAtEnd { buffer.insert(view.offered(to: buffer)) } else { buffer.moveOn() }
  }

  func moveToLineEnd(_ buffer: inout EditBuffer) {
    if buffer.isAtEnd {
      buffer.insert(view.offered(to: buffer))
    } else {
      buffer.move(to: buffer.lineRange.upperBound)
    }
  }

  func moveWordOn(_ buffer: inout EditBuffer) {
    let isOffered = buffer.isAtEnd
    let rest = isOffered ? view.offered(to: buffer)[...] : buffer.afterCursor
    let word =
      rest.prefix { !$0.isWordCharacter }
      + rest.drop { !$0.isWordCharacter }.prefix { $0.isWordCharacter }
    if isOffered { buffer.insert(word) } else { buffer.cursor += word.utf8.count }
  }

  func moveUp(_ buffer: inout EditBuffer) {
    if !buffer.moveLine(by: -1) { recallEntry(&buffer) { $0.older($1) } }
  }

  func moveDown(_ buffer: inout EditBuffer) {
    if !buffer.moveLine(by: 1) { recallEntry(&buffer) { $0.newer($1) } }
  }

  private func recallEntry(
    _ buffer: inout EditBuffer, _ step: (inout HistoryRecall, [String]) -> EditBuffer?
  ) {
    var walk = recall ?? HistoryRecall(from: buffer, entryCount: history.count)
    if walk.shown != buffer.text { walk = HistoryRecall(from: buffer, entryCount: history.count) }
    if let found = step(&walk, history) { buffer = found } else { view.ringBell() }
    recall = walk
    view.suggestNothing(after: buffer)
  }

  /// Takes an entry out of the history: Enter runs it, unless it only `chooses`; another key goes on editing it.
  func searchHistory(_ buffer: inout EditBuffer, chooses: Bool = false) {
    var search = HistorySearch(history)
    defer { if !search.query.isEmpty { (searched, lastQuery) = (search, search.query) } }
    while true {
      guard let key = nextKey({ [self] in view.show(search, over: buffer, hooks) }) else { return }
      switch key {
      case "\u{12}": if !search.older() { view.ringBell() }
      case "\u{13}": if !search.newer() { view.ringBell() }
      case "\u{8}", "\u{7F}": search.search(for: String(search.query.dropLast()))
      case "\u{7}": return
      case "\u{1B}" where !input.hasMore(within: 40): return
      case "\u{0}"..<" ":
        take(search, &buffer)
        if chooses, key == "\r" || key == "\n" { return }
        return input.unread(key)
      default:
        var query = search.query
        query.unicodeScalars.append(key)
        search.search(for: query)
      }
    }
  }

  /// Goes on with the last search, to an older entry or a newer one.
  func searchOn(_ buffer: inout EditBuffer, _ step: (inout HistorySearch) -> Bool) {
    guard !lastQuery.isEmpty else { return view.ringBell() }
    var search = searched ?? HistorySearch(history, query: lastQuery)
    if step(&search) { take(search, &buffer) } else { view.ringBell() }
    searched = search
  }

  private func take(_ search: HistorySearch, _ buffer: inout EditBuffer) {
    guard let entry = search.entry else { return }
    buffer = EditBuffer(text: entry, cursor: search.foundRange?.lowerBound ?? 0)
  }
}

extension Character {
  fileprivate var isWordCharacter: Bool { isLetter || isNumber }
}
