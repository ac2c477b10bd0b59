import RDF
import Testing

@Suite struct BlockLineWriterTests {
  private func lines(_ text: String, _ format: RDFFormat, document: Int?, hasGraphs: Bool = true)
    -> String?
  {
    var writer = BlockLineWriter(document: document)
    var bytes: [UInt8] = []
    var isWhole = true
    _ = RDFReader(format, base: "http://e/").read(Array(text.utf8)) { block in
      isWhole = writer.append(block, hasGraphs: hasGraphs, to: &bytes) && isWhole
    }
    return isWhole ? String(decoding: bytes, as: UTF8.self) : nil
  }

  @Test func linesAreCanonical() {
    let text = """
      <http://e/s>   <http://e/p>  "a\\u0062\\t\\u007F\\uFFFE"^^<http://www.w3.org/2001/XMLSchema#string>.
      _:x <http://e/p> "y"@EN-gb--ltr <http://e/g> . # a comment
      _:x <http://e/p> <<(_:x <http://e/q> "1"^^<http://www.w3.org/2001/XMLSchema#integer>)>> .

      """
    #expect(
      lines(text, .nQuads, document: nil) == """
        <http://e/s> <http://e/p> "ab\\t\\u007F\\uFFFE" .
        _:x <http://e/p> "y"@en-gb--ltr <http://e/g> .
        _:x <http://e/p> <<( _:x <http://e/q> "1"^^<http://www.w3.org/2001/XMLSchema#integer> )>> .

        """)
  }

  @Test func nodesOfDocumentsStayApart() {
    let text = "_:x <p> [] , () ."
    let one = lines(text, .turtle, document: 1)
    #expect(one?.contains("_:d1.x <http://e/p> _:d1-1 .") == true)
    #expect(lines(text, .turtle, document: 2)?.contains("d1") == false)
  }

  @Test func aNamedGraphNeedsQuads() {
    let text = "<http://e/s> <http://e/p> <http://e/o> <http://e/g> .\n"
    #expect(lines(text, .nQuads, document: nil, hasGraphs: false) == nil)
  }
}
