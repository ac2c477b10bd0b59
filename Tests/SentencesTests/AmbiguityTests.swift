import Diagnostics
import Testing

@testable import Sentences

struct AmbiguityTests {
  @Test func `two cuts of known names are an error that shows both`() {
    let lexicon = TestLexicon(
      entities: ["Zoom", "Zoom part", "of MHA", "MHA"], relations: ["part of", "part", "of"])
    #expect(
      Notation.statement("is Zoom part of MHA?", lexicon) == """
        error ambiguous-sentence «Zoom part of MHA»: this can be read in 3 ways
          note: as 'Zoom' 'part' 'of MHA'
          note: as 'Zoom' 'part of' 'MHA'
          note: as 'Zoom part' 'of' 'MHA'
          fix: write 'Zoom' 'part' 'of MHA' «Zoom part of MHA» → «'Zoom' 'part' 'of MHA'»
          fix: write 'Zoom' 'part of' 'MHA' «Zoom part of MHA» → «'Zoom' 'part of' 'MHA'»
          fix: write 'Zoom part' 'of' 'MHA' «Zoom part of MHA» → «'Zoom part' 'of' 'MHA'»
        """)
    #expect(Notation.statement("'Zoom' 'part of' 'MHA'.", lexicon) == "[Zoom] [part of] [MHA]")
  }

  @Test func `a name of two things is an error that shows both`() {
    var lexicon = TestLexicon(entities: ["MHA"], relations: ["heads"])
    lexicon.add("Zoom", [.entity], iri: "urn:a")
    lexicon.add("Zoom", [.entity], iri: "urn:b")
    let expected = """
      error ambiguous-name «Zoom»: 'Zoom' is the name of 2 things
        note: 'Zoom' is <urn:a>
        note: 'Zoom' is <urn:b>
        fix: write <urn:a> «Zoom» → «<urn:a>»
        fix: write <urn:b> «Zoom» → «<urn:b>»
      """
    #expect(Notation.statement("who heads Zoom?", lexicon) == expected)
    #expect(Notation.statement("MHA heads Zoom.", lexicon) == expected)
    #expect(Notation.statement("MHA heads <urn:a>.", lexicon) == "[MHA] [heads] <urn:a>")
  }

  @Test func `a known cut is preferred to one with new names`() {
    let lexicon = TestLexicon(
      entities: ["Zoom", "India Zoom"], relations: ["heads", "heads India"])
    #expect(Notation.statement("Zoom heads India Zoom.", lexicon).hasPrefix("error ambiguous"))
    let fewer = TestLexicon(entities: ["Zoom", "India Zoom"], relations: ["heads"])
    #expect(Notation.statement("Zoom heads India Zoom.", fewer) == "[Zoom] [heads] [India Zoom]")
  }

  @Test func `of cuts with new names the one with the most known words wins`() {
    let lexicon = TestLexicon(entities: ["clean water", "water"], relations: [])
    #expect(
      Notation.statement("Alice drinks clean water.", lexicon)
        == "+entity[Alice] +relation[drinks] [clean water]")
  }

  @Test func `subclasses widen the class of a gap`() {
    var lexicon = TestLexicon.sample
    lexicon.classesWithSubclasses = ["urn:kosh:Company"]
    #expect(
      Notation.statement("which Company makes Zoom?", lexicon)
        == "list ?company distinct(project(join({?company (rdf:type/rdfs:subClassOf*) :Company}, "
        + "{?company :makes :Zoom}), [?company]))")
  }

  @Test func `nesting and length have limits with a diagnostic`() {
    let deep = "who says " + String(repeating: "(", count: 300) + String(repeating: ")", count: 300)
    #expect(Notation.statement(deep + "?").hasPrefix("error too-deep"))
    let nots = String(repeating: "not ", count: 300) + "Zoom is unsafe?"
    #expect(Notation.statement(nots).hasPrefix("error too-deep"))
    let words = String(repeating: "word ", count: 5000)
    #expect(Notation.statement(words + ".").hasPrefix("error too-long"))
    #expect(Notation.statement(words + "?").hasPrefix("error too-long"))
    let patterns = Array(repeating: "Zoom is unsafe", count: 600).joined(separator: " and ")
    #expect(Notation.statement(patterns + "?").hasPrefix("error too-long"))
    let claims =
      String(repeating: "MHA says (", count: 150) + "Zoom is unsafe"
      + String(repeating: ")", count: 150)
    #expect(!Notation.statement(claims + "?").hasPrefix("error"))
  }

  @Test func `a file that is not text is rejected without harm`() {
    let bytes = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    var parser = SentenceParser(source: .init(name: "test", bytes: bytes), mode: .script)
    var count = 0
    while let sentence = parser.next(TestLexicon.sample) {
      if case .statement = sentence.result { Issue.record("read: \(sentence)") }
      count += 1
    }
    #expect(count > 0)
  }
}
