import Algebra
import RDF

/// Functions that take terms apart and make them.
extension ExpressionEvaluator {
  func termFunction(_ function: Function, _ values: [Value]) throws(EvaluationError) -> Value? {
    switch function {
    case .str: return string(values.first).map(Value.string)
    case .lang: return try literal(values.first).map { .string($0.language ?? "") }
    case .langDir: return try literal(values.first).map { .string($0.direction?.rawValue ?? "") }
    case .datatype:
      guard let literal = try literal(values.first) else { return nil }
      return try iri(literal.datatype)
    case .iri: return try makeIRI(values.first)
    case .bnode: return try makeBlankNode(values)
    case .strDT, .strLang, .strLangDir: return try makeLiteral(function, values)
    case .triple: return try makeTriple(values)
    case .subject, .predicate, .object: return part(function, values.first)
    case .uuid: return try iri("urn:uuid:" + UUIDText.make(&functions.generator))
    default: return .string(UUIDText.make(&functions.generator))
    }
  }

  private func iri(_ text: String) throws(EvaluationError) -> Value {
    .id(try terms.intern(.iri(text)))
  }

  /// For a label, the node of that label and row; see `Planner.numberingRows`.
  private func makeBlankNode(_ values: [Value]) throws(EvaluationError) -> Value? {
    guard let label = values.first else { return .id(try terms.freshBlankNode()) }
    guard let text = plainText(label) else { return nil }
    guard values.count == 2, case .id(let row) = values[1] else {
      return .id(try terms.freshBlankNode())
    }
    return .id(try context.blankNode(row: row, label: try id(.string(text))))
  }

  private func literal(_ value: Value?) throws(EvaluationError) -> Literal? {
    guard let value else { return nil }
    switch value {
    case .id(let id):
      guard case .literal(let literal) = terms.term(id) else { return nil }
      return literal
    case .xsd(let value): return value.literal
    case .text(let text): return text.literal
    }
  }

  private func makeIRI(_ value: Value?) throws(EvaluationError) -> Value? {
    guard let value else { return nil }
    if kind(value) == .iri { return value }
    guard let text = plainText(value),
      let resolved = IRIReference.resolved(text, against: context.base)
    else { return nil }
    return try iri(resolved)
  }

  private func makeLiteral(
    _ function: Function, _ values: [Value]
  ) throws(EvaluationError) -> Value? {
    guard values.count >= 2, let text = text(values[0]), text.language == nil else { return nil }
    if function == .strDT {
      guard case .id(let id) = values[1], terms.kind(id) == .iri else { return nil }
      let datatype = terms.text(id)
      guard datatype != Vocabulary.langString, datatype != Vocabulary.dirLangString else {
        return nil
      }
      return .id(try terms.intern(.literal(Literal(text.text, datatype: datatype))))
    }
    guard let tag = plainText(values[1]), Self.isLanguageTag(tag) else { return nil }
    if function == .strLang { return .text(TaggedText(text.text, tag)) }
    guard values.count == 3, let name = plainText(values[2]),
      let direction = Literal.Direction(rawValue: name)
    else { return nil }
    return .text(TaggedText(text.text, tag, direction))
  }

  /// Letters, then subtags of letters and digits, as Turtle and SPARQL can write them.
  private static func isLanguageTag(_ text: String) -> Bool {
    let subtags = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
    return subtags.allSatisfy { !$0.isEmpty } && subtags[0].allSatisfy(isLetter)
      && subtags.allSatisfy { $0.allSatisfy { isLetter($0) || $0 &- UInt8(ascii: "0") < 10 } }
  }

  private func makeTriple(_ values: [Value]) throws(EvaluationError) -> Value? {
    guard values.count == 3 else { return nil }
    let ids = EncodedTriple(try id(values[0]), try id(values[1]), try id(values[2]))
    guard terms.kind(ids.subject).isNode, terms.kind(ids.predicate) == .iri else { return nil }
    return .id(try terms.internTriple(ids))
  }

  private func part(_ function: Function, _ value: Value?) -> Value? {
    guard case .id(let id) = value, let parts = terms.components(ofTriple: id) else { return nil }
    switch function {
    case .subject: return .id(parts.subject)
    case .predicate: return .id(parts.predicate)
    default: return .id(parts.object)
    }
  }
}

/// Random UUIDs, version 4. Source: RFC 9562, section 5.4.
enum UUIDText {
  static func make(_ generator: inout some RandomNumberGenerator) -> String {
    let high = generator.next() & ~0xf000 | 0x4000
    let low = generator.next() & ~(3 << 62) | (1 << 63)
    let digits = hex(high) + hex(low)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text += "-" }
      text.append(digit)
    }
    return text
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
