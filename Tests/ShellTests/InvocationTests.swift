import KnowledgeBase
import Testing

@testable import Shell

@Suite struct InvocationTests {
  private func session(_ arguments: String...) throws -> ([String], [CommandLineWords.Script]) {
    let invocation = try Invocation(arguments)
    guard case .session(let paths, let scripts) = invocation.action else { return ([], []) }
    return (paths, scripts)
  }

  @Test func keepsTheOrderOfScripts() throws {
    let (paths, scripts) = try session("-c", "a", "kb", "-f", "-", "-cb", "-f", "x.kosh")
    #expect(paths == ["kb"])
    #expect(scripts == [.text("a"), .file("-"), .text("b"), .file("x.kosh")])
  }

  @Test func takesOptionsAnywhere() throws {
    let invocation = try Invocation([
      "kb", "--format=json", "--timeout", "0.5", "--memory", "2G", "--keep-going", "-q",
      "--color", "never", "--no-rc",
    ])
    #expect(invocation.action == .session(paths: ["kb"], scripts: []))
    #expect(invocation.format == .json)
    #expect(invocation.seconds == 0.5)
    #expect(invocation.byteCount == 2 << 30)
    #expect(invocation.keepsGoing && invocation.isQuiet && invocation.color == .never)
    #expect(invocation.startFile == .none)
  }

  @Test func readsWordsAfterTheEndOfOptionsAsPaths() throws {
    #expect(try session("--", "test", "-c").0 == ["test", "-c"])
    #expect(try session("a", "--", "--help").0 == ["a", "--help"])
    #expect(try Invocation(["test", "--", "-x"]).action == .test(paths: ["-x"]))
  }

  @Test func knowsTheSubcommands() throws {
    #expect(try Invocation(["test", "kb"]).action == .test(paths: ["kb"]))
    #expect(try Invocation(["check", "a", "b"]).action == .check(paths: ["a", "b"]))
    #expect(try session("kb", "test").0 == ["kb", "test"])
    #expect(try Invocation(["--help", "convert"]).action == .help)
    #expect(try Invocation(["-V"]).action == .version)
  }

  @Test func readsWhatToConvert() throws {
    var conversion = Conversion(["a.ttl", "b"], to: "c.kosh.gz", as: .sentences)
    #expect(try Invocation(["convert", "a.ttl", "b", "c.kosh.gz"]).action == .convert(conversion))
    conversion = Conversion(["-"], from: .rdf(.turtle), to: "-", as: .rdf(.nTriples))
    conversion.keepsGoing = true
    let words = ["convert", "-", "-", "--from=ttl", "--to", "nt", "--keep-going"]
    #expect(try Invocation(words).action == .convert(conversion))
  }

  @Test(arguments: [
    (["--fromat", "json"], "unknown option '--fromat'; did you mean '--format'?"),
    (["--nothing-like-it=1"], "unknown option '--nothing-like-it'"),
    (["-z"], "unknown option '-z'"),
    (["-c"], "option '-c' needs a value"),
    (["--timeout"], "option '--timeout' needs a value"),
    (["--timeout", "soon"], "--timeout 'soon': expected seconds, such as 2 or 0.5"),
    (["--memory", "-1"], "--memory '-1': expected a size, such as 512M or 2G"),
    (["--color", "red"], "--color 'red': expected auto, always or never"),
    (
      ["--format", "yaml"],
      "--format 'yaml': expected one of table, lines, csv, tsv, json, xml, markdown, turtle, ntriples"
    ),
    (["--journal", "x"], "--journal is not in this version"),
    (["test"], "'kosh test' needs a file or a directory"),
    (["check", "kb", "-c", "x"], "'kosh check' takes no -c and no -f"),
    (["convert", "a.ttl"], "'kosh convert' needs what to read and what to write"),
    (
      ["convert", "a.ttl", "-"],
      "the name '-' says no format; --to does, with kosh, ntriples, nquads, turtle, trig"
    ),
    (
      ["convert", "-", "a.nt"],
      "the name '-' says no format; --from does, with kosh, ntriples, nquads, turtle, trig"
    ),
    (
      ["convert", "a.ttl", "-", "--to", "rdf"],
      "--to 'rdf': expected one of kosh, ntriples, nquads, turtle, trig"
    ),
  ])
  func saysWhatIsWrong(_ arguments: [String], _ message: String) {
    #expect(throws: UsageError.self) { try Invocation(arguments) }
    do {
      _ = try Invocation(arguments)
    } catch {
      #expect(error.message == message)
    }
  }

  @Test(arguments: [("512M", 512 << 20), ("1kB", 1024), ("1.5g", 3 << 29), ("77", 77)])
  func readsSizes(_ text: String, _ expected: Int) {
    #expect(Amount.bytes(text) == expected)
  }
}
