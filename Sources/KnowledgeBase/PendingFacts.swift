import RDF

/// A triple to add, with the 32-bit line number it was stated at.
struct Addition: Sendable {
  var triple: EncodedTriple
  var line: UInt32
}

/// Facts that are told but not yet in a snapshot: a script tells many in a row, and only a question needs them indexed.
struct PendingFacts: Sendable {
  /// Every triple, bookkeeping included, in order.
  private(set) var additions: [Addition] = []
  /// The facts themselves, for the report: the first `Change` shows, and how many there are.
  private(set) var shownFacts: [EncodedTriple] = []
  private(set) var factCount = 0
  private(set) var newNames: [(name: String, role: String)] = []
  /// Where each sentence ends in `additions`.
  private(set) var sentenceEnds: [Int] = []

  /// How many facts and names a report lists.
  static let shownLimit = 20

  var isEmpty: Bool { additions.isEmpty }

  mutating func append(_ triple: EncodedTriple, line: UInt32) {
    additions.append(Addition(triple: triple, line: line))
  }

  /// Counts a triple that the user stated, already appended.
  mutating func note(fact: EncodedTriple) {
    factCount += 1
    if shownFacts.count < Self.shownLimit { shownFacts.append(fact) }
  }

  mutating func note(newName name: String, role: String) {
    if newNames.count < Self.shownLimit { newNames.append((name, role)) }
  }

  /// Adds what was told later.
  mutating func append(_ later: PendingFacts) {
    sentenceEnds += later.sentenceEnds.map { $0 + additions.count }
    additions += later.additions
    shownFacts += later.shownFacts.prefix(Self.shownLimit - shownFacts.count)
    factCount += later.factCount
    newNames += later.newNames.prefix(Self.shownLimit - newNames.count)
  }

  mutating func endSentence() {
    sentenceEnds.append(additions.count)
  }
}
