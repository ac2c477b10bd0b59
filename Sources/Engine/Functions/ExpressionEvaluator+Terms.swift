import Algebra
import RDF

/// Seeing values as what an operator wants.
extension ExpressionEvaluator {
  /// The value of a literal of a datatype that is computed with.
  func xsd(_ value: Value?) -> XSDValue? {
    switch value {
    case .id(let id): terms.value(id)
    case .xsd(let value): value
    case .text, nil: nil
    }
  }

  /// The same for what is no string; those, which may be long, are not read.
  func xsdUnlessText(_ value: Value?) -> XSDValue? {
    if case .id(let id) = value, terms.kind(id) == .plainLiteral { return nil }
    return xsd(value)
  }

  func packed(_ value: Value) -> PackedValue {
    switch value {
    case .id(let id): terms.packedValue(id)
    case .xsd(let value): PackedValue(value) ?? .none
    case .text: .none
    }
  }

  /// A string with or without language; nil for all else.
  func text(_ value: Value?) -> TaggedText? {
    switch value {
    case .id(let id):
      switch terms.kind(id) {
      case .plainLiteral: return TaggedText(terms.text(id))
      case .languageLiteral:
        guard case .literal(let literal) = terms.term(id) else { return nil }
        return TaggedText(literal.lexicalForm, literal.language, literal.direction)
      case .iri, .blankNode, .typedLiteral, .triple: return nil
      }
    case .xsd(.string(let text)): return TaggedText(text)
    case .text(let text): return text
    case .xsd, nil: return nil
    }
  }

  /// The same value, with a long text in the place of its term.
  func withLongTextRead(_ value: Value) throws(EvaluationError) -> Value {
    guard case .id(let id) = value, terms.kind(id) == .plainLiteral else { return value }
    let byteCount = terms.textByteCount(id)
    return byteCount > ExecutionContext.quickByteCount ? try longText(id, byteCount) : value
  }

  /// A text as long as that, without tags, read aside if that takes long.
  func longText(_ id: TermID, _ byteCount: Int) throws(EvaluationError) -> Value {
    let terms = terms
    return .string(try context.aside(textOf: byteCount) { terms.text(id) })
  }

  /// A string without language; nil for all else.
  func plainText(_ value: Value?) -> String? {
    guard let text = text(value), text.language == nil else { return nil }
    return text.text
  }

  /// The length of the text that a function makes its own of.
  func textByteCount(_ value: Value) -> Int {
    switch value {
    case .id(let id): terms.textByteCount(id)
    case .xsd(.string(let text)): text.utf8.count
    case .xsd: 0
    case .text(let text): text.text.utf8.count
    }
  }

  /// STR: of an IRI its text, of a literal its lexical form.
  func string(_ value: Value?) -> String? {
    switch value {
    case .id(let id):
      switch terms.kind(id) {
      case .iri, .plainLiteral, .languageLiteral, .typedLiteral: terms.text(id)
      case .blankNode, .triple: nil
      }
    case .xsd(let value): value.canonicalForm
    case .text(let text): text.text
    case nil: nil
    }
  }

  /// Source: SPARQL 1.2 Query, section 17.2.2.
  func effectiveBoolean(_ value: Value) -> Bool? {
    if case .id(let id) = value, terms.kind(id) == .plainLiteral {
      return terms.textByteCount(id) > 0
    }
    switch xsd(value) {
    case .boolean(let value): return value
    case .string(let text): return !text.isEmpty
    case .integer(let number): return number != 0
    case .decimal(let number): return number.mantissa != 0
    case .float(let number): return !number.isNaN && number != 0
    case .double(let number): return !number.isNaN && number != 0
    case .dateTime, .date, .time, .gYear, .gYearMonth, .gMonth, .gMonthDay, .gDay, .duration,
      .dayTimeDuration, .yearMonthDuration, nil:
      return nil
    }
  }

  func kind(_ value: Value) -> TermKind {
    switch value {
    case .id(let id): terms.kind(id)
    case .xsd(.string): .plainLiteral
    case .xsd: .typedLiteral
    case .text: .languageLiteral
    }
  }

  /// A cast, to a literal of the datatype itself, also where that is one of the kinds of integer.
  /// Source: SPARQL 1.2 Query, section 17.5.
  func cast(_ value: Value?, to datatype: XSDDatatype) throws(EvaluationError) -> Value? {
    guard let value = try value.map(withLongTextRead) else { return nil }
    if datatype == .string, let text = try castString(value) { return text }
    guard let result = xsd(value)?.cast(to: datatype) else { return nil }
    if result.datatype == datatype { return .xsd(result) }
    let literal = Literal(result.canonicalForm, datatype: datatype.iri)
    return .id(try terms.intern(.literal(literal)))
  }

  private func castString(_ value: Value) throws(EvaluationError) -> Value? {
    guard case .id(let id) = value else { return nil }
    switch terms.kind(id) {
    case .iri, .languageLiteral: return try longText(id, terms.textByteCount(id))
    case .plainLiteral, .blankNode, .triple: return nil
    case .typedLiteral:
      return terms.value(id) == nil ? try longText(id, terms.textByteCount(id)) : nil
    }
  }
}
