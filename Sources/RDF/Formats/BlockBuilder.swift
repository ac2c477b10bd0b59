/// The triples read so far that have not been handed over, with the bytes that had to be made for them.
struct BlockBuilder: ~Copyable {
  /// Bytes of the input or of `copied`.
  struct Bytes {
    var isCopied: Bool
    var offset: Int
    var length: Int
  }

  /// A state to come back to when a statement turns out not to be whole.
  struct Mark {
    var tokenCount: Int
    var quadCount: Int
    var copiedCount: Int
    var anonymousCount: UInt64
  }

  /// IRIs that the grammars themselves produce.
  enum KnownIRI: Int, CaseIterable {
    case type, first, rest, empty, reifies, boolean, integer, decimal, double

    var iri: String {
      switch self {
      case .type: Vocabulary.type
      case .first: Vocabulary.rdf + "first"
      case .rest: Vocabulary.rdf + "rest"
      case .empty: Vocabulary.rdf + "nil"
      case .reifies: Vocabulary.reifies
      case .boolean: XSD.boolean
      case .integer: XSD.integer
      case .decimal: XSD.decimal
      case .double: XSD.double
      }
    }
  }

  private(set) var tokens = GrowableBuffer<TermToken>(capacity: 1_024)
  private(set) var quads = GrowableBuffer<TokenQuad>(capacity: 512)
  var copied = GrowableBuffer<UInt8>(capacity: 1 << 14)
  private var anonymousCount: UInt64 = 0
  /// The tokens of known IRIs in this block; one past the end of `tokens` or later is none.
  private var known = [UInt32](repeating: .max, count: KnownIRI.allCases.count)
  private let knownBytes = KnownIRI.allCases.map { Array($0.iri.utf8) }

  /// Whether it is time to hand over.
  var isFull: Bool { quads.count >= 8_000 || copied.count >= 1 << 20 }

  var mark: Mark {
    Mark(
      tokenCount: tokens.count, quadCount: quads.count, copiedCount: copied.count,
      anonymousCount: anonymousCount)
  }

  mutating func rollBack(to mark: Mark) {
    tokens.truncate(to: mark.tokenCount)
    quads.truncate(to: mark.quadCount)
    copied.truncate(to: mark.copiedCount)
    anonymousCount = mark.anonymousCount
    forgetKnown(from: mark.tokenCount)
  }

  /// After a block was handed over.
  mutating func removeAll() {
    tokens.truncate(to: 0)
    quads.truncate(to: 0)
    copied.truncate(to: 0)
    forgetKnown(from: 0)
  }

  private mutating func forgetKnown(from tokenCount: Int) {
    for index in known.indices where known[index] >= tokenCount { known[index] = .max }
  }

  mutating func add(_ token: TermToken) -> UInt32 {
    tokens.append(token)
    return UInt32(truncatingIfNeeded: tokens.count &- 1)
  }

  mutating func add(_ kind: TermToken.Kind, _ bytes: Bytes, datatype: UInt32 = 0) -> UInt32 {
    add(
      TermToken(
        kind, isCopied: bytes.isCopied, offset: UInt32(truncatingIfNeeded: bytes.offset),
        length: UInt32(truncatingIfNeeded: bytes.length), first: datatype))
  }

  mutating func addAnonymousNode() -> UInt32 {
    anonymousCount += 1
    return add(anonymousNode: anonymousCount)
  }

  mutating func add(anonymousNode number: UInt64) -> UInt32 {
    add(
      TermToken(
        .anonymousNode, first: UInt32(truncatingIfNeeded: number),
        second: UInt32(truncatingIfNeeded: number >> 32)))
  }

  mutating func addTripleTerm(_ subject: UInt32, _ predicate: UInt32, _ object: UInt32) -> UInt32 {
    add(TermToken(.tripleTerm, first: subject, second: predicate, third: object))
  }

  mutating func add(_ iri: KnownIRI) -> UInt32 {
    if known[iri.rawValue] != .max { return known[iri.rawValue] }
    let bytes = copy(knownBytes[iri.rawValue])
    known[iri.rawValue] = add(.iri, bytes)
    return known[iri.rawValue]
  }

  mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>) -> Bytes {
    let start = copied.count
    if let first = bytes.baseAddress { copied.append(contentsOf: first, count: bytes.count) }
    return Bytes(isCopied: true, offset: start, length: copied.count - start)
  }

  mutating func copy(_ bytes: [UInt8]) -> Bytes {
    bytes.withUnsafeBufferPointer { copy($0) }
  }

  mutating func addQuad(_ quad: TokenQuad) { quads.append(quad) }
}

extension BlockBuilder {
  /// Calls the closure with the block, unless it is empty.
  func withBlock<Failure: Error>(
    input: UnsafeBufferPointer<UInt8>, at inputOffset: Int,
    _ body: (borrowing TripleBlock) throws(Failure) -> Void
  ) throws(Failure) {
    if quads.count == 0 { return }
    try body(
      TripleBlock(
        input: input, copied: copied.elements, tokens: tokens.elements, quads: quads.elements,
        inputOffset: inputOffset))
  }
}
