import RDF

/// In which part of the text each label of a blank node stands.
///
/// Source: SPARQL 1.2 Query, section 19.6: a label cannot stand in two basic graph patterns, nor in two INSERT DATA.
struct BlankNodeLabels {
  /// The part that is being read.
  private(set) var part = 0
  private var partCount = 0
  private var parts: [Label: Int] = [:]

  /// A third of a term's size.
  private struct Label: Hashable {
    let text: String

    /// Code point by code point.
    static func == (a: Label, b: Label) -> Bool { a.text.isSame(as: b.text) }
  }

  mutating func beginPart() {
    partCount += 1
    part = partCount
  }

  /// Goes on with a part that something else interrupted.
  mutating func resume(_ part: Int) { self.part = part }

  /// Notes a label; false when it stands in another part, too.
  mutating func note(_ label: String) -> Bool {
    let label = Label(text: label)
    if let known = parts[label] { return known == part }
    parts[label] = part
    return true
  }

  /// About what the table takes, which is half as large again while it grows.
  var byteCount: Int {
    guard !parts.isEmpty else { return 0 }
    return parts.capacity * 2 * (MemoryLayout<Label>.stride + MemoryLayout<Int>.stride)
  }
}
