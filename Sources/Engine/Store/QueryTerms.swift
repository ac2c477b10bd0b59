import RDF

/// The terms of one query: the dictionary's, and those made while it runs, whose ids have the
/// top bit set. Used by one thread at a time; sendable once the query has ended.
final class QueryTerms: TermDecoder, @unchecked Sendable {
  let dictionary: TermDictionary
  private let overlay: TermDictionary
  private var aliases: [TermID: TermID] = [:]
  /// What the dictionary has grown by.
  private var keptByteCount = 0

  static let overlayBit: UInt32 = 1 << 31

  init(_ dictionary: TermDictionary) {
    self.dictionary = dictionary
    overlay = TermDictionary(saltedLike: dictionary)
  }

  var hasMadeTerms: Bool { overlay.count > 0 }

  /// What the terms take that the query has made, and a quarter for tables that grow.
  var madeByteCount: Int {
    ((overlay.count == 0 ? 0 : overlay.byteCount) + keptByteCount) * 5 / 4
  }

  @inline(__always)
  static func isOverlay(_ id: TermID) -> Bool { id.rawValue & overlayBit != 0 }

  private static func own(_ id: TermID) -> TermID { TermID(rawValue: id.rawValue & ~overlayBit) }

  private static func outer(_ id: TermID) -> TermID { TermID(rawValue: id.rawValue | overlayBit) }

  /// The id of a term. A term found in the overlay keeps that id for the whole query, even when
  /// the dictionary learns it meanwhile.
  func intern(_ term: Term) throws(EvaluationError) -> TermID {
    if case .triple(let triple) = term {
      return try internTriple(
        EncodedTriple(
          try intern(triple.subject), try intern(triple.predicate), try intern(triple.object)))
    }
    if let known = lookup(term) { return known }
    return try add(term)
  }

  /// The id of an IRI, blank node or literal if it has one.
  func lookup(_ term: Term) -> TermID? {
    if overlay.count > 0, let id = overlay.lookup(term) { return aliases[id] ?? Self.outer(id) }
    return dictionary.lookup(term)
  }

  /// The id of an IRI, blank node or literal that has none yet.
  func add(_ term: Term) throws(EvaluationError) -> TermID {
    if case .literal(let literal) = term { try internDatatype(.iri(literal.datatype)) }
    return Self.outer(try overlay.intern(term))
  }

  /// The overlay needs the datatypes of its literals as terms of its own; those that the dictionary
  /// has keep the dictionary's id.
  private func internDatatype(_ datatype: Term) throws(EvaluationError) {
    guard overlay.lookup(datatype) == nil, let known = dictionary.lookup(datatype) else { return }
    aliases[try overlay.intern(datatype)] = known
  }

  func internTriple(_ triple: EncodedTriple) throws(EvaluationError) -> TermID {
    if overlay.count > 0, let id = overlay.lookup(triple: triple) { return Self.outer(id) }
    if let id = dictionary.lookup(triple: triple) { return id }
    return Self.outer(try overlay.internTriple(triple))
  }

  /// The dictionary's id of a term, made if need be. For the one writer.
  func settled(_ id: TermID) throws(EvaluationError) -> TermID {
    guard Self.isOverlay(id) else { return id }
    let own = Self.own(id)
    if let parts = overlay.components(ofTriple: own) {
      let triple = EncodedTriple(
        try settled(parts.subject), try settled(parts.predicate), try settled(parts.object))
      return try growing { dictionary throws(EvaluationError) in
        try dictionary.internTriple(triple)
      }
    }
    let term = overlay.term(own)
    return try growing { dictionary throws(EvaluationError) in try dictionary.intern(term) }
  }

  /// Calls what adds to the dictionary, and counts by how much. For the one writer.
  func growing(
    _ add: (TermDictionary) throws(EvaluationError) -> TermID
  ) throws(EvaluationError) -> TermID {
    let before = dictionary.byteCount
    defer { keptByteCount += dictionary.byteCount - before }
    return try add(dictionary)
  }

  func freshBlankNode() throws(EvaluationError) -> TermID {
    while true {
      let id = try overlay.freshBlankNode()
      if dictionary.lookup(overlay.term(id)) == nil { return Self.outer(id) }
    }
  }

  func lookup(triple: EncodedTriple) -> TermID? {
    if overlay.count > 0, let id = overlay.lookup(triple: triple) { return Self.outer(id) }
    return dictionary.lookup(triple: triple)
  }

  func term(_ id: TermID) -> Term { term(id, upTo: .max) }

  func term(_ id: TermID, upTo byteCount: Int) -> Term {
    guard Self.isOverlay(id) else { return dictionary.term(id, upTo: byteCount) }
    if let parts = overlay.components(ofTriple: Self.own(id)) {
      return .triple(
        Triple(
          term(parts.subject, upTo: byteCount), term(parts.predicate, upTo: byteCount),
          term(parts.object, upTo: byteCount)))
    }
    return overlay.term(Self.own(id), upTo: byteCount)
  }

  func kind(_ id: TermID) -> TermKind {
    Self.isOverlay(id) ? overlay.kind(Self.own(id)) : dictionary.kind(id)
  }

  func components(ofTriple id: TermID) -> EncodedTriple? {
    Self.isOverlay(id)
      ? overlay.components(ofTriple: Self.own(id)) : dictionary.components(ofTriple: id)
  }

  @inline(__always)
  func packedValue(_ id: TermID) -> PackedValue {
    Self.isOverlay(id) ? overlay.packedValue(Self.own(id)) : dictionary.packedValue(id)
  }

  func value(_ id: TermID) -> XSDValue? {
    Self.isOverlay(id) ? overlay.value(Self.own(id)) : dictionary.value(id)
  }

  /// The lexical form, IRI or label; empty for a triple term.
  func text(_ id: TermID) -> String {
    withUTF8(of: id) { bytes in
      bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The code points of a string that the dictionary has; nil for other terms.
  func scalarCount(_ id: TermID) -> Int? {
    if Self.isOverlay(id) { return nil }
    let record = dictionary.record(id.rawValue)
    switch record.kind {
    case .string, .languageString, .leftToRight, .rightToLeft:
      // Every byte but those that continue a code point.
      return record.buffer.count { $0 & 0xC0 != 0x80 }
    case .iri, .blankNode, .typed, .valued, .triple, .languageTag: return nil
    }
  }

  /// The length of the lexical form, IRI or label.
  func textByteCount(_ id: TermID) -> Int { withUTF8(of: id) { $0.count } }

  func withUTF8<R>(of id: TermID, _ body: (Span<UInt8>) -> R) -> R {
    Self.isOverlay(id)
      ? overlay.withUTF8(of: Self.own(id), body) : dictionary.withUTF8(of: id, body)
  }
}
