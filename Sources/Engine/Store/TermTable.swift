import Glibc
import Synchronization

/// Open addressing from a 32-bit hash to an id; the hash beside the id spares most comparisons
/// and lets the table grow without looking at the terms. A large one has parts, by the first bits of the hash, which
/// grow one by one: all at once, that takes a tenth of a second among ten million.
///
/// Sendable by this invariant: one thread at a time writes. Readers may search while it writes: entries are atomic, a grown part is
/// published whole, and the one before it is freed only when no search is under way.
final class TermTable: @unchecked Sendable {
  /// Entry 0 is the capacity, entry 1 is how many are in use; the others are `hash << 32 | id`, 0 when empty.
  private typealias Part = UnsafeMutablePointer<Atomic<UInt64>>
  /// Word 0 is how far a hash is shifted for the number of its part; the others are addresses of parts.
  private typealias Parts = UnsafeMutablePointer<Atomic<UInt>>

  private var parts: Parts
  private let published: Atomic<UnsafeMutableRawPointer>
  private let searches = Atomic<Int>(0)
  private var retired: [UnsafeMutableRawPointer] = []
  private(set) var byteCount = 0

  init() {
    parts = Self.zeros(2)
    parts[0].store(UInt(Self.hashBitCount), ordering: .relaxed)
    published = Atomic(UnsafeMutableRawPointer(parts))
    set(0, to: allocate(64))
  }

  deinit {
    for number in 0..<partCount { free(part(number)) }
    free(parts)
    for table in retired { free(table) }
  }

  private static let hashBitCount = 32
  private static let splitShift = 28
  /// Up to so many, entries are put in their places in less than a millisecond.
  private static let splitCapacity = 1 << 16
  private static let headerCount = 2

  private var partCount: Int { 1 << (Self.hashBitCount - Self.shift(parts)) }

  @inline(__always)
  private static func shift(_ parts: Parts) -> Int { Int(parts[0].load(ordering: .relaxed)) }

  @inline(__always)
  private func part(_ number: Int) -> Part { Self.part(number, of: parts) }

  @inline(__always)
  private static func part(_ number: Int, of parts: Parts) -> Part {
    guard let part = Part(bitPattern: parts[number + 1].load(ordering: .sequentiallyConsistent))
    else { preconditionFailure("a part of no entries") }
    return part
  }

  private func set(_ number: Int, to part: Part) {
    parts[number + 1].store(UInt(bitPattern: part), ordering: .sequentiallyConsistent)
  }

  @inline(__always)
  private static func number(_ hash: UInt32, _ shift: Int) -> Int {
    Int(truncatingIfNeeded: UInt64(hash) >> UInt64(truncatingIfNeeded: shift))
  }

  /// Zeros that the system gives need not be written.
  private static func zeros<Word: AtomicRepresentable>(
    _ count: Int
  ) -> UnsafeMutablePointer<Atomic<Word>> {
    guard let raw = calloc(count, 8) else { preconditionFailure("out of memory") }
    return raw.assumingMemoryBound(to: Atomic<Word>.self)
  }

  private func allocate(_ capacity: Int) -> Part {
    let part: Part = Self.zeros(capacity + Self.headerCount)
    part[0].store(UInt64(capacity), ordering: .relaxed)
    byteCount += capacity * 8
    return part
  }

  private func retire(_ part: Part) {
    byteCount -= Self.capacity(part) * 8
    retired.append(UnsafeMutableRawPointer(part))
  }

  @inline(__always)
  private static func capacity(_ part: Part) -> Int { Int(part[0].load(ordering: .relaxed)) }

  /// Where a search begins: in a part, in the order of hashes.
  @inline(__always)
  private static func home(_ hash: UInt32, _ shift: Int, _ capacity: Int) -> Int {
    let rest = UInt64(hash) << UInt64(hashBitCount - shift) & 0xffff_ffff
    return Int((rest &* UInt64(capacity)) >> 32) &+ headerCount
  }

  @inline(__always)
  private static func slot(after slot: Int, _ capacity: Int) -> Int {
    slot == capacity &+ headerCount &- 1 ? headerCount : slot &+ 1
  }

  @inline(__always)
  private static func search(
    _ parts: Parts, _ hash: UInt32, _ matches: (UInt32) -> Bool
  ) -> (id: UInt32, slot: Int) {
    let shift = shift(parts)
    let part = part(number(hash, shift), of: parts)
    let capacity = capacity(part)
    var slot = home(hash, shift, capacity)
    while true {
      let entry = part[slot].load(ordering: .acquiring)
      if entry == 0 { return (0, slot) }
      if UInt32(truncatingIfNeeded: entry >> 32) == hash {
        let id = UInt32(truncatingIfNeeded: entry)
        if matches(id) { return (id, slot) }
      }
      slot = Self.slot(after: slot, capacity)
    }
  }

  /// For readers on any thread; 0 when absent.
  @inline(__always)
  func find(_ hash: UInt32, _ matches: (UInt32) -> Bool) -> UInt32 {
    searches.add(1, ordering: .sequentiallyConsistent)
    defer { searches.subtract(1, ordering: .sequentiallyConsistent) }
    let raw = published.load(ordering: .sequentiallyConsistent)
    return Self.search(raw.assumingMemoryBound(to: Atomic<UInt>.self), hash, matches).id
  }

  /// For the writer: the id found, or the slot where one can be put by `insert`.
  @inline(__always)
  func findOrSlot(_ hash: UInt32, _ matches: (UInt32) -> Bool) -> (id: UInt32, slot: Int) {
    Self.search(parts, hash, matches)
  }

  @inline(__always)
  func insert(_ hash: UInt32, _ id: UInt32, slot: Int) {
    let number = Self.number(hash, Self.shift(parts))
    let part = part(number)
    part[slot].store(UInt64(hash) << 32 | UInt64(id), ordering: .releasing)
    let count = part[1].load(ordering: .relaxed) &+ 1
    part[1].store(count, ordering: .relaxed)
    if Int(count) * 5 > Self.capacity(part) * 4 { grow(number) }
  }

  @inline(never)
  private func grow(_ number: Int) {
    let old = part(number)
    let capacity = Self.capacity(old)
    if Self.shift(parts) == Self.hashBitCount, capacity >= Self.splitCapacity {
      split(old)
    } else {
      let part = allocate(capacity < 4096 ? capacity * 4 : capacity / 2 * 3)
      let shift = Self.shift(parts)
      Self.forEachEntry(old) { Self.put($0, in: part, shift) }
      set(number, to: part)
    }
    retire(old)
    if searches.load(ordering: .sequentiallyConsistent) == 0 {
      for table in retired { free(table) }
      retired.removeAll(keepingCapacity: true)
    }
  }

  /// Puts what was in one part into many.
  private func split(_ old: Part) {
    let count = 1 << (Self.hashBitCount - Self.splitShift)
    retired.append(UnsafeMutableRawPointer(parts))
    parts = Self.zeros(count + 1)
    parts[0].store(UInt(Self.splitShift), ordering: .relaxed)
    // Of different sizes, so that they do not all grow at once.
    for number in 0..<count {
      set(number, to: allocate(Self.capacity(old) / count * (2 * count + number) / count))
    }
    Self.forEachEntry(old) {
      let hash = UInt32(truncatingIfNeeded: $0 >> 32)
      Self.put($0, in: part(Self.number(hash, Self.splitShift)), Self.splitShift)
    }
    published.store(UnsafeMutableRawPointer(parts), ordering: .sequentiallyConsistent)
  }

  @inline(__always)
  private static func forEachEntry(_ part: Part, _ body: (UInt64) -> Void) {
    for slot in headerCount..<capacity(part) + headerCount {
      let entry = part[slot].load(ordering: .relaxed)
      if entry != 0 { body(entry) }
    }
  }

  /// In a part that nobody else has yet.
  @inline(__always)
  private static func put(_ entry: UInt64, in part: Part, _ shift: Int) {
    let capacity = capacity(part)
    var slot = home(UInt32(truncatingIfNeeded: entry >> 32), shift, capacity)
    while part[slot].load(ordering: .relaxed) != 0 { slot = Self.slot(after: slot, capacity) }
    part[slot].store(entry, ordering: .relaxed)
    part[1].store(part[1].load(ordering: .relaxed) &+ 1, ordering: .relaxed)
  }
}
