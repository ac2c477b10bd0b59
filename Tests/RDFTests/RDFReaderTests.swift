import RDF
import Testing

/// What a document says, as canonical lines, and what is wrong with it, as `line:column id`.
func read(
  _ text: String, _ format: RDFFormat, base: String? = "http://e/base", chunkSize: Int = 1 << 18,
  keepsGoing: Bool = false
) -> (lines: [String], problems: [String]) {
  let reader = RDFReader(format, base: base, keepsGoing: keepsGoing, chunkSize: chunkSize)
  var lines: [String] = []
  let report = reader.read(Array(text.utf8)) { block in
    for quad in block.quads {
      lines.append(String(LineWriter().text([block.quad(quad)]).dropLast(3)))
    }
  }
  #expect(report.quadCount == lines.count)
  return (
    lines,
    report.problems.map { "\($0.position.line):\($0.position.column) \($0.diagnostic.id)" }
  )
}

@Suite struct RDFReaderTests {
  static let turtle = #"""
    # a comment with ü
    @prefix ex: <http://e/> . PREFIX : <#> VERSION "1.2"
    ex:a ex:p 1, -2.5, 1.e3, true, "x\ty\u00E9"@en-GB--ltr, 'it''s' ; a ex:C.D ; .
    """#.replacing("'it''s'", with: "'''it's'''") + #"""

      [ ex:p ( ex:a [] "z"^^ex:t ) ] ex:q <http://e/%41?q#f>, <../x/./y> .
      << ex:a ex:p 1 ~ ex:r >> ex:says <<( _:b.1 a<<( _:b.1 a "é漢😀" )>> )>> .
      ex:é\,x ex:p ex:o ~ ex:r1 {| ex:q 1 |} {| ex:q 2 ; |} .
      BASE <http://other/dir/file>
      <f> : <../g> .
      @base <sub/> .
      <f> : 1 .
      """#

  static let turtleLines = [
    #"<http://e/a> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>"#,
    #"<http://e/a> <http://e/p> "-2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>"#,
    #"<http://e/a> <http://e/p> "1.e3"^^<http://www.w3.org/2001/XMLSchema#double>"#,
    #"<http://e/a> <http://e/p> "true"^^<http://www.w3.org/2001/XMLSchema#boolean>"#,
    #"<http://e/a> <http://e/p> "x\tyé"@en-gb--ltr"#,
    #"<http://e/a> <http://e/p> "it's""#,
    #"<http://e/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/C.D>"#,
    #"_:anon-2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <http://e/a>"#,
    #"_:anon-2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:anon-3"#,
    #"_:anon-3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> _:anon-4"#,
    #"_:anon-3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:anon-5"#,
    #"_:anon-5 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> "z"^^<http://e/t>"#,
    #"_:anon-5 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"#,
    #"_:anon-1 <http://e/p> _:anon-2"#,
    #"_:anon-1 <http://e/q> <http://e/%41?q#f>"#,
    #"_:anon-1 <http://e/q> <http://e/x/y>"#,
    #"<http://e/r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://e/a> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> )>>"#,
    #"<http://e/r> <http://e/says> <<( _:b.1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <<( _:b.1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "é漢😀" )>> )>>"#,
    #"<http://e/é,x> <http://e/p> <http://e/o>"#,
    #"<http://e/r1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://e/é,x> <http://e/p> <http://e/o> )>>"#,
    #"<http://e/r1> <http://e/q> "1"^^<http://www.w3.org/2001/XMLSchema#integer>"#,
    #"_:anon-6 <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://e/é,x> <http://e/p> <http://e/o> )>>"#,
    #"_:anon-6 <http://e/q> "2"^^<http://www.w3.org/2001/XMLSchema#integer>"#,
    #"<http://other/dir/f> <http://e/base#> <http://other/g>"#,
    #"<http://other/dir/sub/f> <http://e/base#> "1"^^<http://www.w3.org/2001/XMLSchema#integer>"#,
  ]

  @Test func readsTurtle() {
    let (lines, problems) = read(Self.turtle, .turtle)
    #expect(lines == Self.turtleLines)
    #expect(problems == [])
  }

  @Test(arguments: 1...80) func chunksDoNotMatter(_ size: Int) {
    let (lines, problems) = read(Self.turtle, .turtle, chunkSize: size)
    #expect(lines == Self.turtleLines)
    #expect(problems == [])
    let trig = "GRAPH <g> { \(Self.turtle.drop { $0 != "\n" }.split(separator: "\n")[2]) }"
    let document =
      "@prefix ex: <http://e/> .\n\(trig)\n[] { ex:a ex:b [] , [] } <h> {} { ex:a a 1 }"
    let whole = read(document, .triG)
    let pieces = read(document, .triG, chunkSize: size)
    #expect(whole.problems == [])
    #expect(pieces.lines == whole.lines)
  }

  @Test func aDocumentCutAnywhereGivesAPrefixOfItsTriples() {
    let bytes = Array(Self.turtle.utf8)
    for count in 0..<bytes.count {
      var lines: [String] = []
      let report = RDFReader(.turtle, base: "http://e/base").read(Array(bytes[..<count])) { block in
        lines += block.quads.map { String(LineWriter().text([block.quad($0)]).dropLast(3)) }
      }
      // Cut after `-2.`, it is whole, and another document.
      guard !report.problems.isEmpty else { continue }
      #expect(lines == Array(Self.turtleLines.prefix(lines.count)))
      if count == bytes.count - 1 {
        #expect(report.problems.map(\.diagnostic.id) == ["unexpected-end"])
      }
    }
  }

  @Test(arguments: [
    "ex:s ex:p ex:o.", "ex:s a ex:o.", "ex:s ex:p ex:é.", "ex:s ex:p ex:o%41.", "ex:s ex:p ex:.",
    "ex:s ex:p \"x\"^^ex:t.", "ex:s ex:p true.", "ex:s ex:p 1.", "ex:s ex:p _:o.",
    "ex:s ex:p \"x\"@en.", "ex:s ex:p <o>.",
  ])
  func theLastDotMayEndTheDocument(_ statement: String) {
    let text = "@prefix ex: <http://e/> .\n" + statement
    for format in [RDFFormat.turtle, .triG] {
      let whole = read(text + "\n", format)
      #expect(whole.problems.isEmpty && whole.lines.count == 1)
      for size in 1...text.utf8.count + 1 {
        let cut = read(text, format, chunkSize: size)
        #expect(cut.problems.isEmpty && cut.lines == whole.lines)
      }
    }
  }

  @Test func readsNQuads() {
    let document = #"""
      VERSION "1.2" # comment
      <http://e/s>	<http://e/p>"a\"\U0001F600"@EN--rtl<http://e/g>.
      <http://e/s> <http://e/p> <<(_:a<http://e/p><<( _:a <http://e/p> "1"^^<http://e/t> )>>)>> _:g . # end

      _:a <http://e/p> "" .
      """#
    for size in 1...60 {
      let (lines, problems) = read(document, .nQuads, chunkSize: size)
      #expect(problems == [])
      #expect(
        lines == [
          #"<http://e/s> <http://e/p> "a\"😀"@en--rtl <http://e/g>"#,
          #"<http://e/s> <http://e/p> <<( _:a <http://e/p> <<( _:a <http://e/p> "1"^^<http://e/t> )>> )>> _:g"#,
          #"_:a <http://e/p> """#,
        ])
    }
  }

  @Test func readsGraphs() {
    let document = """
      PREFIX : <http://e/>
      :a :b :c . { :a :b :d } :g { :a :b :e . } GRAPH _:h { :a :b :f , [] . :a a _:h }
      [] { :x :y :z } [ :p :q ] . ( 1 ) :p 2 .
      """
    let type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    let integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    let (lines, problems) = read(document, .triG)
    #expect(problems == [])
    #expect(
      lines == [
        "<http://e/a> <http://e/b> <http://e/c>", "<http://e/a> <http://e/b> <http://e/d>",
        "<http://e/a> <http://e/b> <http://e/e> <http://e/g>",
        "<http://e/a> <http://e/b> <http://e/f> _:h", "<http://e/a> <http://e/b> _:anon-1 _:h",
        "<http://e/a> \(type)type> _:h _:h", "<http://e/x> <http://e/y> <http://e/z> _:anon-2",
        "_:anon-3 <http://e/p> <http://e/q>", "_:anon-4 \(type)first> \"1\"\(integer)",
        "_:anon-4 \(type)rest> \(type)nil>", "_:anon-4 <http://e/p> \"2\"\(integer)",
      ])
  }

  @Test(arguments: [
    ("<s> <p> <o>", "1:12 unexpected-end"), ("<s> <p> <o>\n<s> <p> 1 .", "2:1 expected-dot"),
    ("<s> <p> \"a\nb\" .", "1:9 line-break-in-string"), ("<s> <p> x:y .", "1:9 unknown-prefix"),
    ("<s> <p> \"é\" ; <q> ^ .", "1:19 expected-object"),
    ("<s> \"p\" <o> .", "1:5 expected-predicate"),
    ("\"s\" <p> <o> .", "1:1 expected-subject"), ("<s s> <p> <o> .", "1:3 bad-iri-character"),
    ("<\\u0020> <p> <o> .", "1:2 bad-iri-escape"), ("<s> <p> \"\\q\" .", "1:11 bad-escape"),
    ("<s> <p> \"\\uD800\" .", "1:10 surrogate"), ("<s> <p> \"a\"@123 .", "1:13 bad-language-tag"),
    ("<s> <p> \"a\"@toolonglang .", "1:24 bad-language-tag"),
    ("<s> <p> \"a\"@en--up .", "1:15 bad-direction"),
    (
      "<s> <p> \"a\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .",
      "1:12 reserved-datatype"
    ),
    ("@prefix ex <http://e/> .", "1:11 expected-colon"), ("@prefix : 1 .", "1:11 expected-iri"),
    ("<s> <p> [ <q> 1 .", "1:17 expected-bracket"),
    ("<s> <p> <<( <s> <p> 1 )> .", "1:25 expected-triple-term-end"),
    ("<s> <p> 1 {| |} .", "1:14 expected-predicate"), ("<s> <p> 1e .", "1:10 expected-dot"),
    ("<s> <p> _:- .", "1:11 bad-blank-node-label"), ("{ <s> <p> 1 }", "1:1 expected-subject"),
    ("<s> <p> 1 .\n\n   <a", "3:6 unexpected-end"), ("@version 1.2 .", "1:10 expected-version"),
  ])
  func saysWhatIsWrongAndWhere(_ text: String, _ problem: String) {
    #expect(read(text, .turtle).problems == [problem])
    for size in [1, 3, 7] { #expect(read(text, .turtle, chunkSize: size).problems == [problem]) }
  }

  @Test func rejectsBytesThatAreNotUTF8() {
    let documents: [[UInt8]] = [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
    ]
    for bytes in documents {
      for format in RDFFormat.allCases {
        let document = Array("<http://e/s> <http://e/p> \"".utf8) + bytes + Array("\" .\n".utf8)
        let report = RDFReader(format).read(document) { _ in }
        #expect(report.problems.map(\.diagnostic.id) == ["not-utf8"])
        #expect(report.problems.map(\.position.column) == [28])
        let comment = RDFReader(format).read(Array("# ".utf8) + bytes + [0x0A]) { _ in }
        #expect(comment.problems.map(\.diagnostic.id) == ["not-utf8"])
      }
    }
  }

  @Test func leavesOutBadLinesWhenAsked() {
    let document =
      "<http://e/s> <http://e/p> 1 .\n_:a <http://e/p> _:b .\nx\n_:a <http://e/p> _:c .\n<a"
    let (lines, problems) = read(document, .nTriples, keepsGoing: true)
    #expect(lines == ["_:a <http://e/p> _:b", "_:a <http://e/p> _:c"])
    #expect(problems == ["1:27 expected-object", "3:1 expected-subject", "5:3 unexpected-end"])
    #expect(read(document, .nTriples).problems == ["1:27 expected-object"])
  }

  @Test func deepNestingIsAProblemNotACrash() {
    for open in ["[ <p> ", "( ", "<< ", "<s> <p> <<( <s> <p> ", "<s> <p> <o> {| <p> <o> "] {
      let document = "<s> <p> " + String(repeating: open, count: 100_000)
      let (_, problems) = read(document, .turtle)
      #expect(problems.count == 1)
    }
    let brackets = read("<s> <p> " + String(repeating: "[ <p> ", count: 100_000), .turtle)
    #expect(brackets.problems == ["1:3009 too-deep"])
  }

  @Test func aStatementBeyondTheLimitIsAProblem() {
    for format in RDFFormat.allCases {
      let reader = RDFReader(format, longestStatement: 1000, chunkSize: 100)
      let text = "<http://e/s> <http://e/p> \"" + String(repeating: "x", count: 5000)
      let report = reader.read(Array(text.utf8)) { _ in }
      #expect(report.problems.map(\.diagnostic.id) == ["statement-too-long"])
    }
  }

  struct Failure: Error, Equatable {}

  @Test func passesOnWhatTheSourceAndTheSinkThrow() {
    #expect(throws: Failure()) {
      try RDFReader(.turtle).read(
        from: { _ throws(Failure) -> Int in throw Failure() }, into: { _ throws(Failure) in })
    }
    #expect(throws: Failure()) {
      try RDFReader(.nTriples).read(Array("_:a <http://e/p> _:b .\n".utf8)) {
        _ throws(Failure) in throw Failure()
      }
    }
  }

  @Test func handsOverManyTriplesInBlocksWithTheirPlaces() {
    let line = "_:a <http://e/p> \"a\" .\n"
    let document = String(repeating: line, count: 30_000)
    var blockSizes: [Int] = []
    var places: [Int] = []
    _ = RDFReader(.nTriples).read(Array(document.utf8)) { block in
      blockSizes.append(block.quads.count)
      for quad in block.quads { places.append(block.inputOffset + Int(quad.offset)) }
    }
    #expect(blockSizes.allSatisfy { (1...8_000).contains($0) })
    #expect(places == (0..<30_000).map { $0 * line.utf8.count })
  }

  @Test(arguments: [
    ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"),
    ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"), (";x", "http://a/b/c/;x"),
    ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"),
    ("..", "http://a/b/"),
    ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"),
    ("../../g", "http://a/g"),
    ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
    ("g.", "http://a/b/c/g."),
    (".g", "http://a/b/c/.g"), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
    ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
    ("g;x=1/../y", "http://a/b/c/y"), ("g?y/../x", "http://a/b/c/g?y/../x"),
    ("g#s/../x", "http://a/b/c/g#s/../x"), ("httpx://e/a", "httpx://e/a"),
    ("https:e", "https:e"), ("http4:e", "http4:e"), ("http/:e", "http://a/b/c/http/:e"),
  ])
  func resolvesAsRFC3986Says(_ reference: String, _ iri: String) {
    let (lines, _) = read("<x:s> <x:p> <\(reference)> .", .turtle, base: "http://a/b/c/d;p?q")
    #expect(lines == ["<x:s> <x:p> <\(iri)>"])
  }
}
