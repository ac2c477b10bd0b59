import Diagnostics
import Engine
import RDF
import Sentences

extension NameIndex {
  /// The numbers of the names that begin with a folded prefix, accents aside, in order of arrival, at most `limit`.
  ///
  /// One pass over the column of leading bytes; O(names).
  func numbers(withPrefix prefix: [UInt8], limit: Int) -> [Int] {
    let prefix = NameFolding.withoutAccents(prefix)
    let key = Self.leading(prefix.span)
    let keptBits = min(prefix.count, 8) * 8
    let mask: UInt64 = keptBits == 0 ? 0 : ~0 << (64 - UInt64(keptBits))
    // Not a span: a closure inside the loop would let it escape.
    return leadingBytes.withUnsafeBufferPointer { column in
      var found: [Int] = []
      for number in column.indices where (column[number] ^ key) & mask == 0 {
        if prefix.count > 8, !withName(number, { Self.begins($0, with: prefix) }) { continue }
        found.append(number)
        if found.count == limit { break }
      }
      return found
    }
  }

  private static func begins(_ name: UnsafeBufferPointer<UInt8>, with prefix: [UInt8]) -> Bool {
    name.starts(with: prefix)
      || name.contains { $0 >= 0x80 }
        && NameFolding.withoutAccents(Array(name)).starts(with: prefix)
  }

  /// The numbers of names within `limit` edits of a folded name, nearest first, at most 20.
  ///
  /// O(names), with a cheap test by length and by the set of bytes before each comparison.
  func numbers(
    near name: [UInt8], limit: Int, within budget: SearchBudget, where isWanted: (Int) -> Bool
  ) -> [Int] {
    let scalars = Array(String(decoding: name, as: UTF8.self).unicodeScalars)
    let wanted = name.withUnsafeBufferPointer(Self.byteSet)
    var found: [(distance: Int, number: Int)] = []
    for number in 0..<count {
      if isOver(budget) { break }
      // A scalar takes up to four bytes, so an edit may change the length by three.
      guard abs(byteCount(number) - name.count) <= limit * 3, isWanted(number) else { continue }
      let difference = withName(number, Self.byteSet) ^ wanted
      guard difference.nonzeroBitCount <= limit * 2 else { continue }
      let candidate = text(number).unicodeScalars
      if let distance = editDistance(candidate, scalars, limit: limit) {
        found.append((distance, number))
      }
    }
    found.sort { ($0.distance, $0.number) < ($1.distance, $1.number) }
    return found.prefix(20).map(\.number)
  }

  /// The numbers of names that hold all the words of a folded name, at most `limit`.
  func numbers(
    withWords name: [UInt8], limit: Int, within budget: SearchBudget,
    where isWanted: (Int) -> Bool
  ) -> [Int] {
    let words = name.split(separator: UInt8(ascii: " "))
    guard !words.isEmpty, words.allSatisfy({ $0.count > 2 }) else { return [] }
    var found: [Int] = []
    for number in 0..<count where byteCount(number) > name.count {
      if isOver(budget) { break }
      let holds = withName(number) { bytes in
        let nameWords = bytes.split(separator: UInt8(ascii: " "))
        return words.allSatisfy { word in nameWords.contains { $0.elementsEqual(word) } }
      }
      if holds, isWanted(number) {
        found.append(number)
        if found.count == limit { break }
      }
    }
    return found
  }

  private func isOver(_ budget: SearchBudget) -> Bool {
    do throws(EvaluationError) {
      try budget.step(4)
      return false
    } catch {
      return true
    }
  }

  /// A bit for each of 64 classes of characters that occur; those beyond ASCII are one class, so that an edit
  /// changes two bits at most.
  private static func byteSet(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 | 1 << UInt64($1 < 0x80 ? $1 & 63 : 0) }
  }
}
