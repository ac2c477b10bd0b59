/// Hashing and comparing of short byte strings, eight bytes at a time.
///
/// Raw pointers, because the keys lie inside the arena, where no `Span` can be stored; `load`
/// reads each byte of the string and none beyond it. Source: the mixing of wyhash (Wang Yi).
enum ByteHash {
  @inline(__always)
  static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  @inline(__always)
  private static func word(_ p: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    p.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  @inline(__always)
  private static func half(_ p: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(p.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// A 32-bit hash; `salt` sets apart equal bytes of different kinds.
  @inline(__always)
  static func hash(_ p: UnsafeRawPointer, _ count: Int, salt: UInt64) -> UInt32 {
    var state = salt ^ 0xa076_1d64_78bd_642f
    var a: UInt64 = 0
    var b: UInt64 = 0
    if count >= 16 {
      var at = 0
      while at + 16 < count {
        state = mix(word(p, at) ^ 0xe703_7ed1_a0b4_28db, word(p, at + 8) ^ state)
        at += 16
      }
      a = word(p, count - 16)
      b = word(p, count - 8)
    } else if count >= 8 {
      a = word(p, 0)
      b = word(p, count - 8)
    } else if count >= 4 {
      a = half(p, 0)
      b = half(p, count - 4)
    } else if count > 0 {
      a = UInt64(p.load(fromByteOffset: 0, as: UInt8.self))
      b =
        UInt64(p.load(fromByteOffset: count >> 1, as: UInt8.self)) << 8
        | UInt64(p.load(fromByteOffset: count - 1, as: UInt8.self))
    }
    let mixed = mix(
      0x8ebc_6af0_9c88_c6e3 ^ UInt64(truncatingIfNeeded: count),
      mix(a ^ 0xe703_7ed1_a0b4_28db, b ^ state))
    return UInt32(truncatingIfNeeded: mixed >> 32)
  }

  @inline(__always)
  static func equal(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
    if count >= 8 {
      var at = 0
      while at + 8 < count {
        if word(a, at) != word(b, at) { return false }
        at += 8
      }
      return word(a, count - 8) == word(b, count - 8)
    }
    if count >= 4 { return half(a, 0) == half(b, 0) && half(a, count - 4) == half(b, count - 4) }
    for at in 0..<count
    where a.load(fromByteOffset: at, as: UInt8.self) != b.load(fromByteOffset: at, as: UInt8.self) {
      return false
    }
    return true
  }

  private static func lower(_ p: UnsafeRawPointer, _ at: Int) -> UInt8 {
    let byte = p.load(fromByteOffset: at, as: UInt8.self)
    return byte &- 65 < 26 ? byte | 32 : byte
  }

  /// For the few language tags; ASCII only.
  static func hashIgnoringCase(_ p: UnsafeRawPointer, _ count: Int, salt: UInt64) -> UInt32 {
    var state = salt
    for at in 0..<count { state = mix(state ^ UInt64(lower(p, at)), 0xe703_7ed1_a0b4_28db) }
    return UInt32(truncatingIfNeeded: mix(state, 0x8ebc_6af0_9c88_c6e3) >> 32)
  }

  static func equalIgnoringCase(
    _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int
  ) -> Bool {
    (0..<count).allSatisfy { lower(a, $0) == lower(b, $0) }
  }
}
