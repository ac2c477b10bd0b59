extension LineEditor {
  /// Tab: completes as far as the candidates agree, then lists them, then takes one after the other.
  func complete(_ buffer: inout EditBuffer, step: Int) {
    if let listed = view.listedCandidates(for: buffer) {
      return choose(from: listed, &buffer, step)
    }
    let found = hooks.complete(buffer.text, buffer.cursor)
    guard !found.items.isEmpty, found.start <= buffer.cursor else { return view.ringBell() }
    let isAtEnd = buffer.isAtEnd
    let before = buffer
    if found.items.count == 1 {
      replace(from: found.start, with: found.items[0].text + (isAtEnd ? " " : ""), &buffer)
    } else {
      let agreed = found.commonPrefix
      if agreed.utf8.count > buffer.cursor - found.start {
        replace(from: found.start, with: agreed, &buffer)
      }
      guard buffer == before else { return }
      view.list(CandidateList(completion: found, chosen: nil), for: buffer)
    }
    if buffer == before, found.items.count == 1 { view.ringBell() }
  }

  private func choose(from listed: CandidateList, _ buffer: inout EditBuffer, _ step: Int) {
    let count = listed.completion.items.count
    let first = step > 0 ? 0 : count - 1
    let next = listed.chosen.map { ($0 + step + count) % count } ?? first
    replace(from: listed.completion.start, with: listed.completion.items[next].text, &buffer)
    view.list(CandidateList(completion: listed.completion, chosen: next), for: buffer)
  }

  private func replace(from start: Int, with text: String, _ buffer: inout EditBuffer) {
    let low = buffer.text.utf8.index(buffer.text.startIndex, offsetBy: start)
    buffer.remove(low..<buffer.cursorIndex)
    buffer.insert(text)
  }
}
