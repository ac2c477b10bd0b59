import RDF

/// Searching in a sorted part of a column.
extension [TermID] {
  /// The first position in `range` whose id is at least `id`. Logarithmic, without branches.
  @inline(__always)
  func lowerBound(of id: TermID, in range: Range<Int>) -> Int {
    withUnsafeBufferPointer { column in
      var start = range.lowerBound
      var count = range.count
      while count > 0 {
        let half = count / 2
        if column[start + half] < id {
          start += half + 1
          count -= half + 1
        } else {
          count = half
        }
      }
      return start
    }
  }

  /// The end of the run of `id` that begins at `lower`: galloping, since most runs are short.
  @inline(__always)
  func upperBound(of id: TermID, from lower: Int, to end: Int) -> Int {
    var step = 1
    var low = lower
    while low + step < end, self[low + step] == id {
      low += step
      step *= 2
    }
    var count = Swift.min(step, end - low)
    var start = low
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
