/// Writes canonical N-Triples and N-Quads, a line a quad. Source: RDF 1.2 N-Triples, section 4; RDF 1.2 N-Quads, section 4.
public struct LineWriter: Sendable {
  public init() {}

  /// Appends the line; in the default graph it is N-Triples.
  public func append(_ quad: Quad, to bytes: inout [UInt8]) {
    let triple = quad.triple
    for term in [triple.subject, triple.predicate, triple.object] {
      bytes.append(contentsOf: TermText.term(term).utf8)
      bytes.append(UInt8(ascii: " "))
    }
    if let graph = quad.graph {
      bytes.append(contentsOf: TermText.term(graph).utf8)
      bytes.append(UInt8(ascii: " "))
    }
    bytes.append(contentsOf: ".\n".utf8)
  }

  /// All lines in the order of the quads.
  public func text(_ quads: some Sequence<Quad>) -> String {
    var bytes: [UInt8] = []
    for quad in quads { append(quad, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
