/// A search for entries that hold a text, whatever its case, newest first.
struct HistorySearch {
  private let entries: [String]
  private let folded: [[UInt8]]
  private(set) var query: String
  /// The entry that is shown; nil when none holds the query, or nothing is searched yet.
  private(set) var match: Int?

  init(_ entries: [String], query: String = "") {
    self.entries = entries
    self.query = query
    folded = entries.map { Array($0.lowercased().utf8) }
  }

  var entry: String? { match.map { entries[$0] } }

  /// Where the shown entry holds the query; nil where letters change their length with their case.
  var foundRange: Range<Int>? {
    guard let match, let start = Self.place(of: needle, in: folded[match]),
      folded[match].count == entries[match].utf8.count
    else { return nil }
    return start..<(start + needle.count)
  }

  private var needle: [UInt8] { Array(query.lowercased().utf8) }

  /// Changes the query and looks from the shown entry on.
  mutating func search(for text: String) {
    query = text
    match = text.isEmpty ? nil : newest(before: (match ?? entries.count - 1) + 1)
    if match == nil, !text.isEmpty { match = newest(before: entries.count) }
  }

  /// The next older entry; false when there is none.
  mutating func older() -> Bool {
    guard let found = newest(before: match ?? entries.count) else { return false }
    match = found
    return true
  }

  /// The next newer entry; false when there is none.
  mutating func newer() -> Bool {
    let needle = needle
    guard let match,
      let found = entries.indices.dropFirst(match + 1).first(where: { holds($0, needle) })
    else { return false }
    self.match = found
    return true
  }

  private func newest(before end: Int) -> Int? {
    let needle = needle
    return entries.indices.prefix(end).reversed().first { holds($0, needle) }
  }

  private func holds(_ index: Int, _ needle: [UInt8]) -> Bool {
    Self.place(of: needle, in: folded[index]) != nil
  }

  private static func place(of needle: [UInt8], in text: [UInt8]) -> Int? {
    guard let first = needle.first, text.count >= needle.count else { return nil }
    for start in 0...(text.count - needle.count)
    where text[start] == first && text[start...].starts(with: needle) {
      return start
    }
    return nil
  }
}
