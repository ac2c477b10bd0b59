import Glibc
import Synchronization

/// Open addressing from a 32-bit hash to an id; the hash beside the id spares most comparisons
/// and lets the table grow without looking at the terms.
///
/// Sendable by this invariant: one thread at a time writes. Readers may search while it writes: entries are atomic, a grown table is
/// published whole, and the one before it is freed only when no search is under way.
final class TermTable: @unchecked Sendable {
  /// Entry 0 is the capacity; an entry is `hash << 32 | id`, 0 when empty.
  private typealias Entries = UnsafeMutablePointer<Atomic<UInt64>>

  private var entries: Entries
  private var capacity: Int
  private var count = 0
  private let published: Atomic<UnsafeMutableRawPointer>
  private let searches = Atomic<Int>(0)
  private var retired: [UnsafeMutableRawPointer] = []

  init() {
    capacity = 64
    entries = Self.allocate(capacity)
    published = Atomic(UnsafeMutableRawPointer(entries))
  }

  deinit {
    free(entries)
    for table in retired { free(table) }
  }

  var byteCount: Int { capacity * 8 }

  private static func allocate(_ capacity: Int) -> Entries {
    // Zeros that the system gives need not be written.
    guard let raw = calloc(capacity + 1, 8) else { preconditionFailure("out of memory") }
    let entries = raw.assumingMemoryBound(to: Atomic<UInt64>.self)
    entries[0].store(UInt64(capacity), ordering: .relaxed)
    return entries
  }

  @inline(__always)
  private static func home(_ hash: UInt32, _ capacity: Int) -> Int {
    Int((UInt64(hash) &* UInt64(capacity)) >> 32) &+ 1
  }

  @inline(__always)
  private static func search(
    _ entries: Entries, _ capacity: Int, _ hash: UInt32, _ matches: (UInt32) -> Bool
  ) -> (id: UInt32, slot: Int) {
    var slot = home(hash, capacity)
    while true {
      let entry = entries[slot].load(ordering: .acquiring)
      if entry == 0 { return (0, slot) }
      if UInt32(truncatingIfNeeded: entry >> 32) == hash {
        let id = UInt32(truncatingIfNeeded: entry)
        if matches(id) { return (id, slot) }
      }
      slot = slot == capacity ? 1 : slot &+ 1
    }
  }

  /// For readers on any thread; 0 when absent.
  @inline(__always)
  func find(_ hash: UInt32, _ matches: (UInt32) -> Bool) -> UInt32 {
    searches.add(1, ordering: .sequentiallyConsistent)
    defer { searches.subtract(1, ordering: .sequentiallyConsistent) }
    let raw = published.load(ordering: .sequentiallyConsistent)
    let entries = raw.assumingMemoryBound(to: Atomic<UInt64>.self)
    let capacity = Int(entries[0].load(ordering: .relaxed))
    return Self.search(entries, capacity, hash, matches).id
  }

  /// For the writer: the id found, or the slot where one can be put by `insert`.
  @inline(__always)
  func findOrSlot(_ hash: UInt32, _ matches: (UInt32) -> Bool) -> (id: UInt32, slot: Int) {
    Self.search(entries, capacity, hash, matches)
  }

  @inline(__always)
  func insert(_ hash: UInt32, _ id: UInt32, slot: Int) {
    entries[slot].store(UInt64(hash) << 32 | UInt64(id), ordering: .releasing)
    count += 1
    if count * 5 > capacity * 4 { grow() }
  }

  @inline(never)
  private func grow() {
    let larger = capacity < 4096 ? capacity * 4 : capacity / 2 * 3
    let next = Self.allocate(larger)
    for slot in 1...capacity {
      let entry = entries[slot].load(ordering: .relaxed)
      guard entry != 0 else { continue }
      var place = Self.home(UInt32(truncatingIfNeeded: entry >> 32), larger)
      while next[place].load(ordering: .relaxed) != 0 { place = place == larger ? 1 : place + 1 }
      next[place].store(entry, ordering: .relaxed)
    }
    retired.append(UnsafeMutableRawPointer(entries))
    entries = next
    capacity = larger
    published.store(UnsafeMutableRawPointer(next), ordering: .sequentiallyConsistent)
    if searches.load(ordering: .sequentiallyConsistent) == 0 {
      for table in retired { free(table) }
      retired.removeAll(keepingCapacity: true)
    }
  }
}
