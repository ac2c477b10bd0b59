/// Writes the blocks of a reader as canonical N-Triples or N-Quads, in order, without an object a term.
///
/// Source: RDF 1.2 N-Triples, section 4; RDF 1.2 N-Quads, section 4.
public struct BlockLineWriter: ~Copyable {
  /// What stands before blank node labels: `d7.` before a label, `d7-` before the number of a node without one.
  private let prefix: [UInt8]
  /// The text of every token of the block, end to end.
  private var text: [UInt8] = []
  private var ends: [Int] = []

  /// Blank nodes of documents with different numbers stay apart; with nil, labels stay as they are, which only a single
  /// document of lines may ask for.
  public init(document: Int?) {
    prefix = document.map { Array("d\($0)".utf8) } ?? []
  }

  /// Appends a line for every quad; false, and nothing is appended, at a quad of a named graph unless `hasGraphs`.
  public mutating func append(
    _ block: borrowing TripleBlock, hasGraphs: Bool, to bytes: inout [UInt8]
  ) -> Bool {
    text.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for token in block.tokens {
      write(token, block)
      ends.append(text.count)
    }
    let start = bytes.count
    for quad in block.quads {
      for token in [quad.subject, quad.predicate, quad.object] { copy(token, to: &bytes) }
      if quad.graph != TripleBlock.defaultGraph {
        guard hasGraphs else {
          bytes.removeSubrange(start...)
          return false
        }
        copy(quad.graph, to: &bytes)
      }
      bytes.append(contentsOf: [UInt8(ascii: "."), UInt8(ascii: "\n")])
    }
    return true
  }

  private func range(_ token: UInt32) -> Range<Int> {
    (token == 0 ? 0 : ends[Int(token) - 1])..<ends[Int(token)]
  }

  private func copy(_ token: UInt32, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: text[range(token)])
    bytes.append(UInt8(ascii: " "))
  }

  private mutating func write(_ token: TermToken, _ block: borrowing TripleBlock) {
    let bytes = block.bytes(token)
    switch token.kind {
    case .iri:
      text.append(UInt8(ascii: "<"))
      text.append(contentsOf: bytes)
      text.append(UInt8(ascii: ">"))
    case .blankNode:
      text.append(contentsOf: "_:".utf8)
      if !prefix.isEmpty { text.append(contentsOf: prefix + [UInt8(ascii: ".")]) }
      text.append(contentsOf: bytes)
    case .anonymousNode:
      text.append(contentsOf: "_:".utf8)
      text.append(contentsOf: prefix)
      text.append(contentsOf: "-\(token.number)".utf8)
    case .string: writeQuoted(bytes)
    case .typedLiteral:
      writeQuoted(bytes)
      let datatype = range(token.datatype)
      if text[datatype].elementsEqual(Self.string) { return }
      text.append(contentsOf: "^^".utf8)
      text.append(contentsOf: Array(text[datatype]))
    case .taggedLiteral: writeTagged(token, block, "")
    case .taggedLiteralLeftToRight: writeTagged(token, block, "--ltr")
    case .taggedLiteralRightToLeft: writeTagged(token, block, "--rtl")
    case .tripleTerm:
      text.append(contentsOf: "<<( ".utf8)
      for part in [token.first, token.second, token.third] {
        text.append(contentsOf: Array(text[range(part)]))
        text.append(UInt8(ascii: " "))
      }
      text.append(contentsOf: ")>>".utf8)
    }
  }

  private static let string = Array("<\(XSD.string)>".utf8)

  private mutating func writeTagged(
    _ token: TermToken, _ block: borrowing TripleBlock, _ direction: String
  ) {
    writeQuoted(block.bytes(token))
    text.append(UInt8(ascii: "@"))
    for byte in block.language(token) {
      text.append(byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
    }
    text.append(contentsOf: direction.utf8)
  }

  private mutating func writeQuoted(_ bytes: UnsafeBufferPointer<UInt8>) {
    let isPlain = bytes.allSatisfy {
      $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 != 0x7F && $0 != 0xEF
    }
    if isPlain {
      text.append(UInt8(ascii: "\""))
      text.append(contentsOf: bytes)
      text.append(UInt8(ascii: "\""))
    } else {
      text.append(contentsOf: TermText.quoted(String(decoding: bytes, as: UTF8.self)).utf8)
    }
  }
}
