import Foundation
import Testing

/// What a person sees while something takes long, and after Ctrl-C.
@Suite(.serialized) struct RunningTests {
  private let directory: Kosh.Directory

  init() throws {
    directory = try Kosh.Directory.withKnowledge()
  }

  private func open(_ arguments: [String] = [], columns: Int = 80) -> TestTerminal {
    let terminal = TestTerminal(arguments + ["--color", "never"], in: directory, columns: columns)
    terminal.waitForPrompt()
    return terminal
  }

  private func writeCities() throws {
    let cities = (0..<400_000).map { "City \($0) is a City.\n" }.joined()
    try directory.write("cities.kosh", cities)
  }

  @Test func aLoadSaysHowFarHowFastAndHowLong() throws {
    try writeCities()
    let terminal = open()
    terminal.type(".load cities.kosh\r")
    terminal.wait("progress") {
      $0.firstMatch(of: /\n[\d,]+ sentences · \d+% · [\d,]+ a second · \d+ MB · \d+ s left$/) != nil
    }
    terminal.type("\u{3}")
    terminal.wait("interruption") {
      $0.contains("\ninterrupted, nothing was loaded\nkosh>") && !$0.contains(" left")
    }
  }

  @Test func aQuestionSaysRowsAndRate() throws {
    try directory.write("big.kosh", Graphs.dense)
    let terminal = open(["big.kosh"])
    terminal.type(Graphs.longQuestion + "\r")
    terminal.wait("progress") {
      $0.firstMatch(of: /\n[\d.]+ m?s · [\d,]+ rows · .* a second · .*Ctrl-C ends it$/) != nil
    }
    terminal.type("\u{3}")
    terminal.wait("interruption") {
      $0.firstMatch(of: /\ninterrupted after [\d.]+ m?s, [\d,]+ rows so far\nkosh>$/) != nil
        && !$0.contains("Ctrl-C ends it")
    }
    #expect(!terminal.screen.text.contains("^C"))
  }

  @Test func progressStaysInOneRowOfANarrowTerminal() throws {
    try directory.write("big.kosh", Graphs.dense)
    let terminal = open(["big.kosh"], columns: 30)
    terminal.type("?a knows ?b and ?b knows ?c and ?c knows ?d and ?d knows ?e\r")
    terminal.wait("cut progress") {
      $0.split(separator: "\n").last?.hasSuffix("…") ?? false && $0.contains("rows")
    }
    usleep(500_000)
    terminal.type("\u{3}")
    terminal.wait("nothing left of it") {
      $0.contains("\ninterrupted after ") && $0.hasSuffix("\nkosh>") && !$0.contains("…")
    }
  }

  @Test func keysRightBehindControlCBelongToTheNextLine() {
    let terminal = open()
    terminal.type("who heads")
    terminal.wait(forLastLine: "kosh> who heads")
    for _ in 0..<5 {
      terminal.type("\u{3}kinds")
      terminal.wait("the next line") { $0.hasSuffix("^C\nkosh> kinds") }
    }
  }

  @Test func whatIsTypedMeanwhileStandsOnceInTheNextLine() throws {
    try writeCities()
    let terminal = open()
    terminal.type(".load cities.kosh\r")
    terminal.wait("progress") { $0.contains(" a second") }
    terminal.type("how many ?x where ?x is a City")
    terminal.wait("the line, below what was said", timeout: 200) {
      $0.hasSuffix("\n400,000 new facts\nkosh> how many ?x where ?x is a City")
    }
    #expect(terminal.screen.text.components(separatedBy: "how many").count == 2)
    terminal.type("\r")
    terminal.wait("answer") { $0.contains("\n1  400,000\n") }
  }

  @Test func aNoticeStandsAboveTheLineThatIsTyped() {
    let terminal = TestTerminal(
      ["--color", "never"], in: directory, environment: ["XDG_STATE_HOME": "/dev/null/state"])
    terminal.waitForPrompt()
    terminal.type("kinds\rwho heads what")
    terminal.wait("notice above") {
      $0.contains("\nwhat is entered cannot be written to the history file\n")
    }
    terminal.wait(forLastLine: "kosh> who heads what")
  }

  @Test func everyTimeIsSaidUntilTheTimerIsOff() {
    let terminal = open()
    terminal.type("who heads what?\r")
    terminal.wait("time") { $0.firstMatch(of: /\n1 row · [\d.]+ ms\n/) != nil }
    terminal.type(".timer off\rwho heads what?\r")
    terminal.wait("no time") { $0.contains("\n1 row\nkosh>") }
  }
}
