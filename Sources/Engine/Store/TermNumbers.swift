import RDF

/// Numbers for a set of terms, from 0 in the order of their ids.
struct TermNumbers: Sendable {
  private let words: [UInt64]
  private let ranks: [UInt32]

  /// `words` has a bit for each id, set for those to be numbered.
  init(_ words: [UInt64]) {
    self.words = words
    ranks = LeadDirectory.ranks(words)
  }

  /// For the terms of some lists.
  init(of lists: UnsafeBufferPointer<TermID>...) {
    var last: UInt32 = 0
    for ids in lists {
      for id in ids { last = max(last, id.rawValue) }
    }
    var words = [UInt64](repeating: 0, count: Int(last >> 6) + 1)
    for ids in lists {
      var known = TermID.none
      for id in ids where id != known {
        words[Int(id.rawValue >> 6)] |= 1 &<< UInt64(id.rawValue & 63)
        known = id
      }
    }
    self.init(words)
  }

  /// The number of a term of the set.
  @inline(__always)
  subscript(id: TermID) -> Int32 {
    let place = Int(id.rawValue >> 6)
    let below = words[place] & (1 &<< UInt64(id.rawValue & 63) &- 1)
    return Int32(truncatingIfNeeded: Int(ranks[place]) + below.nonzeroBitCount)
  }

  /// nil for a term that is not in the set.
  func number(of id: TermID) -> Int32? {
    let place = Int(id.rawValue >> 6)
    guard place < words.count, words[place] >> UInt64(id.rawValue & 63) & 1 == 1 else { return nil }
    return self[id]
  }

  /// The terms, ascending.
  var members: [TermID] {
    var members: [TermID] = []
    members.reserveCapacity(Int(ranks.last ?? 0) + (words.last?.nonzeroBitCount ?? 0))
    for (place, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        members.append(TermID(rawValue: UInt32(place << 6 + rest.trailingZeroBitCount)))
        rest &= rest - 1
      }
    }
    return members
  }
}

extension [TermID] {
  /// Different ids in ascending order. Many are put in order by a bit for each possible one.
  var ascending: [TermID] {
    guard let last = self.max(), count > last.rawValue / 256 else { return sorted() }
    return withUnsafeBufferPointer { TermNumbers(of: $0).members }
  }
}
