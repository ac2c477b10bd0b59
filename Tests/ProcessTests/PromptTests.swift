import Foundation
import Testing

/// The program at a pseudo-terminal: what a person sees.
@Suite(.serialized) struct PromptTests {
  private let directory: Kosh.Directory

  init() throws {
    directory = try Kosh.Directory.withKnowledge()
  }

  private func open(
    _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:]
  ) -> TestTerminal {
    let terminal = TestTerminal(
      arguments + ["--color", "never"], in: directory, columns: columns, rows: rows,
      environment: environment)
    terminal.waitForPrompt()
    return terminal
  }

  @Test func aTypedQuestionIsAnswered() {
    let terminal = open()
    terminal.type("who heads Zoom India?\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") && $0.contains("1 row · ") }
    terminal.waitForPrompt()
    terminal.type("\u{4}")
    #expect(terminal.waitForExit() == 0)
  }

  @Test func anErrorPointsAtTheWordAndTheSessionGoesOn() {
    let terminal = open()
    terminal.type("who haeds Zoom India?\r")
    terminal.wait("caret") { $0.contains("  who haeds Zoom India?\n      ^~~~~") }
    terminal.waitForPrompt()
    terminal.type("who heads Zoom India\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
  }

  @Test func tabCompletesThenListsBelowTheLine() {
    let terminal = open()
    terminal.type("who heads zoom i\t")
    terminal.wait(forLastLine: "kosh> who heads Zoom India")
    terminal.type("\u{15}.s\t")
    terminal.wait("list") { $0.contains("kosh> .s\n") && $0.contains("\n.status  what is loaded") }
    terminal.type("ta")
    terminal.wait(forLastLine: "kosh> .sta")
    terminal.type("\t\r")
    terminal.wait("status") { $0.contains("loaded    knowledge") }
  }

  @Test func anOpenSentenceGoesOnInTheNextLine() {
    let terminal = open()
    terminal.type("who heads (\r")
    terminal.wait(forLastLine: "   (>")
    terminal.type("\u{3}")
    terminal.waitForPrompt()
    terminal.type("who heads 'Zoom India'\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
  }

  @Test func historyIsKeptBetweenRuns() throws {
    let first = open()
    first.type("about Zoom\r")
    first.wait("portrait") { $0.contains("urn:kosh:Zoom") }
    first.waitForPrompt()
    first.type(" kinds\r")
    first.wait("kinds") { $0.contains("kosh>  kinds\n") }
    first.waitForPrompt()
    first.type("\u{4}")
    #expect(first.waitForExit() == 0)

    let file = ".local/state/kosh/history"
    #expect(directory.read(file) == "about Zoom\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: directory.path + "/" + file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)

    let second = open()
    second.type("\u{1B}[A")
    second.wait(forLastLine: "kosh> about Zoom")
    second.type("\r")
    second.wait("portrait") { $0.contains("urn:kosh:Zoom") }
  }

  @Test func controlCDropsTheLine() {
    let terminal = open()
    terminal.type("who heads")
    terminal.wait(forLastLine: "kosh> who heads")
    terminal.type("\u{3}")
    terminal.wait("dropped line") { $0.hasSuffix("kosh> who heads^C\nkosh>") }
    terminal.type("who heads Zoom India?\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
  }

  @Test
  func controlCLeavesASearchAndNotTheSession() {
    let terminal = open()
    terminal.type("kinds\u{12}")
    terminal.wait("entry") { $0.contains("kosh> kinds") }
    usleep(100_000)
    terminal.type("\u{3}")
    terminal.waitForPrompt()
    terminal.type("who heads Zoom India?\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
  }

  @Test func controlCStopsALongQuestion() throws {
    try directory.write("big.kosh", Graphs.dense)
    let terminal = open(["big.kosh"])
    terminal.type(Graphs.longQuestion + "\r")
    terminal.waitUntilTaken()
    terminal.type("\u{3}")
    terminal.wait("interruption", timeout: 5) { $0.contains("interrupted after ") }
    terminal.waitForPrompt()
    terminal.type("how many ?x where Node 1 knows ?x?\r")
    terminal.wait("answer") { $0.contains("1 row") }
  }

  @Test func controlCStopsALoad() throws {
    let cities = (0..<400_000).map { "City \($0) is a City.\n" }.joined()
    try directory.write("cities.kosh", cities)
    let terminal = open()
    terminal.type(".load cities.kosh\r")
    terminal.waitUntilTaken()
    terminal.type("\u{3}")
    terminal.wait("interruption") { $0.contains("\ninterrupted, nothing was loaded\nkosh>") }
    terminal.type("who heads Zoom India?\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
  }

  @Test func controlCStopsALongAnswer() throws {
    try directory.write("big.kosh", Graphs.dense)
    let terminal = open(["big.kosh"])
    terminal.type(".limit all\r")
    terminal.waitForPrompt()
    terminal.type("?a knows ?b and ?b knows ?c\r")
    terminal.waitUntilTaken()
    usleep(1_000_000)
    terminal.type("\u{3}")
    terminal.wait("interruption") { $0.contains("\ninterrupted") && $0.hasSuffix("\nkosh>") }
  }

  @Test func controlDLeavesOnlyFromAnEmptyLine() {
    let terminal = open()
    terminal.type("who\u{4}")
    terminal.type("\u{15}")
    terminal.waitForPrompt()
    terminal.type("\u{4}")
    #expect(terminal.waitForExit() == 0)
  }

  @Test(arguments: ["C.UTF-8", "C"])
  func whatIsNotASCIICanBeTyped(locale: String) {
    let terminal = open(environment: ["LANG": locale])
    terminal.type("'東京支社' is part of what?\u{1B}[D\u{1B}[D\r")
    terminal.wait("answer") { $0.contains("1  Zoom India") }
  }

  @Test func longLinesWrapAndCanBeEdited() {
    let terminal = open(columns: 40)
    terminal.type("who heads 'Zoom India' and 'Zoom India' is part of Zoom?")
    terminal.wait("wrapped line") { $0.contains("kosh> who heads 'Zoom India' and 'Zoom I\nndia'") }
    terminal.type("\u{1}\u{B}kinds\r")
    terminal.wait("kinds") { $0.contains("Company") }
  }

  @Test func aNarrowTerminalElides() {
    let terminal = open(columns: 24)
    terminal.type("who heads Zoom India?\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
    terminal.waitForPrompt()
    terminal.resize(columns: 60, rows: 20)
    terminal.type("\u{15}who heads Zoom India?\r")
    terminal.wait("answer") { $0.contains("1 row") }
  }

  @Test func aChangedWindowKeepsTheLine() {
    let terminal = open()
    terminal.type("who heads Zo")
    terminal.wait(forLastLine: "kosh> who heads Zo")
    terminal.resize(columns: 60, rows: 20)
    usleep(100_000)
    terminal.type("om India?\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
  }

  @Test func aDumbTerminalWorks() {
    let terminal = open(environment: ["TERM": "dumb"])
    terminal.type("who heads Zoom India?\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
  }

  @Test func theStartFileRunsFirst() throws {
    try directory.write(".config/kosh/rc", ".timer off\n.limit 2\n")
    let terminal = open()
    terminal.type("?c is a Company?\r")
    terminal.wait("footer") { $0.contains("3 rows (2 shown) · .last for all") }
  }

  @Test func quitLeaves() {
    let terminal = open()
    terminal.type(".q\r")
    #expect(terminal.waitForExit() == 0)
  }
}
