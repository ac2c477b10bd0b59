import Diagnostics
import Testing

@testable import Sentences

struct CompletionTests {
  static func show(_ text: String) -> String {
    let source = SourceText(name: "test", text)
    let expected = SentenceParser.expectation(
      at: text.utf8.count, in: source, lexicon: TestLexicon.sample)
    let candidates = expected.candidates.map { candidate in
      let roles = candidate.roles.map { "\($0)" }.sorted().joined(separator: "+")
      return "«\(source.text(candidate.partial))» \(roles)"
    }
    return candidates.joined(separator: ", ") + " | "
      + (expected.words.isEmpty ? "-" : expected.words.joined(separator: ", "))
  }

  @Test func `what can stand at the cursor is what the parser would read there`() throws {
    try Golden.check("completions") { text in
      text.last == "⏎" ? Self.show(String(text.dropLast())) : "the cursor ⏎ is missing"
    }
  }

  @Test(arguments: [
    ("who heads Zoom", nil), ("who heads Zoom?", nil), ("Zoom is a Company.", nil), ("", nil),
    ("who heads Zoom and", "and"), ("Zoom is a Company;", ";"), ("Zoom makes A,", ","),
    ("who heads Zoom |", "|"), ("who says (Zoom is", "("), ("Zoom heads MHA {on 2020", "{"),
    ("Zoom quote \"\"\"a\nb", "\"\"\""), ("Zoom quote \"a", nil), ("Zoom heads 'MHA", nil),
    ("Zoom heads MHA. who heads (", "("), ("suppose Zoom is unsafe.", "suppose"),
    ("suppose Zoom is unsafe. is Zoom unsafe", nil), ("not", "not"), ("?n >", ">"),
  ])
  func `a text is complete when nothing is open`(text: String, open: String?) {
    #expect(SentenceParser.completeness(of: SourceText(name: "test", text)) == open)
  }
}
