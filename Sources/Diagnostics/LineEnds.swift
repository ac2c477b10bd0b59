import Glibc

extension [UInt8] {
  /// The first line end from an index on, not after `end`; nil when there is none.
  package func lineEnd(from start: Int, to end: Int) -> Int? {
    guard start < end else { return nil }
    return withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = memchr(base + start, 0x0A, Swift.min(end, count) - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  package func lineEndCount(in range: Range<Int>) -> Int {
    var count = 0
    var next = range.lowerBound
    while let end = lineEnd(from: next, to: range.upperBound) {
      count += 1
      next = end + 1
    }
    return count
  }
}
