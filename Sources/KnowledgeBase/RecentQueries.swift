import Engine

/// The queries asked lately, by their text, with their plans. They hold as long as the graph, and what their prefixes and
/// relative IRIs stand for.
struct RecentQueries {
  private var queries: [[UInt8]: PreparedQuery] = [:]

  /// All are let go of when there are so many.
  private static let countLimit = 64
  /// Longer texts are not kept.
  private static let byteLimit = 1 << 14

  subscript(text: [UInt8]) -> PreparedQuery? { queries[text] }

  mutating func keep(_ query: PreparedQuery, for text: [UInt8]) {
    guard text.count <= Self.byteLimit else { return }
    if queries.count >= Self.countLimit { removeAll() }
    queries[text] = query
  }

  mutating func removeAll() {
    if !queries.isEmpty { queries.removeAll() }
  }
}
