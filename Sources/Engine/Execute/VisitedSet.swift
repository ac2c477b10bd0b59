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

  var count: Int { members.count }

  var byteCount: Int { bits.count * 8 + members.count * 8 + others.count * 16 }

  subscript(_ place: Int) -> TermID { members[place] }

  /// The number of each member among all, ascending.
  var numbers: TermNumbers { TermNumbers(bits) }

  /// The members of the bitmap, ascending; the set is empty afterwards.
  mutating func drainAscending() -> [TermID] {
    var result: [TermID] = []
    result.reserveCapacity(members.count)
    for word in bits.indices where bits[word] != 0 {
      var rest = bits[word]
      while rest != 0 {
        result.append(TermID(rawValue: UInt32(word << 6 + rest.trailingZeroBitCount)))
        rest &= rest - 1
      }
      bits[word] = 0
    }
    members = []
    return result
  }

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

extension [TermID] {
  /// Different ids in ascending order. Many are put in order by a bit for each possible one.
  var ascending: [TermID] {
    guard let last = self.max(), count > last.rawValue / 256 else { return sorted() }
    var set = VisitedSet(termCount: Int(last.rawValue) + 1)
    for id in self { set.insert(id) }
    return set.drainAscending()
  }
}
