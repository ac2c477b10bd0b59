/// A walk through the history with Up and Down: the entries that begin with what stood before the cursor.
struct HistoryRecall {
  private let prefix: String
  /// What stood in the buffer before.
  private let original: EditBuffer
  private var position: Int
  /// What the walk has put into the buffer: another text there ends it.
  private(set) var shown: String

  init(from buffer: EditBuffer, entryCount: Int) {
    prefix = String(buffer.beforeCursor)
    original = buffer
    position = entryCount
    shown = buffer.text
  }

  /// The next older entry; nil when there is none.
  mutating func older(_ entries: [String]) -> EditBuffer? {
    let candidates = entries.indices.prefix(position).reversed()
    guard let found = candidates.first(where: { fits(entries[$0]) }) else { return nil }
    return show(entries[found], at: found)
  }

  /// The next newer one, at last what stood there before.
  mutating func newer(_ entries: [String]) -> EditBuffer? {
    guard position < entries.count else { return nil }
    if let found = entries.indices.dropFirst(position + 1).first(where: { fits(entries[$0]) }) {
      return show(entries[found], at: found)
    }
    position = entries.count
    shown = original.text
    return original
  }

  private func fits(_ entry: String) -> Bool {
    entry.utf8.starts(with: prefix.utf8) && entry != shown
  }

  private mutating func show(_ entry: String, at index: Int) -> EditBuffer {
    position = index
    shown = entry
    return EditBuffer(text: entry, cursor: entry.utf8.count)
  }
}
