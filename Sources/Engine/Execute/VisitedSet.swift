import RDF

/// A set of terms: a bitmap, and a list to empty it by.
struct VisitedSet {
  private var bits: [UInt64]
  private var members: [TermID] = []
  /// Terms beyond the bitmap: those of the query's overlay.
  private var others: Set<TermID> = []

  init(termCount: Int) {
    bits = [UInt64](repeating: 0, count: termCount / 64 + 1)
  }

  @discardableResult
  mutating func insert(_ id: TermID) -> Bool {
    let word = Int(id.rawValue >> 6)
    guard word < bits.count else {
      let isNew = others.insert(id).inserted
      if isNew { members.append(id) }
      return isNew
    }
    let bit = UInt64(1) << UInt64(id.rawValue & 63)
    if bits[word] & bit != 0 { return false }
    bits[word] |= bit
    members.append(id)
    return true
  }

  @inline(__always)
  func contains(_ id: TermID) -> Bool {
    let word = Int(id.rawValue >> 6)
    guard word < bits.count else { return others.contains(id) }
    return bits[word] >> UInt64(id.rawValue & 63) & 1 == 1
  }

  var count: Int { members.count }

  var byteCount: Int { bits.count * 8 + members.count * 8 + others.count * 16 }

  subscript(_ place: Int) -> TermID { members[place] }

  /// The number of each member among all, ascending.
  var numbers: TermNumbers { TermNumbers(bits) }

  /// The members in order of arrival; the set is empty afterwards.
  mutating func drain() -> [TermID] {
    for id in members {
      let word = Int(id.rawValue >> 6)
      if word < bits.count { bits[word] = 0 }
    }
    others.removeAll()
    defer { members = [] }
    return members
  }
}
