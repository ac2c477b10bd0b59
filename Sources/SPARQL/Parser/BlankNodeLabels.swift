import Algebra
import RDF

/// In which part of the text each label of a blank node stands.
///
/// Source: SPARQL 1.2 Query, section 19.6: a label cannot stand in two basic graph patterns, nor in two INSERT DATA.
struct BlankNodeLabels {
  /// The part that is being read.
  private(set) var part = 0
  private var partCount = 0
  private var parts: [Term: Int] = [:]

  mutating func beginPart() {
    partCount += 1
    part = partCount
  }

  /// Goes on with a part that something else interrupted.
  mutating func resume(_ part: Int) { self.part = part }

  /// Notes a label; false when it stands in another part, too.
  mutating func note(_ label: String) -> Bool {
    if let known = parts[.blankNode(label)] { return known == part }
    parts[.blankNode(label)] = part
    return true
  }
}
