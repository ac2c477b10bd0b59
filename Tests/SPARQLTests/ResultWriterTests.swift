import Algebra
import RDF
import SPARQL
import Testing

@Suite struct ResultWriterTests {
  static let variables = [Variable("a"), Variable("b")]
  static let rows: [[Term?]] = [
    [.iri("http://e/<&>"), .literal(Literal("say \"x\", \\ \n\u{1}\u{9B}"))],
    [.blankNode("n1"), nil],
    [
      .literal(Literal("1", datatype: XSD.integer)),
      .literal(Literal("1.0", datatype: "http://e/d")),
    ],
    [
      .literal(Literal("שלום", language: "he", direction: .rightToLeft)),
      .triple(
        Triple(.iri("http://e/s"), .iri("http://e/p"), .literal(Literal("o", language: "en")))),
    ],
    [nil, nil],
  ]

  static func text(_ format: ResultWriter.Format) -> String {
    ResultWriter(format).text(variables: variables, rowCount: rows.count) { rows[$0][$1] }
  }

  @Test func writesJSON() {
    #expect(
      Self.text(.json) == #"""
        {"head":{"vars":["a","b"]},"results":{"bindings":[
        {"a":{"type":"uri","value":"http://e/<&>"},"b":{"type":"literal","value":"say \"x\", \\ \n\u0001\u009b"}},
        {"a":{"type":"bnode","value":"n1"}},
        {"a":{"type":"literal","value":"1","datatype":"http://www.w3.org/2001/XMLSchema#integer"},"b":{"type":"literal","value":"1.0","datatype":"http://e/d"}},
        {"a":{"type":"literal","value":"שלום","xml:lang":"he","its:dir":"rtl"},"b":{"type":"triple","value":{"subject":{"type":"uri","value":"http://e/s"},"predicate":{"type":"uri","value":"http://e/p"},"object":{"type":"literal","value":"o","xml:lang":"en"}}}},
        {}
        ]}}

        """#)
  }

  @Test func writesXML() {
    #expect(
      Self.text(.xml) == #"""
        <?xml version="1.0"?>
        <sparql xmlns="http://www.w3.org/2005/sparql-results#" xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0">
        <head><variable name="a"/><variable name="b"/></head>
        <results>
        <result><binding name="a"><uri>http://e/&lt;&amp;&gt;</uri></binding><binding name="b"><literal>say &quot;x&quot;, \ \#n\#u{FFFD}&#x9B;</literal></binding></result>
        <result><binding name="a"><bnode>n1</bnode></binding></result>
        <result><binding name="a"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">1</literal></binding><binding name="b"><literal datatype="http://e/d">1.0</literal></binding></result>
        <result><binding name="a"><literal xml:lang="he" its:dir="rtl">שלום</literal></binding><binding name="b"><triple><subject><uri>http://e/s</uri></subject><predicate><uri>http://e/p</uri></predicate><object><literal xml:lang="en">o</literal></object></triple></binding></result>
        <result></result>
        </results>
        </sparql>

        """#)
  }

  @Test func writesCSV() {
    #expect(
      Self.text(.csv)
        == "a,b\r\nhttp://e/<&>,\"say \"\"x\"\", \\ \n\u{1}\u{9B}\"\r\n_:n1,\r\n1,1.0\r\n"
        + "שלום,\"<<( <http://e/s> <http://e/p> \"\"o\"\"@en )>>\"\r\n,\r\n")
  }

  @Test func writesTSV() {
    #expect(
      Self.text(.tsv)
        == "?a\t?b\n<http://e/\\u003C&\\u003E>\t\"say \\\"x\\\", \\\\ \\n\\u0001\u{9B}\"\n_:n1\t\n1\t\"1.0\"^^<http://e/d>\n"
        + "\"שלום\"@he--rtl\t<<( <http://e/s> <http://e/p> \"o\"@en )>>\n\t\n")
  }

  @Test(arguments: [
    (ResultWriter.Format.json, "{\"head\":{},\"boolean\":true}\n"), (.csv, "true\r\n"),
    (.tsv, "true\n"),
    (
      .xml,
      "<?xml version=\"1.0\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\" "
        + "xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\">\n<head/>\n<boolean>true</boolean>\n</sparql>\n"
    ),
  ])
  func writesBooleans(_ format: ResultWriter.Format, _ expected: String) {
    var text = ""
    ResultWriter(format).write(boolean: true) { text += String(decoding: $0, as: UTF8.self) }
    #expect(text == expected)
  }

  @Test func writesAnEmptyResult() {
    let text = ResultWriter(.json).text(variables: Self.variables, rowCount: 0) { _, _ in nil }
    #expect(text == "{\"head\":{\"vars\":[\"a\",\"b\"]},\"results\":{\"bindings\":[\n]}}\n")
  }

  @Test func handsOverLargeResultsInBlocks() {
    let term = Term.iri("http://example.org/" + String(repeating: "x", count: 100))
    var sizes: [Int] = []
    ResultWriter(.csv).write(variables: [Variable("a")], rowCount: 2000, term: { _, _ in term }) {
      sizes.append($0.count)
    }
    #expect(sizes.count == 4)
    #expect(sizes.reduce(0, +) == 3 + 2000 * 121)
    #expect(sizes.allSatisfy { $0 < 65_536 + 200 })
  }

  struct Failure: Error, Equatable {}

  @Test func passesTheSinksErrorOn() {
    #expect(throws: Failure()) {
      try ResultWriter(.csv).write(boolean: true) { _ throws(Failure) in throw Failure() }
    }
  }
}
