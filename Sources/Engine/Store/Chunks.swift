/// Memory that grows by doubling chunks and never moves, so that readers need no lock.
///
/// Addresses count elements of `Element` and begin at `first`; chunk k holds the addresses from
/// `first << k` up to twice that. One writer; a reader may read any address whose content was
/// written before the reader learnt of it. Unsafe, because a `Span` cannot outlive one access.
struct Chunks<Element: BitwiseCopyable> {
  /// The bases are biased: `bases[k] + address` is the element.
  private let bases: UnsafeMutablePointer<UnsafeMutablePointer<Element>?>
  private let firstLog2: Int

  static var chunkCount: Int { 32 }

  /// `first` is rounded down to a power of two.
  init(first: Int) {
    firstLog2 = Int.bitWidth - 1 - first.leadingZeroBitCount
    bases = .allocate(capacity: Self.chunkCount)
    bases.initialize(repeating: nil, count: Self.chunkCount)
  }

  /// A valid address for buffers of no bytes.
  var somewhere: UnsafeRawPointer { UnsafeRawPointer(bases) }

  func deallocate() {
    for chunk in 0..<Self.chunkCount {
      if let base = bases[chunk] { (base + (1 << (firstLog2 + chunk))).deallocate() }
    }
    bases.deallocate()
  }

  @inline(__always)
  private func chunk(_ address: UInt32) -> Int { 31 - address.leadingZeroBitCount - firstLog2 }

  @inline(__always)
  func pointer(_ address: UInt32) -> UnsafeMutablePointer<Element> {
    guard let base = bases[chunk(address)] else { preconditionFailure("an address never given") }
    return base + Int(address)
  }

  /// The first address at or after `address` with room for `count` elements in one chunk,
  /// which is made if need be; nil when 32 bits cannot address it.
  @inline(__always)
  func reserve(_ count: Int, from address: Int) -> Int? {
    guard address < 1 << 32 else { return nil }
    let index = chunk(UInt32(address))
    if address + count <= 1 << (firstLog2 + index + 1), bases[index] != nil { return address }
    return reserveSlowly(count, from: address)
  }

  @inline(never)
  private func reserveSlowly(_ count: Int, from start: Int) -> Int? {
    var index = chunk(UInt32(start))
    var address = start
    while address + count > 1 << (firstLog2 + index + 1) {
      index += 1
      address = 1 << (firstLog2 + index)
    }
    guard address + count <= 1 << 32 else { return nil }
    if bases[index] == nil {
      let capacity = 1 << (firstLog2 + index)
      bases[index] = .allocate(capacity: capacity) - capacity
    }
    return address
  }
}
