import Foundation
import Testing

/// Answers at a pseudo-terminal: what a person sees of them.
@Suite(.serialized) struct AnswerTests {
  private let directory: Kosh.Directory

  init() throws {
    directory = try Kosh.Directory.withKnowledge()
  }

  private func open(
    _ arguments: [String] = ["--color", "never"], columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:]
  ) -> TestTerminal {
    let terminal = TestTerminal(
      arguments, in: directory, columns: columns, rows: rows, environment: environment)
    terminal.waitForPrompt()
    return terminal
  }

  private func ask(_ entry: String, on terminal: TestTerminal) {
    terminal.type(entry + "\r")
    terminal.wait("end of '\(entry)'") {
      $0.contains("kosh> \(entry)\n") && $0.hasSuffix("\nkosh>")
    }
  }

  // MARK: Rows

  @Test func rowsAreNumberedAndCanBeNamedInTheNextSentence() {
    let terminal = open()
    ask("who is a Company?", on: terminal)
    #expect(terminal.screen.text.contains("\n1  Zoom India\n2  Zoom\n3  東京支社\n3 rows · "))
    ask("what part of $1?", on: terminal)
    #expect(terminal.screen.text.contains("\n1  東京支社\n1 row"))
    ask("about $what", on: terminal)
    #expect(terminal.screen.text.contains("\n東京支社  Company\n"))
    ask("who heads what?", on: terminal)
    ask("why 1", on: terminal)
    #expect(
      terminal.screen.text.contains("\nSameer Raje heads Zoom India  knowledge/facts.kosh:1\n"))
    ask("why not Zoom heads Zoom India", on: terminal)
    #expect(
      terminal.screen.text.contains(
        "\n  Zoom heads Zoom India       no match\n"
          + "  something heads Zoom India   1 match  instead\n"))
  }

  @Test func anEmptyAnswerSaysWhichPartEmptiedIt() {
    let terminal = open()
    ask("who heads ?what and ?what is part of Zoom India?", on: terminal)
    #expect(
      terminal.screen.text.contains(
        "\n  ?who heads ?what          1 match\n"
          + "  ?what part of Zoom India  1 match  none together with 1 match of the above\n"))
  }

  @Test func theLastAnswerIsDrawnAgainInAnotherFormat() {
    let terminal = open()
    ask("who heads ?what?", on: terminal)
    ask(".last csv", on: terminal)
    #expect(terminal.screen.text.contains("\nwho,what\nurn:kosh:Sameer_Raje,urn:kosh:Zoom_India"))
    ask(".last markdown", on: terminal)
    #expect(terminal.screen.text.contains("| Sameer Raje | Zoom India |"))
  }

  @Test func aWideTableIsCutWithAMarkAndNumbersAreGrouped() throws {
    try directory.write(
      "knowledge/more.kosh",
      """
      Asha has note "far beyond what fits into one row of so narrow a terminal"; has salary 12_345_678.
      Asha has empty ""; born 1990-05-17; has escape "a\\u001Bb".

      """)
    let terminal = open(columns: 40)
    ask("Asha ?r ?v?", on: terminal)
    let text = terminal.screen.text
    #expect(text.contains("  has note    far beyond what fits int…\n"))
    #expect(text.contains("  has salary  12,345,678\n"))
    #expect(text.contains("  has empty   \"\"\n"))
    #expect(text.contains("  born        1990-05-17\n"))
    #expect(text.contains("  has escape  a\\u{1B}b\n"))
  }

  @Test func aMessageIsBrokenBetweenWords() {
    let terminal = open(columns: 40)
    terminal.type("who heads \u{3}")
    terminal.wait("dropped") { $0.hasSuffix("^C\nkosh>") }
    ask("who haeds", on: terminal)
    let lines = terminal.screen.text.split(separator: "\n")
    #expect(lines.contains("<prompt>:1:1: error: expected a subject,"))
    #expect(lines.contains("  a relation and an object, found only"))
  }

  // MARK: What the terminal can do

  @Test func aLongAnswerGoesThroughThePager() throws {
    let pager = try directory.write("pager.sh", "#!/bin/sh\nsed 's/^/paged: /'\n")
    chmod(pager, 0o755)
    let terminal = open(rows: 8, environment: ["PAGER": pager])
    ask("who heads what?", on: terminal)
    #expect(!terminal.screen.text.contains("paged:"))
    terminal.type("?a ?r ?b\r")
    terminal.wait("paged answer") {
      $0.contains("\npaged: 6  東京支社") && $0.hasSuffix("ms\nkosh>")
    }
    terminal.type(".set pager off\r?a ?r ?b\r")
    terminal.wait("the answer itself") {
      $0.contains("\n6  東京支社") && $0.hasSuffix("ms\nkosh>") && !$0.contains("paged:")
    }
  }

  @Test(arguments: [(["VTE_VERSION": "7000"], "https://example.org/home"), ([:], "")])
  func addressesAreLinksWhereTheTerminalHasThem(_ environment: [String: String], _ link: String)
    throws
  {
    try directory.write("knowledge/more.kosh", "Zoom has site <https://example.org/home>.\n")
    let terminal = open(
      [], environment: ["TERM": "xterm-256color"].merging(environment) { $1 })
    ask("Zoom has site what?", on: terminal)
    let cells = terminal.screen.cells(of: "home") ?? []
    #expect(cells.map(\.link) == Array(repeating: link, count: 4))
  }

  /// What is written in the palette's colours reads on black and on white; in eight colours there is no yellow.
  @Test(arguments: [("xterm-256color", "38;5;243", "38;5;130"), ("xterm", "2", "35")])
  func coloursReadOnDarkAndLight(_ type: String, _ quiet: String, _ careful: String) {
    let terminal = open([], environment: ["TERM": type])
    ask("who heads Zoom?", on: terminal)
    #expect(terminal.screen.styles(of: "instead") == [quiet])
    #expect(terminal.screen.styles(of: "no match") == [careful])
  }

  // MARK: Settings

  @Test func everyPreferenceIsShownAndKeptByTheStartFile() throws {
    try directory.write(
      ".config/kosh/rc",
      """
      .set format csv
      .set limit 7
      .set width 60
      .set timer off
      .set sources off
      .set pager off
      .set links on
      .set color on
      .set timeout 5
      .set memory 512M

      """)
    let terminal = open()
    ask(".status", on: terminal)
    for line in [
      "loaded    knowledge", "format    csv", "limit     7", "width     60", "timer     off",
      "sources   off", "pager     off", "links     on", "color     on", "timeout   5",
      "memory    512",
    ] {
      #expect(terminal.screen.text.contains("\n" + line), "\(line)\n\(terminal.screen.text)")
    }
  }
}
