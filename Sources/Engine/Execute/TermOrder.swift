import Algebra
import Glibc
import RDF

/// The total order of ORDER BY, MIN and MAX: unbound, blank nodes, IRIs, literals, triple terms;
/// literals with values by value, then strings with a language, then all others by their text.
/// Source: SPARQL 1.2 Query, section 15.1, made total.
struct TermOrder {
  /// A value made ready for comparing.
  indirect enum Key {
    case unbound
    case blankNode(String)
    case iri(String)
    case value(XSDValue)
    case tagged(TaggedText)
    case other(datatype: String, text: String)
    case triple(Key, Key, Key)

    var rank: Int {
      switch self {
      case .unbound: 0
      case .blankNode: 1
      case .iri: 2
      case .value: 3
      case .tagged: 4
      case .other: 5
      case .triple: 6
      }
    }
  }

  let terms: QueryTerms

  init(_ terms: QueryTerms) {
    self.terms = terms
  }

  /// Negative, zero or positive; nil is unbound.
  func compare(_ a: Value?, _ b: Value?) -> Int {
    switch (a, b) {
    case (.id(let a), .id(let b)): return compare(a, b)
    case (.xsd(.integer(let a)), .xsd(.integer(let b))): return a < b ? -1 : a > b ? 1 : 0
    default: return Self.compare(key(a), key(b))
    }
  }

  /// The same; `none` is unbound.
  func compare(_ a: TermID, _ b: TermID) -> Int {
    if a == b { return 0 }
    if a.isBound, b.isBound {
      switch (terms.kind(a), terms.kind(b)) {
      case (.iri, .iri), (.blankNode, .blankNode), (.plainLiteral, .plainLiteral):
        return terms.withUTF8(of: a) { a in terms.withUTF8(of: b) { b in Self.order(a, b) } }
      case (.typedLiteral, .typedLiteral):
        let (x, y) = (terms.packedValue(a), terms.packedValue(b))
        guard x.kind == y.kind, x.kind.isOrderedByPayload else { break }
        return x.payload < y.payload ? -1 : x.payload > y.payload ? 1 : 0
      default: break
      }
    }
    return Self.compare(key(a.isBound ? .id(a) : nil), key(b.isBound ? .id(b) : nil))
  }

  func key(_ value: Value?) -> Key {
    switch value {
    case nil: return .unbound
    case .xsd(let value): return .value(value)
    case .text(let text): return .tagged(text)
    case .id(let id):
      if let value = terms.value(id) { return .value(value) }
      switch terms.term(id) {
      case .iri(let iri): return .iri(iri)
      case .blankNode(let label): return .blankNode(label)
      case .literal(let literal):
        return literal.language == nil
          ? .other(datatype: literal.datatype, text: literal.lexicalForm)
          : .tagged(TaggedText(literal.lexicalForm, literal.language, literal.direction))
      case .triple:
        guard let parts = terms.components(ofTriple: id) else { return .unbound }
        return .triple(key(.id(parts.subject)), key(.id(parts.predicate)), key(.id(parts.object)))
      }
    }
  }

  /// Negative, zero or positive.
  static func compare(_ a: Key, _ b: Key) -> Int {
    switch (a, b) {
    case (.blankNode(let a), .blankNode(let b)), (.iri(let a), .iri(let b)): return order(a, b)
    case (.value(let a), .value(let b)):
      return a.sorts(before: b) ? -1 : b.sorts(before: a) ? 1 : 0
    case (.tagged(let a), .tagged(let b)):
      let byText = order(a.text, b.text)
      if byText != 0 { return byText }
      let byLanguage = order(a.language ?? "", b.language ?? "")
      return byLanguage != 0
        ? byLanguage : order(a.direction?.rawValue ?? "", b.direction?.rawValue ?? "")
    case (.other(let x, let a), .other(let y, let b)):
      return x == y ? order(a, b) : order(x, y)
    case (.triple(let a, let b, let c), .triple(let x, let y, let z)):
      for (left, right) in [(a, x), (b, y), (c, z)] {
        let order = compare(left, right)
        if order != 0 { return order }
      }
      return 0
    default: return a.rank - b.rank
    }
  }

  /// By code points.
  private static func order(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Int {
    let order = a.withUnsafeBytes { a in
      b.withUnsafeBytes { b in
        guard let x = a.baseAddress, let y = b.baseAddress else { return 0 }
        return Int(memcmp(x, y, min(a.count, b.count)))
      }
    }
    return order == 0 ? a.count - b.count : order
  }

  private static func order(_ a: String, _ b: String) -> Int {
    if a.utf8.elementsEqual(b.utf8) { return 0 }
    return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
  }
}
