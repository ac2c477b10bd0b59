public import RDF

/// Interning and looking up. The forms that take bytes make no String and no Term.
extension TermDictionary {
  @inline(__always)
  private func intern(
    _ kind: RecordKind, _ tag: UInt32, _ span: Span<UInt8>
  ) throws(EvaluationError) -> TermID {
    let result: Result<UInt32, EvaluationError> = span.withUnsafeBytes { bytes in
      do throws(EvaluationError) {
        return .success(try add(kind, tag, bytes))
      } catch {
        return .failure(error)
      }
    }
    return TermID(rawValue: try result.get())
  }

  /// The id of an IRI from its UTF-8, without angle brackets.
  public func intern(iri: Span<UInt8>) throws(EvaluationError) -> TermID {
    try intern(.iri, 0, iri)
  }

  /// The id of a blank node from its label, without `_:`.
  public func intern(blankNode: Span<UInt8>) throws(EvaluationError) -> TermID {
    try intern(.blankNode, 0, blankNode)
  }

  /// The id of a literal of xsd:string from its unescaped UTF-8.
  public func intern(string: Span<UInt8>) throws(EvaluationError) -> TermID {
    try intern(.string, 0, string)
  }

  /// The id of a literal with a language tag from its unescaped UTF-8.
  public func intern(
    string: Span<UInt8>, language: Span<UInt8>, direction: Literal.Direction? = nil
  ) throws(EvaluationError) -> TermID {
    let tag = try intern(.languageTag, 0, language)
    return try intern(Self.kind(direction), tag.rawValue, string)
  }

  /// The id of a typed literal from its unescaped UTF-8 and its datatype's IRI.
  public func intern(
    literal: Span<UInt8>, datatype: Span<UInt8>
  ) throws(EvaluationError) -> TermID {
    try intern(literal: literal, datatype: try intern(iri: datatype))
  }

  /// The same, for a reader that keeps the ids of the datatypes it has met.
  public func intern(literal: Span<UInt8>, datatype: TermID) throws(EvaluationError) -> TermID {
    try computedDatatype(datatype.rawValue) == .string
      ? intern(.string, 0, literal) : intern(.typed, datatype.rawValue, literal)
  }

  func add(
    _ kind: RecordKind, _ tag: UInt32, _ text: String
  ) throws(EvaluationError) -> UInt32 {
    var text = text
    let result: Result<UInt32, EvaluationError> = text.withUTF8 { bytes in
      do throws(EvaluationError) {
        return .success(try add(kind, tag, UnsafeRawBufferPointer(bytes)))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  static func kind(_ direction: Literal.Direction?) -> RecordKind {
    switch direction {
    case nil: .languageString
    case .leftToRight: .leftToRight
    case .rightToLeft: .rightToLeft
    }
  }

  /// The id of a term, made if need be.
  public func intern(_ term: Term) throws(EvaluationError) -> TermID {
    switch term {
    case .iri(let iri): return TermID(rawValue: try add(.iri, 0, iri))
    case .blankNode(let label): return TermID(rawValue: try add(.blankNode, 0, label))
    case .literal(let literal): return TermID(rawValue: try add(literal))
    case .triple(let triple):
      return try internTriple(
        EncodedTriple(
          try intern(triple.subject), try intern(triple.predicate), try intern(triple.object)))
    }
  }

  private func add(_ literal: Literal) throws(EvaluationError) -> UInt32 {
    if let language = literal.language {
      let tag = try add(.languageTag, 0, language)
      return try add(Self.kind(literal.direction), tag, literal.lexicalForm)
    }
    if literal.datatype == XSD.string { return try add(.string, 0, literal.lexicalForm) }
    return try add(.typed, try add(.iri, 0, literal.datatype), literal.lexicalForm)
  }

  /// The id of a triple term, made if need be.
  public func internTriple(_ triple: EncodedTriple) throws(EvaluationError) -> TermID {
    let result: Result<UInt32, EvaluationError> = withUnsafeBytes(of: triple) { bytes in
      do throws(EvaluationError) {
        return .success(try add(.triple, 0, bytes))
      } catch {
        return .failure(error)
      }
    }
    return TermID(rawValue: try result.get())
  }

  /// The id of a term if it has one; changes nothing.
  public func lookup(_ term: Term) -> TermID? {
    let id: UInt32
    switch term {
    case .iri(let iri): id = find(.iri, 0, iri)
    case .blankNode(let label): id = find(.blankNode, 0, label)
    case .literal(let literal): id = find(literal)
    case .triple(let triple):
      guard let subject = lookup(triple.subject), let predicate = lookup(triple.predicate),
        let object = lookup(triple.object)
      else { return nil }
      return lookup(triple: EncodedTriple(subject, predicate, object))
    }
    return id == 0 ? nil : TermID(rawValue: id)
  }

  /// The id of an IRI if it has one; changes nothing.
  public func lookup(iri: Span<UInt8>) -> TermID? {
    let id = iri.withUnsafeBytes { find(.iri, 0, $0) }
    return id == 0 ? nil : TermID(rawValue: id)
  }

  /// The id of a triple term if it has one; changes nothing.
  public func lookup(triple: EncodedTriple) -> TermID? {
    let id = withUnsafeBytes(of: triple) { find(.triple, 0, $0) }
    return id == 0 ? nil : TermID(rawValue: id)
  }

  private func find(_ kind: RecordKind, _ tag: UInt32, _ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { find(kind, tag, UnsafeRawBufferPointer($0)) }
  }

  private func find(_ literal: Literal) -> UInt32 {
    if let language = literal.language {
      let tag = find(.languageTag, 0, language)
      return tag == 0 ? 0 : find(Self.kind(literal.direction), tag, literal.lexicalForm)
    }
    if literal.datatype == XSD.string { return find(.string, 0, literal.lexicalForm) }
    let datatype = find(.iri, 0, literal.datatype)
    return datatype == 0 ? 0 : find(.typed, datatype, literal.lexicalForm)
  }
}
