import CEditLine

/// What was entered in this and other sessions, oldest first, each once.
struct EntryHistory {
  private(set) var entries: [String] = []
  /// Whether every entry so far could be written to the file.
  private(set) var isKept = true
  /// The same for libedit's own commands.
  let store: OpaquePointer
  private let file: HistoryFile?
  private var version: HistoryFile.Version?

  init(store: OpaquePointer, file: HistoryFile?) {
    self.store = store
    self.file = file
    refresh()
  }

  /// Takes over what other sessions have added.
  mutating func refresh() {
    guard let file, let now = file.version, now != version else { return }
    version = now
    entries = file.load()
    fillStore()
  }

  /// Adds an entry, unless it is blank or begins with a space.
  mutating func add(_ entry: String) {
    guard !entry.hasPrefix(" "), entry.contains(where: { !$0.isWhitespace }) else { return }
    if entries.last == entry { return }
    if let file {
      let isOurs = file.version == version
      isKept = file.append(entry) && isKept
      version = isOurs ? file.version : nil
    }
    if let old = entries.firstIndex(of: entry) {
      entries.remove(at: old)
      entries.append(entry)
      fillStore()
    } else {
      entries.append(entry)
      kosh_history_add(store, entry)
    }
  }

  private func fillStore() {
    kosh_history_clear(store)
    for entry in entries { kosh_history_add(store, entry) }
  }

  /// What the newest entry that begins with a text goes on with; empty when none does.
  func continuation(of text: String) -> String {
    guard !text.isEmpty else { return "" }
    for entry in entries.reversed()
    where entry.utf8.count > text.utf8.count && entry.utf8.starts(with: text.utf8) {
      return String(decoding: entry.utf8.dropFirst(text.utf8.count), as: UTF8.self)
    }
    return ""
  }
}
