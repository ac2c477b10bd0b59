import RDF

/// A triple on its way into an index, 16 bytes.
struct LoadedTriple: BitwiseCopyable {
  var triple: EncodedTriple
  var origin: UInt32
}

/// Least-significant-digit radix sort of triples; stable, linear in their number.
///
/// Unsafe buffers, because every pass scatters through computed positions that its own
/// histogram has just proved to be in bounds.
struct RadixSort {
  /// The largest id in the triples; fewer bits take fewer passes.
  let maximumID: UInt32

  private static let digitBits = 11

  /// Sorts by the positions given (0 subject, 1 predicate, 2 object), the most significant first.
  func sort(_ items: inout [LoadedTriple], by positions: [Int]) {
    guard items.count > 1 else { return }
    var other = [LoadedTriple](unsafeUninitializedCapacity: items.count) { _, count in
      count = items.count
    }
    for position in positions.reversed() {
      switch position {
      case 0: sort(&items, &other) { $0.triple.subject.rawValue }
      case 1: sort(&items, &other) { $0.triple.predicate.rawValue }
      default: sort(&items, &other) { $0.triple.object.rawValue }
      }
    }
  }

  @inline(__always)
  private func sort(
    _ items: inout [LoadedTriple], _ other: inout [LoadedTriple], key: (LoadedTriple) -> UInt32
  ) {
    let bits = 32 - maximumID.leadingZeroBitCount
    let passes = max(1, (bits + Self.digitBits - 1) / Self.digitBits)
    let width = (bits + passes - 1) / passes
    for pass in 0..<passes
    where Self.pass(&items, &other, shift: UInt32(pass * width), width: width, key: key) {
      swap(&items, &other)
    }
  }

  /// Scatters `items` into `other` by one digit; false when all share it and nothing was done.
  @inline(__always)
  private static func pass(
    _ items: inout [LoadedTriple], _ other: inout [LoadedTriple], shift: UInt32, width: Int,
    key: (LoadedTriple) -> UInt32
  ) -> Bool {
    let mask = UInt32(1) << UInt32(width) &- 1
    return items.withUnsafeBufferPointer { from in
      other.withUnsafeMutableBufferPointer { to in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << width) { places in
          places.initialize(repeating: 0)
          for index in 0..<from.count { places[Int(key(from[index]) >> shift & mask)] &+= 1 }
          if places[Int(key(from[0]) >> shift & mask)] == from.count { return false }
          var sum = 0
          for digit in 0..<places.count {
            let count = places[digit]
            places[digit] = sum
            sum &+= count
          }
          for index in 0..<from.count {
            let item = from[index]
            let digit = Int(key(item) >> shift & mask)
            to[places[digit]] = item
            places[digit] &+= 1
          }
          return true
        }
      }
    }
  }
}
