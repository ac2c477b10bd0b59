import Diagnostics
import Testing

@testable import Shell

@Suite struct DiagnosticTextTests {
  private func draw(
    _ text: String, _ range: SourceRange, fix: String? = nil, style: Style = Style()
  ) -> String {
    let fixIts = fix.map { [Diagnostic.FixIt("did you mean '\($0)'?", replace: range, with: $0)] }
    let diagnostic = Diagnostic(
      id: "unknown-name", "'haeds' is no relation of this graph", at: range, fixIts: fixIts ?? [])
    return DiagnosticText(source: SourceText(name: "x.kosh", text), style: style).draw(diagnostic)
  }

  @Test func pointsAtTheWords() {
    #expect(
      draw("Zoom is big.\nwho haeds Zoom?\n", SourceRange(17, 22), fix: "heads") == """
        x.kosh:2:5: error: 'haeds' is no relation of this graph
          who haeds Zoom?
              ^~~~~
          try: did you mean 'heads'?

        """)
  }

  @Test func countsDisplayColumnsBeforeTheCaret() {
    #expect(
      draw("東京\thaeds x", SourceRange(7, 12)) == """
        x.kosh:1:4: error: 'haeds' is no relation of this graph
          東京 haeds x
               ^~~~~

        """)
  }

  @Test func pointsBehindTheEndOfTheText() {
    #expect(
      draw("who heads", SourceRange(9, 9)) == """
        x.kosh:1:10: error: 'haeds' is no relation of this graph
          who heads
                   ^

        """)
  }

  @Test func showsTheCaretOfAVeryLongLine() {
    let text =
      String(repeating: "word ", count: 200) + "haeds " + String(repeating: "x ", count: 200)
    let lines = draw(text, SourceRange(1000, 1005), style: Style(width: 60)).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.dropFirst().allSatisfy { displayWidth($0) <= 60 })
    #expect(lines[1].contains("haeds"))
    #expect(lines[2].hasSuffix("^~~~~"))
  }

  @Test func escapesControlCharactersOfTheLine() {
    let text = draw("\u{1B}[2Jhaeds", SourceRange(4, 9))
    #expect(!text.contains("\u{1B}"))
    #expect(text.contains("\\u{1B}[2Jhaeds\n           ^~~~~\n"))
  }
}
