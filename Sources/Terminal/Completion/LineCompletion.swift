/// What could be typed at the cursor.
package struct LineCompletion: Sendable {
  package struct Item: Sendable {
    /// Replaces the unfinished text.
    package var text: String
    /// Shown beside it in a list, such as `relation · 412 facts`.
    package var description: String

    package init(text: String, description: String) {
      self.text = text
      self.description = description
    }
  }

  /// The UTF-8 offset where the unfinished text before the cursor begins.
  package var start: Int
  /// Best first.
  package var items: [Item]

  package init(start: Int, items: [Item]) {
    self.start = start
    self.items = items
  }

  /// The longest text that every item begins with.
  var commonPrefix: String {
    guard var prefix = items.first?.text[...] else { return "" }
    for item in items.dropFirst() {
      while !item.text.hasPrefix(prefix) { prefix.removeLast() }
    }
    return String(prefix)
  }
}
