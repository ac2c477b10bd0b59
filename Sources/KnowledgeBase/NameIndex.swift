import RDF
import Sentences

/// The names of a graph's terms, found by folded text in expected O(length).
///
/// A name may be borne by several terms and a term may bear several names. Names lie end to end in
/// one arena; the first eight bytes of each, without accents, stand in a column of their own, so
/// that a prefix is found among a million names by one pass over 8 MB.
///
/// A class, because a lookup through a struct in a stored property copies the struct: 9 retains.
final class NameIndex {
  /// What a term can stand for, as bits.
  struct Roles: OptionSet {
    let rawValue: UInt8

    static let relation = Roles(rawValue: 1)
    static let `class` = Roles(rawValue: 2)
  }

  private var arena: [UInt8] = []
  /// Where name `n` begins; one more than names, so that `starts[n + 1]` is its end.
  private var starts: [UInt32] = [0]
  private(set) var leadingBytes: [UInt64] = []
  /// The bearer of each name, `none` when it has lost its last, `shared` when there are several.
  private var bearers: [TermID] = []
  private var sharedBearers: [Int: [TermID]] = [:]
  /// Open addressing in the order of the hashes: the upper half of a hash and a name's number plus one; 0 is free.
  private var slots: [UInt64] = Array(repeating: 0, count: 64)
  /// By term handle.
  private var roles: [Roles] = []
  /// A bit for the hash of every name that a relation bears: most words of a sentence are no relation,
  /// and this says so without a visit to the table.
  private var relationFilter: [UInt64] = Array(repeating: 0, count: 1024)

  private static let shared = TermID(rawValue: .max)

  var count: Int { bearers.count }

  // MARK: - Roles

  /// Adds what a term can stand for; O(1) amortised.
  func mark(_ id: TermID, as added: Roles) {
    let index = Int(id.rawValue)
    if index >= roles.count {
      roles.append(
        contentsOf: repeatElement([], count: max(index + 1, roles.count * 2) - roles.count))
    }
    if added.contains(.relation), !roles[index].contains(.relation) { admitRelation(id) }
    roles[index].formUnion(added)
  }

  /// Lets the names that a term already has through the filter; O(names), once a relation.
  private func admitRelation(_ id: TermID) {
    for number in bearers.indices
    where bearers[number] == id || bearers[number] == Self.shared {
      if bearersList(number).contains(id) {
        admit(withName(number) { Self.hash(Span(_unsafeElements: $0)) })
      }
    }
  }

  private func admit(_ hash: UInt64) {
    relationFilter[Int(hash >> 22) & 1023] |= 1 << (hash & 63)
  }

  private func isAdmitted(_ hash: UInt64) -> Bool {
    relationFilter[Int(hash >> 22) & 1023] & 1 << (hash & 63) != 0
  }

  func setRoles(of id: TermID, to newRoles: Roles) {
    mark(id, as: newRoles)
    roles[Int(id.rawValue)] = newRoles
  }

  func roles(of id: TermID) -> Roles {
    let index = Int(id.rawValue)
    return index < roles.count ? roles[index] : []
  }

  /// A term that is used as a relation is not offered as an entity.
  func plays(_ id: TermID, _ role: NameRole) -> Bool {
    switch role {
    case .entity: !roles(of: id).contains(.relation)
    case .class: roles(of: id).contains(.class)
    case .relation: roles(of: id).contains(.relation)
    }
  }

  // MARK: - Lookup

  /// What a folded name means in a role.
  func match(_ name: Span<UInt8>, as role: NameRole) -> NameMatch {
    let hash = Self.hash(name)
    if role == .relation, !isAdmitted(hash) { return .unknown }
    guard let number = number(of: name, hash: hash) else { return .unknown }
    let bearer = bearers[number]
    if bearer == Self.shared {
      let fitting = bearersList(number).filter { plays($0, role) }
      return fitting.count > 1 ? .several : fitting.first.map(NameMatch.one) ?? .unknown
    }
    return bearer.isBound && plays(bearer, role) ? .one(bearer) : .unknown
  }

  /// Every term that bears the name in the role.
  func allMatches(_ name: Span<UInt8>, as role: NameRole) -> [TermID] {
    guard let number = number(of: name) else { return [] }
    return bearersList(number).filter { plays($0, role) }
  }

  /// The terms that bear name `number`.
  func forEachBearer(of number: Int, _ body: (TermID) -> Void) {
    let bearer = bearers[number]
    if bearer == Self.shared {
      for id in sharedBearers[number] ?? [] { body(id) }
    } else if bearer.isBound {
      body(bearer)
    }
  }

  /// The same as a list.
  func bearersList(_ number: Int) -> [TermID] {
    let bearer = bearers[number]
    if bearer == Self.shared { return sharedBearers[number] ?? [] }
    return bearer.isBound ? [bearer] : []
  }

  /// Whether a term that bears name `number` can stand for `role`.
  func hasBearer(_ number: Int, playing role: NameRole) -> Bool {
    let bearer = bearers[number]
    if bearer == Self.shared { return bearersList(number).contains { plays($0, role) } }
    return bearer.isBound && plays(bearer, role)
  }

  /// Gives the folded bytes of name `number` to a closure.
  func withName<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    arena.withUnsafeBufferPointer { bytes in
      body(
        UnsafeBufferPointer(rebasing: bytes[Int(starts[number])..<Int(starts[number + 1])]))
    }
  }

  func text(_ number: Int) -> String {
    String(decoding: arena[Int(starts[number])..<Int(starts[number + 1])], as: UTF8.self)
  }

  func byteCount(_ number: Int) -> Int { Int(starts[number + 1] - starts[number]) }

  // MARK: - Change

  /// Lets a term bear a name; nothing changes when it already does.
  func add(_ name: Span<UInt8>, bearer: TermID) {
    let hash = Self.hash(name)
    let number = number(of: name, hash: hash) ?? append(name, hash: hash)
    if roles(of: bearer).contains(.relation) { admit(hash) }
    let present = bearers[number]
    if present == bearer { return }
    guard present.isBound else {
      bearers[number] = bearer
      return
    }
    var list = bearersList(number)
    if list.contains(bearer) { return }
    list.append(bearer)
    sharedBearers[number] = list
    bearers[number] = Self.shared
  }

  /// Takes a name from a term; nothing changes when it does not bear it.
  func remove(_ name: Span<UInt8>, bearer: TermID) {
    guard let number = number(of: name) else { return }
    let rest = bearersList(number).filter { $0 != bearer }
    sharedBearers[number] = rest.count > 1 ? rest : nil
    bearers[number] = rest.count > 1 ? Self.shared : rest.first ?? .none
  }

  private func append(_ name: Span<UInt8>, hash: UInt64) -> Int {
    if (bearers.count + 1) * 2 > slots.count { grow() }
    let number = bearers.count
    name.withUnsafeBufferPointer { arena.append(contentsOf: $0) }
    starts.append(UInt32(arena.count))
    leadingBytes.append(leading(ofName: number))
    bearers.append(.none)
    insert(hash & Self.tagBits | UInt64(number + 1))
    return number
  }

  // MARK: - Table

  func number(of name: Span<UInt8>) -> Int? {
    number(of: name, hash: Self.hash(name))
  }

  private func number(of name: Span<UInt8>, hash: UInt64) -> Int? {
    let mask = slots.count - 1
    let tag = hash >> 32
    var index = home(tag)
    while true {
      let slot = slots[index]
      if slot == 0 { return nil }
      if slot >> 32 == tag {
        let number = Int(UInt32(truncatingIfNeeded: slot)) - 1
        if isEqual(number, name) { return number }
      }
      index = (index + 1) & mask
    }
  }

  private func isEqual(_ number: Int, _ name: Span<UInt8>) -> Bool {
    let start = Int(starts[number])
    guard Int(starts[number + 1]) - start == name.count else { return false }
    for offset in name.indices where arena[start + offset] != name[offset] { return false }
    return true
  }

  private static let tagBits: UInt64 = ~0 << 32

  /// Where a search for the upper half of a hash begins.
  @inline(__always)
  private func home(_ tag: UInt64) -> Int {
    Int(truncatingIfNeeded: (tag &* UInt64(slots.count)) >> 32)
  }

  private func insert(_ slot: UInt64) {
    let mask = slots.count - 1
    var index = home(slot >> 32)
    while slots[index] != 0 { index = (index + 1) & mask }
    slots[index] = slot
  }

  /// Goes through both tables in their order: at random, it takes ten times as long among a million names.
  private func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    for slot in old where slot != 0 { insert(slot) }
  }

  /// Multiplies and folds eight bytes at a time; the high bits are what the table keeps.
  private static func hash(_ name: Span<UInt8>) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(name.count)
    name.withUnsafeBufferPointer { bytes in
      let raw = UnsafeRawBufferPointer(bytes)
      var offset = 0
      while offset + 8 <= raw.count {
        state = mix(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
      }
      var tail: UInt64 = 0
      while offset < raw.count {
        tail = tail << 8 | UInt64(raw[offset])
        offset += 1
      }
      state = mix(state ^ tail)
    }
    return state
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }

  private func leading(ofName number: Int) -> UInt64 {
    withName(number) { bytes in
      bytes.contains { $0 >= 0x80 }
        ? Self.leading(NameFolding.withoutAccents(Array(bytes)).span)
        : Self.leading(Span(_unsafeElements: bytes))
    }
  }

  /// The first eight bytes as a number that orders like the text, padded with zeros.
  static func leading(_ name: Span<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    for offset in 0..<8 {
      value = value << 8 | (offset < name.count ? UInt64(name[offset]) : 0)
    }
    return value
  }
}
