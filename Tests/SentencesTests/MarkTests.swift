import Diagnostics
import Testing

@testable import Sentences

struct MarkTests {
  /// The marks of a text with the cursor at its end: `kind «text»`.
  private func show(_ text: String, cursor: Int? = nil) -> [String] {
    let source = SourceText(name: "test", text)
    let marks = SentenceParser.marks(
      of: source, cursor: cursor ?? text.utf8.count, lexicon: TestLexicon.sample,
      beginsName: { "ministry of home affairs".utf8.starts(with: $0) })
    return marks.map { "\($0.kind) «\(source.text($0.range))»" }
  }

  private func unknown(_ text: String) -> [String] {
    show(text).filter { $0.hasPrefix("unknown") || $0.hasPrefix("new") }
  }

  @Test func `each word has the class that the graph and the language give it`() {
    #expect(
      show("who heads Zoom India and ?x > 10 # why")
        == [
          "gap «who»", "relation «heads»", "name «Zoom India»", "keyword «and»", "gap «?x»",
          "value «10»", "comment «# why»",
        ])
  }

  @Test func `what is open or wrong is marked`() {
    #expect(show("who heads (Zoom {").filter { $0.hasPrefix("unclosed") }.count == 2)
    #expect(show("who heads 'Zoo").contains("unclosed «'»"))
    #expect(show("who quote \"Zoo").contains("unclosed «\"»"))
    #expect(show("who heads Zoom)").contains("wrong «)»"))
  }

  @Test func `brackets at the cursor are partners`() {
    let text = "who says (Zoom is unsafe)"
    #expect(show(text).filter { $0.hasPrefix("partner") } == ["partner «(»", "partner «)»"])
    #expect(show(text, cursor: 9).contains { $0.hasPrefix("partner") })
    #expect(!show(text, cursor: 3).contains { $0.hasPrefix("partner") })
  }

  @Test(arguments: [
    ("who haeds Zoom India", ["unknown «haeds»"]), ("who haeds Zo", ["unknown «haeds»"]),
    ("who haeds Zoom and ?x heads Zoom", ["unknown «haeds»"]), ("who he", []),
    ("who heads Zoom In", []), ("who heads Ministry of Ho", []), ("did MHA warn against Zoom", []),
    ("Asha heads Zoom.", ["new «Asha»"]), ("who heads Nobody?", ["unknown «Nobody»"]),
    ("about MHA. who heads Nobody, Zoom?", ["unknown «Nobody»"]),
  ])
  func `names that nothing bears are unknown, unless they still grow`(
    text: String, expected: [String]
  ) {
    #expect(unknown(text) == expected)
  }

  @Test func `marks of hostile texts are within the text`() {
    for text in [
      "", "(", ")", "'", "\"\"\"", "{{{{", "?", "\u{7}", ". . .", "suppose .", "# a\n# b",
    ] {
      for mark in SentenceParser.marks(
        of: SourceText(name: "test", text), cursor: 0, lexicon: TestLexicon.sample,
        beginsName: { _ in true })
      {
        #expect(mark.range.upperBound <= text.utf8.count)
      }
    }
  }
}
