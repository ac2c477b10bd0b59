import RDF

/// Searching in a sorted part of a column.
extension UnsafeBufferPointer<TermID> {
  /// The first position in `range` whose id is at least `id`. Logarithmic.
  @inline(__always)
  func lowerBound(of id: TermID, in range: Range<Int>) -> Int {
    var start = range.lowerBound
    var count = range.count
    while count > 0 {
      let half = count / 2
      if self[start + half] < id {
        start += half + 1
        count -= half + 1
      } else {
        count = half
      }
    }
    return start
  }

  /// The end of the run of equal ids that begins at `lower`: galloping, as most runs are short.
  @inline(__always)
  func endOfRun(from lower: Int, to end: Int) -> Int {
    let id = self[lower]
    var step = 1
    var start = lower + 1
    while start < end, self[start] == id {
      let next = start + step
      guard next < end, self[next] == id else { break }
      start = next
      step *= 2
    }
    var count = Swift.min(step, end - start)
    while count > 0 {
      let half = count / 2
      if self[start + half] == id {
        start += half + 1
        count -= half + 1
      } else {
        count = half
      }
    }
    return start
  }
}

extension [TermID] {
  /// The first position whose id is at least `id`.
  func lowerBound(of id: TermID) -> Int {
    withUnsafeBufferPointer { $0.lowerBound(of: id, in: 0..<count) }
  }
}
