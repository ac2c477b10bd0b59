import Foundation
import Testing

/// `kosh convert` through files and pipes.
@Suite(.serialized) struct ConvertTests {
  private let directory: Kosh.Directory

  private static let turtle = """
    @prefix ex: <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ex:alice rdfs:label "Alice Adams" ; ex:knows ex:bob {| ex:since 2019 |} .
    ex:bob rdfs:label "Bob" .

    """

  init() throws {
    directory = try Kosh.Directory()
    try directory.write("people.ttl", Self.turtle)
  }

  private func run(_ arguments: String..., input: String = "") throws -> Kosh.Result {
    try Kosh.run(["convert"] + arguments, input: input, in: directory, environment: [:])
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: directory.path + "/" + name, encoding: .utf8)
  }

  @Test func everyFormatComesBackAsItWas() throws {
    let silence = Kosh.Result(status: 0, output: "", errors: "")
    #expect(try run("people.ttl", "first.trig") == silence)
    var last = "first.trig"
    for name in ["a.kosh", "b.nq.gz", "c.kosh.gz", "d.nt", "e.trig.gz", "f.nq", "g.ttl"] {
      #expect(try run(last, name) == silence, "\(last) to \(name)")
      last = name
    }
    #expect(try run(last, "last.nt") == silence)
    #expect(try run("first.trig", "first.nt") == silence)
    let lines = { (name: String) in try text(name).split(separator: "\n").map { $0.prefix(5) } }
    #expect(try lines("last.nt").sorted() == lines("first.nt").sorted())
    let back = try Kosh.run(
      ["c.kosh.gz", "--format", "lines", "-c", "who knows Bob?"],
      input: "", in: directory, environment: [:])
    #expect(back.errors == "" && back.output == "Alice Adams\n", "\(back)")
  }

  @Test func pipesNeedTheFormatsSaid() throws {
    let result = try run("-", "-", "--from", "ttl", "--to", "ttl", input: Self.turtle)
    #expect(
      result
        == Kosh.Result(
          status: 0,
          output: """
            PREFIX ex: <http://example.org/>
            PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

            ex:alice ex:knows ex:bob {| ex:since 2019 |} ;
              rdfs:label "Alice Adams" .

            ex:bob rdfs:label "Bob" .

            """, errors: ""))
    #expect(try run("-", "-", "--to", "ttl", input: Self.turtle).status == 2)
  }

  @Test func severalFilesBecomeOneAndTheirNodesStayApart() throws {
    try directory.write("1.nt", "_:x <http://e/p> \"1\" .\n")
    try directory.write("2.nt", "_:x <http://e/p> \"2\" .\n")
    let result = try run("1.nt", "2.nt", "-", "--to", "nt")
    #expect(result.output == "_:d1.x <http://e/p> \"1\" .\n_:d2.x <http://e/p> \"2\" .\n")
    #expect(try run("1.nt", "-", "--to", "nq").output == "_:x <http://e/p> \"1\" .\n")
  }

  @Test(arguments: ["out.nt", "out.ttl"])
  func anErrorWritesNothing(_ output: String) throws {
    try directory.write("bad.nt", "<http://e/s> <http://e/p> \"1\" .\n<http://e/s> oops .\n")
    try directory.write(output, "as it was")
    let result = try run("bad.nt", output)
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("bad.nt:2:14: error: expected a predicate"))
    #expect(try text(output) == "as it was")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).count == 3)
    let goingOn = try run("bad.nt", output, "--keep-going")
    #expect(goingOn.status == 1)
    #expect(goingOn.errors.hasSuffix("error: left out 1 line that could not be read\n"))
    #expect(try text(output).contains("http://e/p"))
  }

  @Test func namedGraphsNeedAFormatThatHoldsThem() throws {
    try directory.write("graphs.nq", "<http://e/s> <http://e/p> \"1\" <http://e/g> .\n")
    for output in ["out.nt", "out.ttl", "out.kosh"] {
      let result = try run("graphs.nq", output)
      #expect(result.status == 1)
      #expect(result.errors.contains("named graphs, which only .trig and .nq can hold"))
    }
    #expect(try run("graphs.nq", "-", "--to", "nq").output.hasSuffix("<http://e/g> .\n"))
  }

  @Test func hostileFilesAreErrors() throws {
    let nested = "<http://e/s> <http://e/p> " + String(repeating: "[ <http://e/p> ", count: 100_000)
    try directory.write("nested.ttl", nested)
    #expect(try run("nested.ttl", "-", "--to", "nt").errors.contains("nested too deeply"))
    try directory.write("cut.nt.gz", "\u{1F}")
    let compressed = try run("people.ttl", "whole.nt.gz")
    #expect(compressed.status == 0)
    let whole = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/whole.nt.gz"))
    try whole.prefix(whole.count / 2).write(
      to: URL(fileURLWithPath: directory.path + "/cut.nt.gz"))
    let cut = try run("cut.nt.gz", "-", "--to", "nt")
    #expect(cut.status == 1)
    #expect(cut.errors == "error: cannot read cut.nt.gz: the compressed file ends too early\n")
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let line = "<http://e/s> <http://e/p> \"some text that is long enough\" .\n"
    try directory.write("many.nt", String(repeating: line, count: 50_000))
    let result = try Kosh.shell(
      "'\(Kosh.path)' convert many.nt - --to nq | head -1 | wc -l", in: directory)
    #expect(result.output == "1\n")
    #expect(result.errors == "")
  }
}
