/// The prefixes of a document and their namespaces: an open-addressing table over bytes.
struct PrefixTable {
  private struct Entry {
    var prefix: Range<Int>
    var namespace: Range<Int>
    var hash: UInt64
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// Index of an entry + 1; 0 is free. The count is a power of two.
  private var slots = [UInt32](repeating: 0, count: 64)

  /// Calls the closure with the namespace of a prefix; nil when it is not declared.
  func withNamespace<Result>(
    of prefix: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result? {
    let slot = slot(of: prefix, Self.hash(prefix))
    guard slots[slot] != 0 else { return nil }
    let range = entries[Int(slots[slot]) - 1].namespace
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Every prefix with its namespace, in the order of the first declarations.
  var declarations: [NamespacePrefixes.Entry] {
    entries.map { entry in
      NamespacePrefixes.Entry(
        String(decoding: bytes[entry.prefix], as: UTF8.self),
        String(decoding: bytes[entry.namespace], as: UTF8.self))
    }
  }

  /// Declares a prefix, anew if it is known.
  mutating func declare(_ prefix: UnsafeBufferPointer<UInt8>, as namespace: [UInt8]) {
    let hash = Self.hash(prefix)
    let slot = slot(of: prefix, hash)
    let namespaceStart = bytes.count
    bytes += namespace
    let namespaceRange = namespaceStart..<bytes.count
    if slots[slot] != 0 {
      entries[Int(slots[slot]) - 1].namespace = namespaceRange
      return
    }
    let prefixStart = bytes.count
    bytes += prefix
    entries.append(
      Entry(prefix: prefixStart..<bytes.count, namespace: namespaceRange, hash: hash))
    slots[slot] = UInt32(entries.count)
    if entries.count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }

  private func slot(of prefix: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, bytes[entry.prefix].elementsEqual(prefix) { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// FNV-1a.
  private static func hash(_ prefix: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in prefix { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ hash >> 32
  }
}
