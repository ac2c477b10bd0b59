import Foundation
import Testing

/// Editing at a pseudo-terminal: what a person sees, cell by cell.
@Suite(.serialized) struct EditingTests {
  private let directory: Kosh.Directory

  init() throws {
    directory = try Kosh.Directory.withKnowledge()
  }

  private func open(
    _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:]
  ) -> TestTerminal {
    let terminal = TestTerminal(
      arguments, in: directory, columns: columns, rows: rows,
      environment: ["TERM": "xterm-256color"].merging(environment) { $1 })
    terminal.waitForPrompt()
    return terminal
  }

  private let up = "\u{1B}[A"
  private let down = "\u{1B}[B"
  private let left = "\u{1B}[D"
  private let right = "\u{1B}[C"

  // MARK: One buffer

  @Test func enterBreaksTheLineUntilTheSentenceIsWhole() {
    let terminal = open()
    terminal.type("who heads (\r")
    terminal.wait(forLastLine: "   (>")
    terminal.type("?x is part of Zoom and\r")
    terminal.wait(forLastLine: "   (>")
    terminal.type("?x is a Company)")
    terminal.wait(forLastLine: "   (> ?x is a Company)")
    terminal.type("\u{15}is Zoom a Company\r")
    terminal.wait("answer") { $0.contains("\nyes") }
  }

  @Test func upAndDownMoveInsideTheBufferAndTheEntryIsOneInTheHistory() {
    let terminal = open()
    terminal.type("Zoom India is a Company and\rZoom is a Company?")
    terminal.wait(forLastLine: " and> Zoom is a Company?")
    terminal.type(up + "\u{1}is ")
    terminal.wait("edited first line") { $0.contains("kosh> is Zoom India is a Company and") }
    terminal.type("\u{1}\u{1B}[3~\u{1B}[3~\u{1B}[3~\r")
    terminal.wait("answer") { $0.contains("yes") }
    terminal.waitForPrompt()
    terminal.type(up)
    terminal.wait("whole entry") {
      $0.hasSuffix("kosh> Zoom India is a Company and\n and> Zoom is a Company?")
    }
    let file = directory.read(".local/state/kosh/history")
    #expect(file == "Zoom India is a Company and\\nZoom is a Company?\n")
  }

  @Test func aSearchShowsAnEntryOfSeveralLinesWhole() {
    let terminal = open()
    terminal.type("Zoom India is a Company and\rZoom is a Company?\r")
    terminal.wait("answer") { $0.contains("\nyes") && $0.hasSuffix("\nkosh>") }
    terminal.type("kinds\r")
    terminal.wait("kinds") { $0.hasSuffix("\nkosh>") && $0.contains("kosh> kinds") }
    terminal.type("\u{12}INDIA IS")
    terminal.wait("the entry and the search below it") {
      $0.hasSuffix(
        "\nkosh> Zoom India is a Company and\n and> Zoom is a Company?\nsearch: INDIA IS")
    }
    #expect(terminal.screen.styles(of: "India is") == ["1;4"])
  }

  @Test func upFindsEntriesThatBeginWithWhatIsTyped() {
    let terminal = open()
    for entry in ["about Zoom", "kinds", "about Zoom India"] {
      terminal.type(entry + "\r")
      terminal.waitForPrompt()
    }
    terminal.type("ab" + up)
    terminal.wait(forLastLine: "kosh> about Zoom India")
    terminal.type(up)
    terminal.wait(forLastLine: "kosh> about Zoom")
    terminal.type(down + down)
    terminal.wait(forLastLine: "kosh> ab")
    terminal.type("\u{3}")
    terminal.waitForPrompt()
  }

  @Test func aBufferTallerThanTheScreenScrolls() {
    let terminal = open(columns: 40, rows: 6)
    terminal.type("is Zoom (\r1\r2\r3\r4\r5\r6\r7\r8")
    terminal.wait("the end") { $0.hasSuffix("   (> 8") && !$0.contains("> 1") }
    terminal.type(String(repeating: up, count: 8))
    terminal.wait("the beginning, the cursor in it") {
      $0.hasPrefix("kosh> is Zoom (\n   (> 1") && terminal.screen.row == 0
    }
  }

  // MARK: Colours

  @Test func wordsAreColouredWhileTheyAreTyped() {
    let terminal = open()
    terminal.type("who heads Zoom India and (\"x\"")
    terminal.wait("line") { $0.hasSuffix("(\"x\"") }
    terminal.wait("styles") { _ in terminal.screen.styles(of: "heads") == ["38;5;31"] }
    #expect(terminal.screen.styles(of: "who") == ["38;5;97"])
    #expect(terminal.screen.styles(of: "Zoom India") == [""])
    #expect(terminal.screen.styles(of: "(") == ["1;38;5;130"])
    #expect(terminal.screen.styles(of: "\"x\"") == ["38;5;64"])
  }

  @Test func unknownNamesAreUnderlinedBeforeEnter() {
    let terminal = open()
    terminal.type("who haeds Zoom Ind")
    terminal.wait("mark") { _ in terminal.screen.styles(of: "haeds") == ["4;38;5;130"] }
    terminal.type("\u{15}who heads Zoom ")
    terminal.wait("no mark") { _ in terminal.screen.styles(of: "heads") == ["38;5;31"] }
    #expect(terminal.screen.styles(of: "Zoom") == [""])
  }

  @Test func bracketsAtTheCursorAreMarkedTogether() {
    let terminal = open()
    terminal.type("who says (Zoom is a Company)")
    terminal.wait("partners") { _ in
      terminal.screen.styles(of: "(") == ["1;4"] && terminal.screen.styles(of: ")") == ["1;4"]
    }
    terminal.type("\u{1}")
    terminal.wait("none") { _ in terminal.screen.styles(of: ")") == [""] }
  }

  @Test(arguments: [
    (["--color", "never"], [:]), ([], ["NO_COLOR": "1"]), ([], ["TERM": "dumb"]),
  ])
  func withoutColourNothingIsColoured(_ arguments: [String], _ environment: [String: String]) {
    let terminal = open(arguments, environment: environment)
    terminal.type("who haeds (Zoom")
    terminal.wait(forLastLine: "kosh> who haeds (Zoom")
    let styles = Set(terminal.screen.cells.joined().map(\.style))
    #expect(styles == [""])
  }

  @Test func colourCanBeTurnedOffMeanwhile() {
    let terminal = open()
    terminal.type(".set color off\r")
    terminal.wait("next prompt") { $0.hasSuffix("kosh> .set color off\nkosh>") }
    terminal.type("who heads")
    terminal.wait(forLastLine: "kosh> who heads")
    #expect(terminal.screen.styles(of: "kosh> who heads") == [""])
  }

  // MARK: Suggestions

  @Test func whatIsLikelyStandsBehindTheCursorAndRightTakesIt() {
    let terminal = open()
    terminal.type("who heads Zoom Ind")
    terminal.wait(forLastLine: "kosh> who heads Zoom India")
    #expect(terminal.screen.styles(of: "ia") == ["38;5;243"])
    #expect(terminal.screen.column == 24)
    terminal.type(right)
    terminal.wait("taken") { _ in terminal.screen.styles(of: "ia") == [""] }
    terminal.type("\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
    terminal.waitForPrompt()
    terminal.type("who h")
    terminal.wait(forLastLine: "kosh> who heads Zoom India")
    terminal.type("\u{5}\r")
    terminal.wait("answer again") { $0.components(separatedBy: "1  Sameer Raje").count == 3 }
  }

  @Test func aSuggestionIsNotPartOfTheEntry() {
    let terminal = open()
    terminal.type("who heads Zoom Ind")
    terminal.wait(forLastLine: "kosh> who heads Zoom India")
    terminal.type("\r")
    terminal.wait("error") { $0.contains("'Zoom Ind'") || $0.contains("nothing is named") }
    #expect(terminal.screen.text.contains("kosh> who heads Zoom Ind\n"))
  }

  // MARK: Paste

  @Test func pastedLinesAreOneBufferThatWaitsForEnter() {
    let terminal = open()
    #expect(terminal.screen.bracketsPaste)
    terminal.type("\u{1B}[200~who heads Zoom India?\r\nis Zoom\ta Company?\n\u{1B}[201~")
    terminal.wait(forLastLine: "    > is Zoom a Company?")
    terminal.type("\r")
    terminal.wait("both answers") {
      $0.contains("1  Sameer Raje") && $0.contains("\nyes") && $0.hasSuffix("\nkosh>")
    }
    #expect(terminal.screen.bracketsPaste)
  }

  @Test func aLongPasteIsQuickAndWritesLittle() {
    let terminal = open()
    let line = "Zoom India is a Company and part of Zoom and a thing of many, many words.\n"
    let text = String(repeating: line, count: 8_000 / line.count + 1) + "is Zoom a Company?"
    let before = terminal.byteCount
    terminal.type("\u{1B}[200~\(text)\u{1B}[201~")
    terminal.wait("end") { $0.hasSuffix("> is Zoom a Company?") }
    #expect(terminal.byteCount - before < 50_000)
    #expect(terminal.screen.text.components(separatedBy: "\n").count == 24)
  }

  @Test func aBurstOfKeysIsDrawnOnce() {
    let terminal = open()
    let before = terminal.byteCount
    terminal.type(String(repeating: "is Zoom a Company and ", count: 360))
    terminal.type("kinds")
    terminal.wait("end") { $0.hasSuffix("kinds") }
    #expect(terminal.byteCount - before < 50_000)
  }
}
