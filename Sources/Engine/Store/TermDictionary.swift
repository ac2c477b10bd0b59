public import RDF
import Synchronization

/// Terms and their handles: dense ids from 1 in order of arrival; append-only.
///
/// Sendable by this invariant: one thread at a time interns; any number of threads may at the
/// same moment look up and decode, because records never move, ids are published after their
/// records, and the table frees nothing under a search.
public final class TermDictionary: TermDecoder, @unchecked Sendable {
  /// Words of four bytes.
  private let arena = Chunks<UInt32>(first: 1024)
  private var nextWord = 1024
  /// The arena address of each id, at `id + 64`.
  private let addresses = Chunks<UInt32>(first: 64)
  private let table = TermTable()
  private let published = Atomic<UInt32>(0)
  private var termCount: UInt32 = 0
  private let salt: UInt64
  private var blankNodeCount = 0
  /// The datatypes met so far, those computed with known as such; few.
  private var datatypes: [(id: UInt32, datatype: XSDDatatype?)] = []
  private var lastDatatype: (id: UInt32, datatype: XSDDatatype?) = (0, nil)

  public static let maximumTermCount = 1 << 31 - 1

  public init() {
    var generator = SystemRandomNumberGenerator()
    salt = generator.next()
  }

  /// With the salt of another dictionary: a random one takes a call of the system.
  init(saltedLike other: TermDictionary) { salt = other.salt }

  deinit {
    arena.deallocate()
    addresses.deallocate()
  }

  /// How many ids have been given, language tags included.
  public var count: Int { Int(published.load(ordering: .acquiring)) }

  /// Bytes held by records, ids and the table.
  public var byteCount: Int { nextWord * 4 + Int(termCount) * 4 + table.byteCount }

  @inline(__always)
  func record(_ id: UInt32) -> TermRecord {
    TermRecord(words: arena.pointer(addresses.pointer(id &+ 64).pointee))
  }

  @inline(__always)
  private func hash(
    _ kind: RecordKind, _ tag: UInt32, _ bytes: UnsafeRawPointer, _ count: Int
  ) -> UInt32 {
    if kind == .languageTag { return ByteHash.hashIgnoringCase(bytes, count, salt: salt) }
    let origin = UInt64(tag) << 4 | UInt64(kind.comparisonClass)
    return ByteHash.hash(bytes, count, salt: salt &+ origin &* 0x9e37_79b9_7f4a_7c15)
  }

  @inline(__always)
  private func matches(
    _ id: UInt32, _ kind: RecordKind, _ tag: UInt32, _ bytes: UnsafeRawPointer, _ count: Int
  ) -> Bool {
    let record = record(id)
    let found = record.kind
    return record.byteCount == count && found.comparisonClass == kind.comparisonClass
      && (found.wordCount == 0 || record.words[1] == tag)
      && (kind == .languageTag
        ? ByteHash.equalIgnoringCase(record.bytes, bytes, count)
        : ByteHash.equal(record.bytes, bytes, count))
  }

  /// The id of the record with this content, or 0. For any thread.
  func find(_ kind: RecordKind, _ tag: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    let start = bytes.baseAddress ?? arena.somewhere
    let hash = hash(kind, tag, start, bytes.count)
    return table.find(hash) { matches($0, kind, tag, start, bytes.count) }
  }

  /// The id of the record with this content, made if need be. For the one writer.
  @inline(__always)
  func add(
    _ kind: RecordKind, _ tag: UInt32, _ bytes: UnsafeRawBufferPointer
  ) throws(EvaluationError) -> UInt32 {
    let start = bytes.baseAddress ?? arena.somewhere
    let hash = hash(kind, tag, start, bytes.count)
    let (found, slot) = table.findOrSlot(hash) { matches($0, kind, tag, start, bytes.count) }
    if found != 0 { return found }
    return try append(kind, tag, start, bytes.count, hash, slot)
  }

  @inline(never)
  private func append(
    _ kind: RecordKind, _ tag: UInt32, _ start: UnsafeRawPointer, _ count: Int, _ hash: UInt32,
    _ slot: Int
  ) throws(EvaluationError) -> UInt32 {
    var kind = kind
    var value = PackedValue.none
    if kind == .typed, let datatype = computedDatatype(tag) {
      value = Self.value(start, count, datatype)
      if value.kind != .none { kind = .valued }
    }
    let wordCount = 1 + kind.wordCount + (count + 3) / 4
    guard termCount < Self.maximumTermCount, count <= TermRecord.maximumByteCount,
      let address = arena.reserve(wordCount, from: nextWord),
      let place = addresses.reserve(1, from: Int(termCount) + 1 + 64)
    else { throw .dictionaryFull }
    nextWord = address + wordCount
    let words = arena.pointer(UInt32(address))
    words[0] = UInt32(count) << 4 | kind.rawValue
    if kind.wordCount > 0 { words[1] = tag }
    if kind == .valued {
      words[2] = UInt32(truncatingIfNeeded: value.payload)
      words[3] = UInt32(truncatingIfNeeded: value.payload >> 32)
      words[4] = UInt32(value.tag)
    }
    UnsafeMutableRawPointer(words + 1 + kind.wordCount).copyMemory(from: start, byteCount: count)
    addresses.pointer(UInt32(place)).pointee = UInt32(address)
    termCount += 1
    table.insert(hash, termCount, slot: slot)
    published.store(termCount, ordering: .releasing)
    return termCount
  }

  /// The datatype with this id if it is one that is computed with. For the one writer.
  func computedDatatype(_ id: UInt32) -> XSDDatatype? {
    if lastDatatype.id == id { return lastDatatype.datatype }
    if let known = datatypes.first(where: { $0.id == id }) {
      lastDatatype = known
    } else {
      lastDatatype = (id, XSDDatatype(iri: record(id).string))
      datatypes.append(lastDatatype)
    }
    return lastDatatype.datatype
  }

  private static func value(
    _ start: UnsafeRawPointer, _ count: Int, _ datatype: XSDDatatype
  ) -> PackedValue {
    let bytes = UnsafeBufferPointer(
      start: start.assumingMemoryBound(to: UInt8.self), count: count)
    guard let value = XSDValue(Span(_unsafeElements: bytes), as: datatype) else { return .none }
    return PackedValue(value) ?? .none
  }

  /// A blank node that no other term of this dictionary is.
  public func freshBlankNode() throws(EvaluationError) -> TermID {
    while true {
      blankNodeCount += 1
      let before = termCount
      let id = try add(.blankNode, 0, "b\(blankNodeCount)")
      if termCount != before { return TermID(rawValue: id) }
    }
  }
}
