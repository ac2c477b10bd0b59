import Foundation
import Testing

/// What keys and signals do at a pseudo-terminal.
@Suite(.serialized) struct KeyTests {
  private let directory: Kosh.Directory

  init() throws {
    directory = try Kosh.Directory.withKnowledge()
  }

  private let up = "\u{1B}[A"
  private let left = "\u{1B}[D"

  // MARK: Search

  @Test func controlRFindsAnEntryByAnyPartOfIt() {
    let terminal = directory.open()
    terminal.run("who heads Zoom India?", "about Zoom", "kinds")
    terminal.type("\u{12}ZOOM")
    terminal.wait("newest match") { $0.hasSuffix("\nkosh> about Zoom\nsearch: ZOOM") }
    terminal.type("\u{12}")
    terminal.wait("older match") { $0.hasSuffix("\nkosh> who heads Zoom India?\nsearch: ZOOM") }
    terminal.type("\u{13}\u{12}x")
    terminal.wait("no match") { $0.hasSuffix("\nnot found: ZOOMx") }
    terminal.type("\u{7F}\u{12}\r")
    terminal.wait("answer") { $0.components(separatedBy: "1  Sameer Raje").count == 3 }
  }

  @Test func escapeLeavesASearchAndOtherKeysEditWhatItFound() {
    let terminal = directory.open()
    terminal.run("who heads Zoom India?")
    terminal.type("ki\u{12}heads")
    terminal.wait("match") { $0.hasSuffix("\nkosh> who heads Zoom India?\nsearch: heads") }
    terminal.type("\u{1B}")
    terminal.wait(forLastLine: "kosh> ki")
    terminal.type("\u{12}heads")
    terminal.wait("match again") { $0.hasSuffix("search: heads") }
    terminal.type("\u{5}!")
    terminal.wait(forLastLine: "kosh> who heads Zoom India?!")
  }

  // MARK: History

  @Test func whatAnotherSessionEntersCanBeRecalled() {
    let one = directory.open()
    let other = directory.open()
    one.run("about Zoom")
    other.run("kinds")
    one.run("relations")
    one.type(up + up)
    one.wait(forLastLine: "kosh> kinds")
    #expect(directory.read(".local/state/kosh/history") == "about Zoom\nkinds\nrelations\n")
  }

  @Test func anEntryIsKeptBeforeItRuns() throws {
    try directory.write("knowledge/big.kosh", Graphs.dense)
    let terminal = directory.open()
    terminal.type(Graphs.longQuestion + "\r")
    terminal.waitUntilTaken()
    #expect(directory.read(".local/state/kosh/history") == Graphs.longQuestion + "\n")
    terminal.signal(SIGKILL)
  }

  // MARK: Characters

  @Test func marksStayWithTheirLetters() {
    let terminal = directory.open()
    terminal.type("ae\u{301}o\u{308}\u{323}z" + left + left)
    terminal.wait("marks") { $0.hasSuffix("kosh> ae\u{301}o\u{308}\u{323}z") }
    #expect(terminal.screen.column == 8)
    terminal.type("\u{7F}")
    terminal.wait("one letter gone") { $0.hasSuffix("kosh> ao\u{308}\u{323}z") }
    terminal.type("\u{1B}[3~")
    terminal.wait("next gone") { $0.hasSuffix("kosh> az") }
    #expect(terminal.screen.column == 7)
  }

  @Test func wideCharactersAreWrappedWhole() {
    let terminal = directory.open(columns: 15)
    terminal.type("abc東京支社東京支社")
    terminal.wait("wrapped") { $0.hasSuffix("kosh> abc東京支\n社東京支社") }
    terminal.type("\u{1}\u{4}\u{4}\u{4}")
    terminal.wait("drawn anew") { $0.hasSuffix("kosh> 東京支社\n東京支社") }
    #expect(terminal.screen.column == 6)
  }

  @Test func aTypedNameWithMarksFindsTheName() {
    let terminal = directory.open()
    terminal.type("who is 'Jose\u{301} Ordo\u{301}n\u{303}ez'\u{1}\u{B}")
    terminal.type("Jose\u{301} Ordo\u{301}n\u{303}ez works for what?\r")
    terminal.wait("answer") { $0.contains("1  Zoom") }
  }

  // MARK: The window

  @Test func anotherWindowShowsTheLineOnceAndKeepsWhatIsAbove() {
    let terminal = directory.open()
    terminal.run("kinds")
    terminal.type("who heads Zoom India and what is part of Zoom?")
    terminal.wait("line") { $0.hasSuffix("part of Zoom?") }
    terminal.resize(columns: 30, rows: 20)
    terminal.type("x")
    terminal.wait("wrapped line") {
      $0.hasSuffix("a Company\nkosh> who heads Zoom India and\n what is part of Zoom?x")
    }
    terminal.resize(columns: 90, rows: 24)
    terminal.type("y")
    terminal.wait("one line") {
      $0.hasSuffix("a Company\nkosh> who heads Zoom India and what is part of Zoom?xy")
    }
  }

  @Test func controlLKeepsTheLine() {
    let terminal = directory.open()
    terminal.run("kinds")
    terminal.type("who heads\u{C}")
    terminal.wait("clear screen") { $0 == "kosh> who heads" }
  }

  // MARK: Editors

  @Test func editOpensTheUsersEditorAndComesBackWithTheText() throws {
    let script = try directory.write(
      "editor.sh", "#!/bin/sh\nprintf 'who heads\\nZoom India?\\n' >\"$1\"\n")
    chmod(script, 0o755)
    let terminal = directory.open(environment: ["EDITOR": script])
    terminal.type(".edit\r")
    terminal.wait("text") { $0.hasSuffix("kosh> who heads\n    > Zoom India?") }
    terminal.type("\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
    terminal.waitForPrompt()
    terminal.type("kinds\u{18}\u{5}")
    terminal.wait("text again") { $0.hasSuffix("kosh> who heads\n    > Zoom India?") }
  }

  @Test func theKeysOfViWorkWhenTheEditrcAsksForThem() throws {
    try directory.write(".editrc", "bind -v\n")
    let terminal = directory.open()
    terminal.type("who heads Zoom Indiax")
    terminal.wait("line") { $0.hasSuffix("Indiax") }
    terminal.type("\u{1B}")
    usleep(150_000)
    terminal.type("x0")
    terminal.wait(forLastLine: "kosh> who heads Zoom India")
    terminal.type("A?\r")
    terminal.wait("answer") { $0.contains("1  Sameer Raje") }
    terminal.waitForPrompt()
    terminal.type("\u{1B}")
    usleep(150_000)
    terminal.type("k")
    terminal.wait(forLastLine: "kosh> who heads Zoom India?")
  }

  @Test func aKeyThatTheEditrcBindsIsLeftAlone() throws {
    try directory.write(".editrc", "kosh:bind ^R ed-move-to-beg\n")
    let terminal = directory.open()
    terminal.type("inds\u{12}k")
    terminal.wait(forLastLine: "kosh> kinds")
  }

  // MARK: Signals

  @Test(arguments: [SIGTERM, SIGHUP])
  func aSignalThatEndsTheProgramLeavesTheTerminalAsItWas(_ number: Int32) {
    let terminal = directory.open()
    terminal.type("who heads (\rx")
    terminal.wait(forLastLine: "   (> x")
    #expect(!terminal.isCanonical)
    terminal.signal(number)
    #expect(terminal.waitForExit() == 128 + number)
    #expect(terminal.isCanonical)
    #expect(!terminal.screen.bracketsPaste)
    #expect(terminal.screen.column == 0)
  }

  // MARK: Completion

  @Test func tabOnAnEmptyLineShowsWhatCanBeAskedAndTakesIt() {
    let terminal = directory.open()
    terminal.type("\t")
    terminal.wait("questions") {
      $0.contains("kosh>\nwhat part of Zoom India?  2 facts\n") && $0.contains("\nkinds  ")
    }
    terminal.type("\t")
    terminal.wait("the first") { $0.contains("kosh> what part of Zoom India?\nwhat part") }
    terminal.type("\r")
    terminal.wait("answer") { $0.contains("1  東京支社") && $0.hasSuffix("\nkosh>") }
  }

  @Test func candidatesAgreeFirstAndAreListedThen() {
    let terminal = directory.open()
    terminal.type("about ZO\t")
    terminal.wait(forLastLine: "kosh> about Zoom")
    terminal.type("\t")
    terminal.wait("list") {
      $0.hasSuffix("kosh> about Zoom\nZoom India  5 facts\nZoom        4 facts")
    }
    terminal.type("\t\t\u{1B}[Z")
    terminal.wait("second, then first again") { $0.contains("kosh> about Zoom India\n") }
    terminal.type("?")
    terminal.wait(forLastLine: "kosh> about Zoom India?")
    terminal.type("\u{15}who is jo\t")
    terminal.wait(forLastLine: "kosh> who is José Ordóñez")
  }
}
