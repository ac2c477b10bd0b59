import RDF
import Testing

@Suite struct TermTests {
  @Test func canonicallyEquivalentTextsAreDifferentTerms() {
    #expect(Literal("\u{E9}") != Literal("e\u{301}"))
    #expect(Term.iri("http://e/\u{E9}") != .iri("http://e/e\u{301}"))
    #expect(Set([Term.literal(Literal("\u{212B}")), .literal(Literal("\u{C5}"))]).count == 2)
  }

  @Test func turtleKeepsThemApart() {
    let quads = ["\u{E9}", "e\u{301}"].map {
      Quad(Triple(.iri("http://e/s"), .iri("http://e/p"), .literal(Literal($0))))
    }
    var found: [Quad] = []
    _ = RDFReader(.turtle).read(Array(TurtleWriter().text(quads).utf8)) { block in
      found += block.quads.map { block.quad($0) }
    }
    #expect(Set(found) == Set(quads))
  }
}
