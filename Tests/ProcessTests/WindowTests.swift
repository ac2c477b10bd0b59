import Foundation
import Testing

/// Small, changing and simple terminals: what a person sees.
@Suite(.serialized) struct WindowTests {
  private let directory: Kosh.Directory

  init() throws {
    directory = try Kosh.Directory.withKnowledge()
  }

  private let up = "\u{1B}[A"

  @Test func aBufferOfSeveralLinesSurvivesAnotherWindow() {
    let terminal = directory.open()
    terminal.type("who heads Zoom India and\rZoom India is part of Zoom and\rZoom is a Company")
    terminal.wait("lines") { $0.hasSuffix("\n and> Zoom is a Company") }
    terminal.type(up)
    terminal.resize(columns: 24, rows: 12)
    terminal.type("!\u{7F}")
    terminal.wait("the lines in a narrow window") {
      $0.hasSuffix(
        "kosh> who heads Zoom Ind\nia and\n and> Zoom India is part\n of Zoom and\n"
          + " and> Zoom is a Company")
    }
    terminal.resize(columns: 100, rows: 30)
    terminal.type("!\u{7F}")
    terminal.wait("the lines in a wide window") {
      $0.hasSuffix(
        "kosh> who heads Zoom India and\n and> Zoom India is part of Zoom and\n"
          + " and> Zoom is a Company")
    }
  }

  @Test func fourRowsOfTwentyColumnsAreEnough() {
    let terminal = directory.open(columns: 20, rows: 4)
    terminal.type("about Zo\t")
    terminal.wait(forLastLine: "kosh> about Zoom")
    terminal.type("\t")
    terminal.wait("list within the window") {
      $0.hasSuffix("kosh> about Zoom\nZoom India  5 facts\nZoom        4 facts")
    }
    terminal.type("\u{15}is Zoom a Company or 'Zoom India' a Company?")
    terminal.wait("the end of a long line") { $0.hasSuffix("a Company?") }
    terminal.type("\u{3}")
    terminal.wait("next prompt") { $0.hasSuffix("\nkosh>") }
    terminal.type("is Zoom a Company?\r")
    terminal.wait("answer") { $0.contains("\nyes") && $0.hasSuffix("\nkosh>") }
  }

  @Test func helpIsBrokenBetweenWords() {
    let terminal = directory.open(columns: 60, rows: 40, environment: ["PAGER": ""])
    terminal.type(".help keys\r")
    terminal.wait("two columns") {
      $0.contains(
        "\n  Up, Down                a line up or down, then earlier\n"
          + "                          entries that begin with what is\n"
          + "                          typed\n")
    }
  }

  @Test func aDumbTerminalGetsListsAndLines() {
    let terminal = directory.open(environment: ["TERM": "dumb"])
    terminal.type("about Zo\t\t")
    terminal.wait("list above the line") {
      $0.hasSuffix("\nZoom India  5 facts\nZoom        4 facts\nkosh> about Zoom")
    }
    terminal.type("\r")
    terminal.wait("portrait") { $0.contains("urn:kosh:Zoom") && $0.hasSuffix("\nkosh>") }
    terminal.type("who heads (\r?x is a Company)\u{3}")
    terminal.wait("dropped") { $0.hasSuffix("^C\nkosh>") }
  }

  @Test func aDumbTerminalShowsWhatASearchFinds() {
    let terminal = directory.open(environment: ["TERM": "dumb"])
    terminal.run("about Zoom", "kinds")
    terminal.type("\u{12}zoo")
    terminal.wait("entry") { $0.hasSuffix("\nsearch: zoo: about Zoom") }
    terminal.type("x")
    terminal.wait("no entry") { $0.hasSuffix("\nnot found: zoox") }
    terminal.type("\u{7F}\u{5}")
    terminal.wait("the entry taken") { $0.hasSuffix("kosh> about Zoom") }
  }

  @Test func withoutUnicodeMarksAreASCII() {
    let terminal = directory.open(columns: 30, environment: ["LANG": "C"])
    terminal.type("\t")
    terminal.wait("cut rows") { $0.contains("...") && !$0.contains("…") }
    terminal.type("\u{3}who heads what?\r")
    terminal.wait("table") { $0.contains("\n   -----") && $0.contains("\n1 row - ") }
  }
}
