// `memchr` looks at 32 or 64 bytes at once; what the standard library has for it takes them one by one.
import Glibc

extension UnsafeBufferPointer<UInt8> {
  /// The first line end from an index on, before `end`; nil when there is none.
  package func lineEnd(from start: Int, to end: Int) -> Int? {
    guard let base = baseAddress, start < end,
      let found = memchr(base + start, 0x0A, Swift.min(end, count) - start)
    else { return nil }
    return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
  }

  package var lineEndCount: Int {
    var total = 0
    var next = 0
    while let end = lineEnd(from: next, to: count) {
      total += 1
      next = end + 1
    }
    return total
  }
}

extension [UInt8] {
  /// The first line end from an index on, before `end`; nil when there is none.
  package func lineEnd(from start: Int, to end: Int) -> Int? {
    withUnsafeBufferPointer { $0.lineEnd(from: start, to: end) }
  }

  package func lineEndCount(in range: Range<Int>) -> Int {
    withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[range]).lineEndCount }
  }
}
