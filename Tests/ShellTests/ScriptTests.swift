import Diagnostics
import KnowledgeBase
import Testing

@testable import Shell

@Suite struct ScriptTests {
  private func pieces(_ text: String) -> [String] {
    Script.pieces(of: SourceText(name: "x", text)).map { piece in
      switch piece {
      case .sentences(let source): source.text(SourceRange(0, source.bytes.count))
      case .command(let line): "command \(line)"
      }
    }
  }

  @Test func cutsAtCommands() {
    #expect(
      pieces("Zoom is big.\n.format json\nwho is big?\n") == [
        "Zoom is big.\n", "command .format json", "\n\nwho is big?\n",
      ])
  }

  @Test func leavesATextWithoutCommandsWhole() {
    #expect(pieces("a is b.\n\n# .x\n.5 is c.\n") == ["a is b.\n\n# .x\n.5 is c.\n"])
  }

  @Test func aLineInsideAnOpenTextIsNoCommand() {
    let text = "a says \"\"\"\n.quit\n\"\"\".\n"
    #expect(pieces(text) == [text])
  }

  @Test func manyLinesOfAnOpenTextAreReadFewTimes() {
    let text = "a says \"\"\"\n" + String(repeating: ".quit\n", count: 100_000)
    #expect(pieces(text) == [text])
  }

  @Test func blankPiecesAreLeftOut() {
    #expect(pieces("\n.limit 2\n\n  \n.quit") == ["command .limit 2", "command .quit"])
    #expect(pieces("") == [])
  }

  @Test func splitsWordsOfCommands() throws {
    #expect(try CommandWords.split(".load 'a b' \"c'd\" e''f ") == [".load", "a b", "c'd", "ef"])
    #expect(throws: CommandError.self) { try CommandWords.split(".load 'a") }
  }
}

@Suite struct SessionTests {
  private final class Shown {
    var output = ""
    var errors = ""
  }

  private let shown = Shown()
  private let session: Session

  init() {
    let shown = shown
    session = Session(
      knowledge: KnowledgeBase(), settings: Settings(), output: { shown.output += $0 },
      errors: { shown.errors += $0 })
  }

  private func run(_ text: String) -> Shell.ExitStatus {
    session.run(script: SourceText(name: "x", text))
  }

  @Test func aChangeThatWasMadeIsShownThoughInterrupted() {
    session.cancellation.raise()
    let change = Change(.forgotten, facts: [], factCount: 3)
    #expect(session.write(.change(change), as: .table, rowLimit: nil) == .interrupted)
    #expect(shown.output == "forgotten  3 facts\n  and 3 more\n")
    #expect(shown.errors == "interrupted\n")
    shown.output = ""
    #expect(session.write(.timeline([]), as: .table, rowLimit: nil) == .interrupted)
    #expect(shown.output == "")
  }

  @Test func stopsAtTheFirstErrorUnlessToldToGoOn() {
    let script = "Zoom is a Company.\nwho haeds Zoom?\n?x is a Company?\n"
    #expect(run(script) == .failure)
    #expect(shown.output == "")
    session.settings.keepsGoing = true
    session.settings.format = .lines
    #expect(run(script) == .failure)
    #expect(shown.output == "Zoom\n")
  }

  @Test func whatWithSaysHoldsAcrossCommandsAndEndsWithTheScript() {
    session.settings.format = .lines
    let facts = "with {source Report}.\n.format lines\nBob heads Acme.\n"
    #expect(run(facts + "Bob heads Acme {source ?s} | show ?s?\n") == .success)
    #expect(shown.output == "Report\n")
    shown.output = ""
    #expect(run("Ann heads Bolt.\nAnn heads Bolt {source ?s} | show ?s?\n") == .success)
    #expect(shown.output == "")
  }

  @Test func scriptsCannotReadThemselvesForEver() throws {
    #expect(run(".read /dev/null\n") == .success)
    session.readingDepth = Session.deepestReading
    #expect(run(".read /dev/null\n") == .failure)
    #expect(shown.errors.contains("scripts read each other more than 16 deep"))
  }

  @Test func dataNeverSteersATerminal() {
    session.settings.isForTerminal = true
    _ = run("Zoom has note \"a\\u001B[2Jb\\u0007\".\n")
    for format in OutputFormat.allCases {
      session.settings.format = format
      _ = run("Zoom has note ?x?\nabout Zoom.\n")
    }
    let control = shown.output.unicodeScalars.filter { $0.value < 0x20 }
    #expect(Set(control).isSubset(of: ["\n", "\t", "\r"]))
    #expect(shown.output.contains("a\\u{1B}[2Jb\\u{7}"))
  }

  @Test func factsAreGraphsAndRowsAreNot() {
    #expect(run("Zoom part of Acme {on 2020-01}.\n") == .success)
    session.settings.format = .ntriples
    #expect(run("about Zoom.") == .success)
    #expect(shown.output.contains("<urn:kosh:Zoom> <urn:kosh:part_of> <urn:kosh:Acme> ."))
    #expect(shown.output.contains("#reifies> <<( <urn:kosh:Zoom> "))
    #expect(run("?x part of Acme?") == .failure)
    #expect(shown.errors.contains("no graph"))
  }

  @Test func everyOutcomeHasRowsInEveryFormat() {
    let facts = "Zoom is a Company {on 2020-01}. Zoom India is a Company; part of Zoom.\n"
    #expect(run(facts) == .success)
    let questions = [
      "?x is a Company?", "about Zoom.", "why Zoom India part of Zoom.", "path Zoom India to Zoom.",
      "timeline Zoom.", "map Zoom.", "kinds.", "relations.", "explain ?x is a Company?",
      "expect ?x part of Zoom = Zoom India.",
    ]
    for format in OutputFormat.allCases where format != .turtle && format != .ntriples {
      session.settings.format = format
      for question in questions {
        shown.output = ""
        #expect(run(question) == .success, "\(question) as \(format): \(shown.errors)")
        #expect(shown.output.unicodeScalars.last == "\n", "\(question) as \(format)")
      }
    }
  }

  @Test func completesCommandsAndTheirArguments() {
    func texts(_ text: String) -> [String] {
      session.complete(text, at: text.utf8.count).items.map(\.text)
    }
    #expect(texts(".l") == [".last", ".limit", ".load"])
    #expect(texts(".format c") == ["csv"])
    #expect(texts(".set ti") == ["timer", "timeout"])
    #expect(texts(".set timer ") == ["on", "off"])
    #expect(texts(".nonsense x") == [])
    #expect(texts(".quit x") == [])
    #expect(session.complete(".format c", at: 9).start == 8)
  }

  @Test func everyCommandIsDescribed() throws {
    for command in CommandTable.commands {
      shown.output = ""
      #expect(run(".help \(command.name)") == .success)
      #expect(shown.output.contains(command.help))
    }
    for topic in HelpTopic.all {
      #expect(run(".help \(topic.name)") == .success)
    }
  }

  @Test(arguments: [
    (".x", "there is no command '.x'; '.help' lists them"),
    (".hlep", "did you mean '.help'?"), (".l", "'.l' could be '.last', '.limit', '.load'"),
    (".load", ".load needs a file or a directory"), (".last", "there is no answer yet"),
    (".set timer maybe", "'maybe' is neither 'on' nor 'off'"),
    (".history x", "'x' is not a number above 0"), (".read", ".read needs one file"),
    (".set width 1 2", "'width' takes one value"),
  ])
  func saysWhatIsWrongWithACommand(_ line: String, _ message: String) {
    #expect(session.enter(line) == .failure)
    #expect(shown.errors.contains(message), "\(shown.errors)")
  }
}
