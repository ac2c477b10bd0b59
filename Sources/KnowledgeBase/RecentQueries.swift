import Engine

/// The queries asked lately, by their text, with their plans. They hold as long as the graph, and what their prefixes and
/// relative IRIs stand for.
struct RecentQueries {
  /// Bytes that are hashed all at once, not one by one as an array's are.
  private struct Text: Hashable {
    let bytes: [UInt8]

    func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  private var queries: [Text: PreparedQuery] = [:]

  /// All are let go of when there are so many.
  private static let countLimit = 64
  /// Longer texts are not kept.
  private static let byteLimit = 1 << 14

  subscript(text: [UInt8]) -> PreparedQuery? { queries[Text(bytes: text)] }

  mutating func keep(_ query: PreparedQuery, for text: [UInt8]) {
    guard text.count <= Self.byteLimit else { return }
    if queries.count >= Self.countLimit { removeAll() }
    queries[Text(bytes: text)] = query
  }

  mutating func removeAll() {
    if !queries.isEmpty { queries.removeAll() }
  }
}
