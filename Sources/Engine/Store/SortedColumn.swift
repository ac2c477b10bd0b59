import RDF

/// Searching in a sorted part of a column.
extension UnsafeBufferPointer<TermID> {
  /// The first position in `range` whose id is at least `id`. Logarithmic.
  @inline(__always)
  func lowerBound(of id: TermID, in range: Range<Int>) -> Int {
    var start = range.lowerBound
    var count = range.count
    // By arithmetic and not by branches, which cannot be foretold. The high half of the difference is
    // all ones or zero; from its sign alone the compiler makes a branch again.
    while count > 1 {
      let half = count / 2
      let difference = UInt(self[start &+ half &- 1].rawValue) &- UInt(id.rawValue)
      start &+= half & Int(bitPattern: difference &>> 32)
      count &-= half
    }
    return count == 1 && self[start] < id ? start &+ 1 : start
  }

  /// The end of the run of equal ids that begins at `lower`: galloping in a long range, as most
  /// runs are short.
  @inline(__always)
  func endOfRun(from lower: Int, to end: Int) -> Int {
    let id = self[lower]
    var low = lower
    var high = end
    if end - lower > 256 {
      var step = 1
      while low + step < end, self[low + step] == id {
        low += step
        step *= 2
      }
      high = Swift.min(end, low + step)
    }
    return lowerBound(of: TermID(rawValue: id.rawValue &+ 1), in: low..<high)
  }
}

extension [TermID] {
  /// The first position whose id is at least `id`.
  func lowerBound(of id: TermID) -> Int {
    withUnsafeBufferPointer { $0.lowerBound(of: id, in: 0..<count) }
  }
}
