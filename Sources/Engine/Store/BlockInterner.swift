public import RDF

/// Takes the blocks of one RDF document in: interns their terms and collects their triples.
///
/// Blank nodes of different documents stay apart: a label becomes `d`, the document's number, and the label.
public struct BlockInterner: ~Copyable {
  private let dictionary: TermDictionary
  /// `d7.` before a label, `d7-` before the number of a node without one.
  private let prefix: [UInt8]
  private var ids: [TermID] = []
  private var scratch: [UInt8] = []

  /// `document` tells the document from all others of the dictionary.
  public init(_ dictionary: TermDictionary, document: Int) {
    self.dictionary = dictionary
    prefix = Array("d\(document)".utf8)
  }

  /// Interns every term of a block and hands each triple to `body` with its graph (`none` for the default graph) and
  /// the offset of its statement in the block's input.
  public mutating func read(
    _ block: borrowing TripleBlock,
    _ body: (_ triple: EncodedTriple, _ graph: TermID, _ offset: Int) -> Void
  ) throws(EvaluationError) {
    ids.removeAll(keepingCapacity: true)
    ids.reserveCapacity(block.tokens.count)
    for token in block.tokens { ids.append(try intern(token, block)) }
    for quad in block.quads {
      let graph =
        quad.graph == TripleBlock.defaultGraph ? TermID.none : ids[Int(quad.graph)]
      body(
        EncodedTriple(
          ids[Int(quad.subject)], ids[Int(quad.predicate)], ids[Int(quad.object)]), graph,
        Int(quad.offset))
    }
  }

  @inline(__always)
  private mutating func intern(
    _ token: TermToken, _ block: borrowing TripleBlock
  ) throws(EvaluationError) -> TermID {
    let bytes = block.bytes(token)
    switch token.kind {
    case .iri: return try dictionary.intern(iri: bytes.span)
    case .string: return try dictionary.intern(string: bytes.span)
    case .typedLiteral:
      return try dictionary.intern(literal: bytes.span, datatype: ids[Int(token.datatype)])
    case .taggedLiteral:
      return try dictionary.intern(string: bytes.span, language: block.language(token).span)
    case .taggedLiteralLeftToRight:
      return try dictionary.intern(
        string: bytes.span, language: block.language(token).span, direction: .leftToRight)
    case .taggedLiteralRightToLeft:
      return try dictionary.intern(
        string: bytes.span, language: block.language(token).span, direction: .rightToLeft)
    case .blankNode: return try internNode(UInt8(ascii: "."), bytes)
    case .anonymousNode:
      var number = String(token.number)
      let digits = number.withUTF8 { Array($0) }
      return try digits.withUnsafeBufferPointer {
        (digits) throws(EvaluationError) in try internNode(UInt8(ascii: "-"), digits)
      }
    case .tripleTerm:
      return try dictionary.internTriple(
        EncodedTriple(
          ids[Int(token.first)], ids[Int(token.second)], ids[Int(token.third)]))
    }
  }

  private mutating func internNode(
    _ separator: UInt8, _ label: UnsafeBufferPointer<UInt8>
  ) throws(EvaluationError) -> TermID {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: prefix)
    scratch.append(separator)
    scratch.append(contentsOf: label)
    return try dictionary.intern(blankNode: scratch.span)
  }
}
