import RDF
import Testing

@Suite struct TurtleWriterTests {
  static func rewrite(_ text: String) -> String {
    var quads: [Quad] = []
    let report = RDFReader(.triG, base: "http://e/").read(Array(text.utf8)) { block in
      quads += block.quads.map { block.quad($0) }
    }
    #expect(report.problems == [])
    return TurtleWriter().text(quads)
  }

  @Test func writesAsAPersonWould() {
    let text = Self.rewrite(
      """
      PREFIX : <urn:kosh:> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
      :Zoom a :Company . :Zoom rdfs:label "Zoom"@en, "ज़ूम"@hi ; :users 300000000, 1.5, "x"^^xsd:token .
      :MHA :warned :Zoom ~ :w1 {| dcterms:date "2020-04-12"^^xsd:date ; dcterms:source :MHA |} .
      :MHA :likes :Zoom {| :not true |} .
      :Raje :says <<( :Zoom :in :India )>> . << :Zoom :in :Mars >> :saidBy :Nobody .
      :Raje :plans ( 1 ( :a [ :p :q ] ) [] ) ; :knows [ :name "A" ; :age 5 ] . _:x :y _:z . _:w :y _:z .
      <http://e/has space> :p <http://e/x/y>.
      """.replacing("has space", with: "no-space"))
    #expect(
      text == """
        PREFIX : <urn:kosh:>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        PREFIX dcterms: <http://purl.org/dc/terms/>

        <http://e/no-space> :p <http://e/x/y> .

        :MHA :likes :Zoom {| :not true |} ;
          :warned :Zoom ~ :w1 {|
              dcterms:date "2020-04-12"^^xsd:date ;
              dcterms:source :MHA
            |} .

        :Raje :knows [
            :age 5 ;
            :name "A"
          ] ;
          :plans ( 1 ( :a [ :p :q ] ) [] ) ;
          :says <<( :Zoom :in :India )>> .

        :Zoom a :Company ;
          rdfs:label "Zoom"@en, "ज़ूम"@hi ;
          :users 1.5, 300000000, "x"^^xsd:token .

        << :Zoom :in :Mars >> :saidBy :Nobody .

        [] :y _:z .

        [] :y _:z .

        """)
  }

  @Test func writesGraphs() {
    let text = Self.rewrite("PREFIX : <urn:kosh:> :a :b :c . :g { :a :b :d , :e } _:h { :a :b [] }")
    #expect(
      text == """
        PREFIX : <urn:kosh:>

        :a :b :c .

        :g {
          :a :b :d, :e .
        }

        _:h {
          :a :b [] .
        }

        """)
  }

  @Test func nothingGivesNothing() {
    #expect(TurtleWriter().text([]) == "")
  }

  @Test func longListsStayLists() {
    let items = (0..<3000).map { "\($0)" }.joined(separator: " ")
    let list = "PREFIX : <urn:kosh:>\n\n:a :b ( \(items) ) .\n"
    #expect(Self.rewrite(list) == list)
  }
}
