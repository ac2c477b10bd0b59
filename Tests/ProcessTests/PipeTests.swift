import Foundation
import Testing

/// The program through pipes: what scripts rely on.
@Suite(.serialized) struct PipeTests {
  private let directory: Kosh.Directory

  init() throws {
    directory = try Kosh.Directory()
    try directory.write(
      "knowledge/facts.kosh",
      """
      Sameer Raje heads Zoom India.
      Zoom India is a Company.
      Zoom India has note "e\\u001B[31mvil".

      """)
  }

  private func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) throws -> Kosh.Result {
    try Kosh.run(arguments, input: input, in: directory, environment: environment)
  }

  private let answer = """
    {"head":{"vars":["who"]},"results":{"bindings":[
    {"who":{"type":"uri","value":"urn:kosh:Sameer_Raje"}}
    ]}}

    """

  @Test func everyWayInGivesTheSameAnswer() throws {
    let question = "who heads Zoom India?\n"
    try directory.write("question.kosh", question)
    let results = try [
      run("--format", "json", input: question), run("--format=json", "-c", question),
      run("-f", "question.kosh", "--format", "json"),
      run("-f", "-", "--format", "json", input: question),
      run("knowledge/facts.kosh", "--format", "json", input: question),
      run("-c", question, "knowledge", "--format", "json"),
    ]
    for result in results {
      #expect(result == Kosh.Result(status: 0, output: results[0].output, errors: ""))
    }
    let parsed = try JSONSerialization.jsonObject(with: Data(results[0].output.utf8))
    let expected = try JSONSerialization.jsonObject(with: Data(answer.utf8))
    #expect((parsed as? NSDictionary) == (expected as? NSDictionary))
  }

  @Test func anEmptyAnswerIsNoError() throws {
    let result = try run("-c", "who heads Sameer Raje?", "--format", "lines")
    #expect(
      result
        == Kosh.Result(
          status: 0, output: "",
          errors: """
            nothing found
              ?who heads Sameer Raje  no match
              ?who heads something     1 match  instead

            """))
  }

  @Test func aWrongSentenceSaysWhereAndEndsTheScript() throws {
    let result = try run(
      "--format", "lines", input: "who heads Zoom India?\nwho haeds Zoom India?\nkinds.\n")
    #expect(result.status == 1)
    #expect(result.output == "Sameer Raje\n")
    #expect(result.errors.hasPrefix("<stdin>:2:5: error: "))
    #expect(result.errors.contains("\n  who haeds Zoom India?\n      ^~~~~\n"))
    #expect(result.errors.contains("heads"))
  }

  @Test func keepGoingRunsOnAndStillFails() throws {
    let script = "who haeds Zoom India?\nwho heads Zoom India?\n"
    let result = try run("--keep-going", "--format", "lines", input: script)
    #expect(result.status == 1)
    #expect(result.output == "Sameer Raje\n")
  }

  @Test func wrongUsageIsTwo() throws {
    #expect(try run("--nonsense").status == 2)
    #expect(try run("-c").status == 2)
    #expect(try run("test").status == 2)
    let result = try run("--fromat", "json")
    #expect(
      result.errors
        == "kosh: unknown option '--fromat'; did you mean '--format'?\nTry 'kosh --help'.\n")
    #expect(result.output == "")
  }

  @Test func aMissingFileIsAnError() throws {
    let result = try run("nowhere.kosh")
    #expect(result.status == 1)
    #expect(result.errors.contains("nowhere.kosh"))
    #expect(result.errors.contains("No such file or directory"))
    #expect(try run("-f", "nowhere.kosh").status == 1)
  }

  @Test func everyErrorOfAFileIsReported() throws {
    let bad = (1...25).map { "Zoom \($0) (.\nZoom is a Company.\n" }.joined()
    try directory.write("bad.kosh", bad)
    let result = try run("bad.kosh", "-c", "kinds.")
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.components(separatedBy: ": error: ").count == 21)
    #expect(result.errors.contains("and 5 more errors"))
  }

  @Test func checkReportsAndChangesNothing() throws {
    let good = try run("check", "knowledge")
    #expect(good == Kosh.Result(status: 0, output: "1 file, 3 sentences: no errors\n", errors: ""))
    try directory.write("bad.kosh", "Zoom (.\n")
    let bad = try run("check", "knowledge", "bad.kosh")
    #expect(bad.status == 1)
    #expect(bad.errors.hasPrefix("bad.kosh:1:"))
  }

  @Test func testCountsExpectations() throws {
    try directory.write(
      "knowledge/tests.kosh",
      """
      expect who heads Zoom India = Sameer Raje.
      expect no Zoom India heads Sameer Raje.

      """)
    let passed = try run("test", "knowledge")
    #expect(passed == Kosh.Result(status: 0, output: "2 passed, 0 failed\n", errors: ""))
    try directory.write("knowledge/wrong.kosh", "\nexpect who heads Zoom India = Zoom India.\n")
    let failed = try run("test", "knowledge")
    #expect(failed.status == 1)
    #expect(failed.output.hasPrefix("knowledge/wrong.kosh:2: failed  "))
    #expect(failed.output.contains("missing     Zoom India\n  unexpected  Sameer Raje\n"))
    #expect(failed.output.hasSuffix("2 passed, 1 failed\n"))
  }

  @Test func offATerminalNothingIsColouredOrCut() throws {
    let result = try run("-c", "Zoom India has note ?note?", environment: ["COLUMNS": "10"])
    #expect(!result.output.contains("\u{1B}"))
    #expect(result.output.contains("e\\u{1B}[31mvil"))
  }

  @Test func colourCanBeForced() throws {
    let result = try run("--color", "always", "-c", "who heads Zoom India?")
    #expect(result.output.contains("\u{1B}[1mwho\u{1B}[0m"))
  }

  @Test func aTimeLimitIsThree() throws {
    try directory.write("big.kosh", Graphs.dense)
    let result = try run("big.kosh", "--timeout", "0.2", "-c", Graphs.longQuestion)
    #expect(result.status == 3)
    #expect(result.errors.contains("longer than the limit of 0.2 s"))
    #expect(result.output == "")
  }

  @Test func anInterruptIs130() throws {
    try directory.write("big.kosh", Graphs.dense)
    let result = try Kosh.runInterrupted(
      ["big.kosh", "-c", Graphs.longQuestion], after: 1.5, in: directory)
    #expect(result.status == 130)
    #expect(result.errors.contains("interrupted after "))
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let many = (1...3000).map { "City \($0) is a City.\n" }.joined()
    try directory.write("cities.kosh", many)
    let shell = "'\(Kosh.path)' cities.kosh --format lines -c '?c is a City?' "
    #expect(try Kosh.shell(shell + "| head -1 | wc -l", in: directory).output == "1\n")
    #expect(try Kosh.shell(shell + "| head -1 >/dev/null", in: directory).errors == "")
    let full = try Kosh.shell(shell + "> /dev/full", in: directory)
    #expect(full.status == 1)
    #expect(full.errors == "kosh: cannot write standard output: No space left on device\n")
  }

  @Test func shellCommandsWorkInScripts() throws {
    let script = ".format lines\nwho heads Zoom India?\n.last csv\n.nonsense\n"
    let result = try run(input: script)
    #expect(result.status == 1)
    #expect(result.output == "Sameer Raje\nwho\r\nurn:kosh:Sameer_Raje\r\n")
    #expect(result.errors.contains("there is no command '.nonsense'"))
  }

  @Test func linesAreCountedOverTheWholeScript() throws {
    let result = try run(input: "kinds.\n.format lines\n\nwho haeds Zoom India?\n")
    #expect(result.errors.hasPrefix("<stdin>:4:5: error: "))
  }

  @Test func readOnlyRefusesChanges() throws {
    let result = try run("--read-only", input: "Zoom India makes Zoom.\n")
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("<stdin>:1:1: error: "))
  }
}
