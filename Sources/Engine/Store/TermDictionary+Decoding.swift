public import RDF

/// Reading terms back, whole or in place.
extension TermDictionary {
  public func term(_ id: TermID) -> Term { term(id, upTo: .max) }

  public func term(_ id: TermID, upTo byteCount: Int) -> Term {
    let record = record(id.rawValue)
    var text: String { record.string(upTo: byteCount) }
    switch record.kind {
    case .iri: return .iri(text)
    case .blankNode: return .blankNode(text)
    case .string, .languageTag: return .literal(Literal(text))
    case .languageString:
      return .literal(Literal(text, language: self.record(record.tag).string))
    case .leftToRight, .rightToLeft:
      return .literal(
        Literal(
          text, language: self.record(record.tag).string,
          direction: record.kind == .leftToRight ? .leftToRight : .rightToLeft))
    case .typed, .valued:
      return .literal(Literal(text, datatype: self.record(record.tag).string))
    case .triple:
      let parts = record.triple
      return .triple(
        Triple(
          term(parts.subject, upTo: byteCount), term(parts.predicate, upTo: byteCount),
          term(parts.object, upTo: byteCount)))
    }
  }

  public func kind(_ id: TermID) -> TermKind {
    switch record(id.rawValue).kind {
    case .iri: .iri
    case .blankNode: .blankNode
    case .string, .languageTag: .plainLiteral
    case .languageString, .leftToRight, .rightToLeft: .languageLiteral
    case .typed, .valued: .typedLiteral
    case .triple: .triple
    }
  }

  /// The parts of a triple term; nil for any other term.
  public func components(ofTriple id: TermID) -> EncodedTriple? {
    let record = record(id.rawValue)
    return record.kind == .triple ? record.triple : nil
  }

  /// The datatype of a typed literal; nil for any other term.
  public func datatype(ofTypedLiteral id: TermID) -> TermID? {
    let record = record(id.rawValue)
    return record.kind.comparisonClass == RecordKind.typed.rawValue
      ? TermID(rawValue: record.tag) : nil
  }

  /// The value kept beside a literal; `.none` where there is none or it must be parsed.
  @inline(__always)
  func packedValue(_ id: TermID) -> PackedValue {
    let record = record(id.rawValue)
    return record.kind == .valued ? record.value : .none
  }

  /// The value of a literal of a datatype that is computed with; nil for others and ill-typed ones.
  public func value(_ id: TermID) -> XSDValue? {
    let record = record(id.rawValue)
    switch record.kind {
    case .valued: return record.value.value
    case .string: return .string(record.string)
    case .typed:
      guard let datatype = XSDDatatype(iri: Span(_unsafeElements: self.record(record.tag).buffer))
      else { return nil }
      return XSDValue(Span(_unsafeElements: record.buffer), as: datatype)
    case .iri, .blankNode, .languageString, .leftToRight, .rightToLeft, .triple, .languageTag:
      return nil
    }
  }

  /// The language tag of a literal as written; nil for a term without one.
  public func language(_ id: TermID) -> String? {
    kind(id) == .languageLiteral ? record(record(id.rawValue).tag).string : nil
  }

  /// Gives the UTF-8 of an IRI, a blank node's label or a lexical form, in place; of a triple
  /// term, nothing.
  public func withUTF8<R>(of id: TermID, _ body: (Span<UInt8>) throws -> R) rethrows -> R {
    let record = record(id.rawValue)
    if record.kind == .triple {
      return try body(Span(_unsafeElements: UnsafeBufferPointer(start: nil, count: 0)))
    }
    return try withExtendedLifetime(self) {
      try body(Span(_unsafeElements: record.buffer))
    }
  }
}

extension TermRecord {
  /// The parts, of a record of kind `triple`.
  var triple: EncodedTriple {
    EncodedTriple(
      TermID(rawValue: words[1]), TermID(rawValue: words[2]), TermID(rawValue: words[3]))
  }
}
