import Foundation
import Testing

/// Keys that once damaged libedit's memory, or never let go of the prompt; the C library checks the heap.
@Suite(.serialized) struct HeapTests {
  private let directory: Kosh.Directory

  init() throws {
    directory = try Kosh.Directory.withKnowledge()
  }

  /// Opens a prompt with the keys of vi or of emacs, and what else the editrc says.
  private func open(
    vi isVi: Bool, _ arguments: [String] = [], editrc: String = ""
  ) throws -> TestTerminal {
    try directory.write(".editrc", (isVi ? "bind -v\n" : "") + editrc)
    let terminal = TestTerminal(
      ["--color", "never"] + arguments, in: directory,
      environment: [
        "LD_PRELOAD": "libc_malloc_debug.so.0", "MALLOC_CHECK_": "3", "MALLOC_PERTURB_": "165",
        "SWIFT_BACKTRACE": "enable=no",
      ])
    terminal.waitForPrompt()
    return terminal
  }

  /// Ends the line and then the session, in which the heap is checked once more.
  private func leave(_ terminal: TestTerminal) {
    terminal.type("\u{3}")
    terminal.wait("dropped line") { $0.hasSuffix("^C\nkosh>") }
    terminal.type("\u{4}")
    #expect(terminal.waitForExit() == 0)
  }

  private let escape = "\u{1F}"

  // MARK: The line's bounds

  @Test func theEndOfAnEmptyLineIsNotBeforeIt() throws {
    let terminal = try open(vi: true)
    terminal.type("\(escape)$ikinds")
    terminal.wait(forLastLine: "kosh> kinds")
    leave(terminal)
  }

  @Test func aCopiedWordFindsRoom() throws {
    let terminal = try open(vi: false)
    terminal.type(String(repeating: "a", count: 600) + "\u{1B}\u{1F}")
    terminal.wait("both words") { screen in
      screen.drop { $0 != "\n" }.count { $0 == "a" } == 1_200
    }
    leave(terminal)
  }

  /// The mark is lost when libedit enlarges the line, so nothing goes by it.
  @Test func noRegionIsTakenFromAMark() throws {
    let terminal = try open(vi: false, editrc: "bind ^K em-kill-region\nbind ^T em-exchange-mark\n")
    terminal.type("kind\u{B}\u{14}\u{18}\u{18}s")
    terminal.wait(forLastLine: "kosh> kinds")
    leave(terminal)
  }

  @Test func aLineThatIsDoubledStopsGrowing() throws {
    let terminal = try open(vi: true)
    terminal.type("kinds" + escape + String(repeating: "yyP", count: 30) + "0Diabout")
    terminal.wait("the line anew", timeout: 60) { $0.hasSuffix("kosh> about") }
    leave(terminal)
  }

  // MARK: Searches

  @Test func aSearchOfViThatFindsNothingKeepsTheLine() throws {
    let terminal = try open(vi: true)
    terminal.type("kinds\(escape)/nowhere\r")
    terminal.type("nNaX\(escape)X")
    terminal.wait(forLastLine: "kosh> kindX")
    leave(terminal)
  }

  @Test func aSearchOfViFindsAnEntryAndGoesOn() throws {
    let terminal = try open(vi: true)
    for entry in ["about Zoom", "kinds", "about Zoom India"] {
      terminal.type(entry + "\r")
      terminal.wait("answer") { $0.contains("kosh> \(entry)\n") && $0.hasSuffix("\nkosh>") }
    }
    terminal.type("\(escape)/ZOOM\r")
    terminal.wait(forLastLine: "kosh> about Zoom India")
    terminal.type("n")
    terminal.wait(forLastLine: "kosh> about Zoom")
    terminal.type("N")
    terminal.wait(forLastLine: "kosh> about Zoom India")
    leave(terminal)
  }

  @Test func controlCLeavesASearchOfVi() throws {
    let terminal = try open(vi: true)
    terminal.type("kinds\(escape)/Zo")
    terminal.wait(forLastLine: "not found: Zo")
    leave(terminal)
  }

  // MARK: Repeating

  @Test func aChangeIsRepeated() throws {
    let terminal = try open(vi: true)
    terminal.type("one two three\(escape)0cwx\(escape)w.")
    terminal.wait(forLastLine: "kosh> x x three")
    terminal.type("0iy \(escape).")
    terminal.wait(forLastLine: "kosh> yy  x x three")
    terminal.type("0ra.$x.")
    terminal.wait(forLastLine: "kosh> ay  x x thr")
    leave(terminal)
  }

  @Test func whatIsRepeatedEnds() throws {
    let terminal = try open(vi: true)
    terminal.type("kinds\(escape)x\r")
    terminal.wait("answer") { $0.contains("kosh> kind\n") && $0.hasSuffix("\nkosh>") }
    terminal.type(".\(escape)0D.")
    leave(terminal)
  }

  @Test func whatIsRepeatedRunsNothing() throws {
    let terminal = try open(vi: true)
    terminal.type("\(escape)ikinds\r")
    terminal.wait("answer") { $0.contains("kosh> kinds\n") && $0.hasSuffix("\nkosh>") }
    terminal.type("about\(escape).")
    terminal.wait(forLastLine: "kosh> abouaboutt")
    leave(terminal)
  }

  // MARK: Ctrl-C

  @Test func controlCDropsWhatWasTypedBeforeIt() throws {
    try directory.write("big.kosh", Graphs.dense)
    let terminal = try open(vi: false, ["big.kosh"])
    terminal.type(Graphs.longQuestion + "\rkinds")
    terminal.waitUntilTaken()
    terminal.type("\u{3}")
    terminal.wait("interruption") { $0.contains("interrupted after ") && $0.hasSuffix("\nkosh>") }
    terminal.type("\u{4}")
    #expect(terminal.waitForExit() == 0)
  }

  @Test func theNextKeyIsInsertedAsItIs() throws {
    let terminal = try open(vi: false)
    terminal.type("kinds\u{16}\u{1}")
    terminal.wait(forLastLine: "kosh> kinds^A")
    terminal.type("\u{16}")
    leave(terminal)
  }

  @Test(arguments: [true, false])
  func theKeyThatSendsNothingKeepsControlC(isVi: Bool) throws {
    let terminal = try open(vi: isVi)
    terminal.type("kinds\0")
    terminal.wait(forLastLine: "kosh> kinds")
    leave(terminal)
  }

  // MARK: What the editrc binds

  @Test func theKeysOfAMacroKeepTheLineInOrder() throws {
    let terminal = try open(vi: true, editrc: "bind -s -a Q $ikinds\n")
    terminal.type("\(escape)Q")
    terminal.wait(forLastLine: "kosh> kinds")
    leave(terminal)
  }

  @Test func aMacroMayHoldAnotherAndSequences() throws {
    let terminal = try open(
      vi: false, editrc: #"bind -s "^G" "a\\e[Db^T"\#nbind -s "^T" "cd"\#n"#)
    terminal.type("x\u{7}y")
    terminal.wait(forLastLine: "kosh> xbcdya")
    leave(terminal)
  }

  @Test func theEscapeOfAMacroLeavesInserting() throws {
    let terminal = try open(vi: true, editrc: #"bind -s "^G" "ab\\e0Dikinds"\#n"#)
    terminal.type("\u{7}!")
    terminal.wait(forLastLine: "kosh> kinds!")
    leave(terminal)
  }

  @Test func aMacroThatHoldsItselfEnds() throws {
    let terminal = try open(vi: false, editrc: "bind -s ^G ^G^G\nbind -s ^T kinds^G\n")
    terminal.type("\u{14}x")
    terminal.wait(forLastLine: "kosh> kindsx")
    leave(terminal)
  }

  @Test(arguments: ["bind -s ^G ", "bind ", "bind ^G "])
  func aLongWordOfTheEditrcIsLeftOut(_ start: String) throws {
    let terminal = try open(
      vi: false, editrc: start + String(repeating: "x", count: 3_000) + " ed-move-to-beg\n")
    terminal.type("kinds")
    terminal.wait(forLastLine: "kosh> kinds")
    leave(terminal)
  }

  @Test(arguments: ["ed-command", "em-universal-argument"])
  func aFunctionWithoutBoundsIsNotReached(_ function: String) throws {
    let terminal = try open(vi: false, editrc: "bind ^G \(function)\n")
    terminal.type(String(repeating: "\u{7}", count: 11) + "bind \"a")
    terminal.wait(forLastLine: "kosh> bind \"a")
    leave(terminal)
  }
}
