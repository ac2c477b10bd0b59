/// A term of a block, by where its bytes are.
public struct TermToken: BitwiseCopyable, Sendable {
  public enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// The bytes are the absolute IRI.
    case iri
    /// The bytes are the label in its document.
    case blankNode
    /// A blank node without label; `number` tells it from the others of its document.
    case anonymousNode
    /// `xsd:string`; the bytes are the lexical form, as also for the literals below.
    case string
    /// `datatype` is a token.
    case typedLiteral
    /// `first` and `second` are offset and length of the tag, in the same bytes as the lexical form.
    case taggedLiteral
    case taggedLiteralLeftToRight
    case taggedLiteralRightToLeft
    /// `first`, `second` and `third` are tokens: subject, predicate, object.
    case tripleTerm
  }

  public var kind: Kind
  /// Whether the bytes are in `TripleBlock.copied` and not in `input`.
  public var isCopied: Bool
  public var offset: UInt32
  public var length: UInt32
  public var first: UInt32
  public var second: UInt32
  public var third: UInt32

  @inlinable
  public init(
    _ kind: Kind, isCopied: Bool = false, offset: UInt32 = 0, length: UInt32 = 0,
    first: UInt32 = 0, second: UInt32 = 0, third: UInt32 = 0
  ) {
    self.kind = kind
    self.isCopied = isCopied
    self.offset = offset
    self.length = length
    self.first = first
    self.second = second
    self.third = third
  }

  /// The token of a typed literal's datatype.
  @inlinable
  public var datatype: UInt32 { first }

  /// Of an anonymous node, counted from 1 in its document.
  @inlinable
  public var number: UInt64 { UInt64(second) << 32 | UInt64(first) }
}

/// A triple of tokens of one block, with its graph.
public struct TokenQuad: BitwiseCopyable, Sendable {
  public var subject: UInt32
  public var predicate: UInt32
  public var object: UInt32
  /// `TripleBlock.defaultGraph`, or a token.
  public var graph: UInt32
  /// Where its statement begins in `TripleBlock.input`.
  public var offset: UInt32

  @inlinable
  public init(
    _ subject: UInt32, _ predicate: UInt32, _ object: UInt32, graph: UInt32, offset: UInt32
  ) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
    self.graph = graph
    self.offset = offset
  }
}

/// Some thousand triples as a reader hands them over, without an object a triple.
///
/// Each token is a term that occurs; a term may have several tokens, and every token only refers to tokens before it, so one
/// pass over the tokens can intern them all. The pointers are valid only during the call that got the block.
public struct TripleBlock {
  public static let defaultGraph = UInt32.max

  /// What was read from the document.
  public let input: UnsafeBufferPointer<UInt8>
  /// Bytes made while reading: escapes undone, prefixes put in.
  public let copied: UnsafeBufferPointer<UInt8>
  public let tokens: UnsafeBufferPointer<TermToken>
  public let quads: UnsafeBufferPointer<TokenQuad>
  /// Where `input` begins in the document.
  public let inputOffset: Int

  /// The IRI, label or lexical form of a token.
  @inlinable
  public func bytes(_ token: TermToken) -> UnsafeBufferPointer<UInt8> {
    slice(token, token.offset, token.length)
  }

  /// The language tag of a tagged literal, as written.
  @inlinable
  public func language(_ token: TermToken) -> UnsafeBufferPointer<UInt8> {
    slice(token, token.first, token.second)
  }

  @inlinable
  func slice(_ token: TermToken, _ offset: UInt32, _ length: UInt32)
    -> UnsafeBufferPointer<UInt8>
  {
    let whole = token.isCopied ? copied : input
    let start = Int(offset)
    return UnsafeBufferPointer(rebasing: whole[start..<start + Int(length)])
  }
}

extension TripleBlock {
  /// A token as a term: for tests and small documents. Anonymous nodes are labelled by `anonymousPrefix` and their number.
  public func term(_ index: UInt32, anonymousPrefix: String = "anon-") -> Term {
    let token = tokens[Int(index)]
    let text = String(decoding: bytes(token), as: UTF8.self)
    switch token.kind {
    case .iri: return .iri(text)
    case .blankNode: return .blankNode(text)
    case .anonymousNode: return .blankNode("\(anonymousPrefix)\(token.number)")
    case .string: return .literal(Literal(text))
    case .typedLiteral:
      let datatype = String(decoding: bytes(tokens[Int(token.datatype)]), as: UTF8.self)
      return .literal(Literal(text, datatype: datatype))
    case .taggedLiteral: return literal(text, token, nil)
    case .taggedLiteralLeftToRight: return literal(text, token, .leftToRight)
    case .taggedLiteralRightToLeft: return literal(text, token, .rightToLeft)
    case .tripleTerm:
      return .triple(
        Triple(
          term(token.first, anonymousPrefix: anonymousPrefix),
          term(token.second, anonymousPrefix: anonymousPrefix),
          term(token.third, anonymousPrefix: anonymousPrefix)))
    }
  }

  private func literal(_ text: String, _ token: TermToken, _ direction: Literal.Direction?) -> Term
  {
    let tag = String(decoding: language(token), as: UTF8.self)
    return .literal(Literal(text, language: tag, direction: direction))
  }

  /// A quad of terms, as `term(_:anonymousPrefix:)` gives them.
  public func quad(_ quad: TokenQuad, anonymousPrefix: String = "anon-") -> Quad {
    let term = { self.term($0, anonymousPrefix: anonymousPrefix) }
    return Quad(
      Triple(term(quad.subject), term(quad.predicate), term(quad.object)),
      graph: quad.graph == Self.defaultGraph ? nil : term(quad.graph))
  }
}
