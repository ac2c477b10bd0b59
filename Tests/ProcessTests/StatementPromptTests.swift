import Foundation
import Testing

/// SPARQL at the prompt: what a person sees, cell by cell.
@Suite(.serialized) struct StatementPromptTests {
  private let directory: Kosh.Directory

  init() throws {
    directory = try Kosh.Directory.withKnowledge()
  }

  private func open(columns: Int = 80, rows: Int = 24) -> TestTerminal {
    let terminal = TestTerminal(
      in: directory, columns: columns, rows: rows, environment: ["TERM": "xterm-256color"])
    terminal.waitForPrompt()
    return terminal
  }

  @Test func aQueryIsOneBufferOverItsLines() {
    let terminal = open()
    terminal.type("SELECT ?who WHERE {\r?who :heads ?what .\r?what a :Company")
    terminal.wait("lines with what is open") {
      $0.hasSuffix(
        "kosh> SELECT ?who WHERE {\n   {> ?who :heads ?what .\n   {> ?what a :Company")
    }
    terminal.type("\r}\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") && $0.contains("1 row · ") }
    terminal.type("\u{1B}[A")
    terminal.wait("the entry again, whole") {
      $0.hasSuffix(
        "kosh> SELECT ?who WHERE {\n   {> ?who :heads ?what .\n   {> ?what a :Company\n   {> }")
    }
  }

  @Test func tokensAreColouredAndUnknownNamesUnderlined() {
    let terminal = open()
    terminal.type("SELECT ?x { ?x :heads :Zoom_Indi . ?x foo:bar \"a\" ")
    terminal.wait("marks") { _ in
      terminal.screen.styles(of: ":Zoom_Indi") == ["4;38;5;130"]
        && terminal.screen.styles(of: "foo:bar") == ["4;38;5;130"]
    }
    #expect(terminal.screen.styles(of: "SELECT") == ["1"])
    #expect(terminal.screen.styles(of: "?x") == ["38;5;97"])
    #expect(terminal.screen.styles(of: ":heads") == [""])
    #expect(terminal.screen.styles(of: "{") == ["1;38;5;130"])
    #expect(terminal.screen.styles(of: "\"a\"") == ["38;5;64"])
  }

  @Test func aTemplateMayNameWhatIsNew() {
    let terminal = open()
    terminal.type("INSERT DATA { :Asha :heads :Tidewell } ")
    terminal.wait("line") { $0.hasSuffix(":Tidewell }") }
    usleep(100_000)
    #expect(terminal.screen.styles(of: ":Asha") == [""])
  }

  @Test func tabOffersWhatTheGrammarAndTheGraphHaveThere() {
    let terminal = open()
    terminal.type("SELECT ?x WHERE { ?x a \t")
    terminal.wait("classes, then variables") {
      $0.hasSuffix("{ ?x a\n:Company  kind · 3 members\n?x        variable")
    }
    terminal.type("\u{15}SELECT ?x WHERE { ?x :heads \t")
    terminal.wait("objects of the relation, then variables") {
      $0.hasSuffix("{ ?x :heads\n:Zoom_India  1 fact\n?x           variable")
    }
    terminal.type("\u{15}SELECT ?x { :Zoom_India \t")
    terminal.wait("relations of the subject") {
      $0.contains("\nrdfs:label  relation · 1 fact\n") && !$0.contains(":heads")
    }
    terminal.type("\u{15}SELECT ?x WHE\t")
    terminal.wait(forLastLine: "kosh> SELECT ?x WHERE")
    terminal.type("\u{15}PREFIX fo\t")
    terminal.wait(forLastLine: "kosh> PREFIX foaf: <http://xmlns.com/foaf/0.1/>")
    terminal.type("\u{15}SEL\t")
    terminal.wait(forLastLine: "kosh> SELECT")
  }

  @Test func anAnswerHasItsFactsAndItsCells() {
    let terminal = open()
    terminal.type("SELECT ?who ?what { ?who :heads ?what }\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje  Zoom India") }
    terminal.waitForPrompt()
    terminal.type("why 1\r")
    terminal.wait("fact") {
      $0.contains("\nSameer Raje heads Zoom India  knowledge/facts.kosh:1\n")
    }
    terminal.waitForPrompt()
    terminal.type("about $1:what\r")
    terminal.wait("portrait") { $0.contains("\nZoom India  Company\nurn:kosh:Zoom_India\n") }
  }

  @Test func anEmptyAnswerIsExplained() {
    let terminal = open()
    terminal.type("SELECT * { ?x :haeds ?y . ?y a :Company }\r")
    terminal.wait("reason") {
      $0.contains("warning: nothing in the graph is called :haeds")
        && $0.contains("note: there is :heads")
        && $0.contains("\n  ?x haeds ?y      no match\n  ?y is a Company   3 matches\n")
    }
  }

  @Test func anUndeclaredPrefixIsAnErrorThatSaysWhatToWrite() {
    let terminal = open()
    terminal.type("ASK { ?x fof:name ?y }\r")
    terminal.wait("caret and hint") {
      $0.contains("\n  ASK { ?x fof:name ?y }\n           ^~~~\n  try: did you mean 'foaf:'?")
    }
  }
}
