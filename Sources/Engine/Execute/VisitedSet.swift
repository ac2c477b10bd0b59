import RDF

/// A set of terms: a bitmap, and a list to empty it by.
struct VisitedSet {
  private var bits: [UInt64]
  /// The same for the terms that the query has made.
  private var madeBits: [UInt64] = []
  private var members: [TermID] = []

  init(termCount: Int) {
    bits = [UInt64](repeating: 0, count: termCount / 64 + 1)
  }

  @discardableResult
  mutating func insert(_ id: TermID) -> Bool {
    let word = Int(id.rawValue >> 6)
    let isNew = word < bits.count ? Self.set(id, in: &bits, word) : setBeyond(id)
    if isNew { members.append(id) }
    return isNew
  }

  /// Whether the bit was not set.
  @inline(__always)
  private static func set(_ id: TermID, in bits: inout [UInt64], _ word: Int) -> Bool {
    let bit = UInt64(1) << UInt64(id.rawValue & 63)
    if bits[word] & bit != 0 { return false }
    bits[word] |= bit
    return true
  }

  @inline(never)
  private mutating func setBeyond(_ id: TermID) -> Bool {
    let word = Self.word(id)
    if !QueryTerms.isOverlay(id) {
      Self.extend(&bits, to: word)
      return Self.set(id, in: &bits, word)
    }
    Self.extend(&madeBits, to: word)
    return Self.set(id, in: &madeBits, word)
  }

  private static func extend(_ bits: inout [UInt64], to word: Int) {
    guard word >= bits.count else { return }
    bits += repeatElement(0, count: max(word + 1, bits.count * 2) - bits.count)
  }

  /// In either bitmap.
  private static func word(_ id: TermID) -> Int {
    Int((id.rawValue & ~QueryTerms.overlayBit) >> 6)
  }

  /// To be called before so many terms are inserted where there may be millions.
  mutating func makeRoom(
    for count: Int, _ context: ExecutionContext
  ) throws(EvaluationError) {
    try members.makeRoom(for: count, context)
  }

  @inline(__always)
  func contains(_ id: TermID) -> Bool {
    let word = Int(id.rawValue >> 6)
    guard word < bits.count else { return containsBeyond(id) }
    return bits[word] >> UInt64(id.rawValue & 63) & 1 == 1
  }

  @inline(never)
  private func containsBeyond(_ id: TermID) -> Bool {
    let word = Self.word(id)
    return QueryTerms.isOverlay(id) && word < madeBits.count
      && madeBits[word] >> UInt64(id.rawValue & 63) & 1 == 1
  }

  var count: Int { members.count }

  var byteCount: Int { (bits.count + madeBits.count + members.count) * 8 }

  subscript(_ place: Int) -> TermID { members[place] }

  /// The number of each member among all, ascending.
  var numbers: TermNumbers { TermNumbers(bits) }

  /// The members in order of arrival; the set is empty afterwards.
  mutating func drain() -> [TermID] {
    for id in members {
      let word = Self.word(id)
      if QueryTerms.isOverlay(id) { madeBits[word] = 0 } else { bits[word] = 0 }
    }
    defer { members = [] }
    return members
  }
}
