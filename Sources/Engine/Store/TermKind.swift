/// What sort of term a handle stands for.
public enum TermKind: UInt8, Hashable, Sendable {
  case iri
  case blankNode
  /// A literal of xsd:string.
  case plainLiteral
  /// A literal with a language, with or without direction.
  case languageLiteral
  /// A literal of any other datatype.
  case typedLiteral
  case triple

  public var isNode: Bool { self == .iri || self == .blankNode }

  public var isLiteral: Bool {
    switch self {
    case .plainLiteral, .languageLiteral, .typedLiteral: true
    case .iri, .blankNode, .triple: false
    }
  }
}
