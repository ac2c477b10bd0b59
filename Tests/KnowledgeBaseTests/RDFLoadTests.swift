import Diagnostics
import Foundation
import KnowledgeBase
import Testing

@Suite struct RDFLoadTests {
  /// Runs a body with files of the given names and contents in a directory of their own.
  private func withFiles(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let directory = NSTemporaryDirectory() + "kosh-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    for (name, text) in files {
      try text.write(toFile: directory + "/" + name, atomically: true, encoding: .utf8)
    }
    try body(directory)
  }

  private func rows(_ knowledge: KnowledgeBase, _ question: String) -> [String] {
    var rows: [String] = []
    knowledge.run(SourceText(name: "q", question), mode: .script) { result in
      if case .outcome(.answer(let answer)) = result.result {
        rows += (0..<answer.rowCount).map { row in
          answer.columns.indices.map { answer.text(row: row, column: $0) ?? "-" }
            .joined(separator: ",")
        }
      } else {
        rows.append("\(result.result)")
      }
      return .goOn
    }
    return rows.sorted()
  }

  private static let people = """
    @prefix : <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    :alice a :Person ; rdfs:label "Alice Adams"@en ; :worksFor :acme {| :since 2019 |} .
    :bob a :Person ; rdfs:label "Bob" ; :worksFor :acme ; :knows _:x . _:x rdfs:label "Xavier" .
    :acme rdfs:label "Acme Corporation" .

    """

  @Test func isAskedByLabelsAndLocalNames() throws {
    try withFiles(["people.ttl": Self.people]) { directory in
      let knowledge = KnowledgeBase()
      let report = try knowledge.load([directory]) { _, _ in }
      #expect(report.errorCount == 0)
      #expect(rows(knowledge, "who works for Acme Corporation?") == ["Alice Adams", "Bob"])
      #expect(
        rows(knowledge, "which Person works for ?x {since ?y}?") == [
          "Alice Adams,Acme Corporation,2019"
        ])
      #expect(rows(knowledge, "Bob knows whom?") == ["Xavier"])
    }
  }

  @Test func isAskedByEveryKindOfLabel() throws {
    let library = """
      @prefix ex: <http://example.org/id/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
      @prefix schema: <https://schema.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      ex:b1 rdfs:label "The Tide"@en, "Die Flut"@de, "ज्वार"@hi ; ex:writtenBy ex:p1 .
      ex:b2 skos:prefLabel "Harbour Lights"@en ; skos:altLabel "Lights" ; ex:writtenBy ex:p2 .
      ex:p1 foaf:name "Meera Nair" . ex:p2 schema:name "Ravi Menon" .
      ex:portOfKochi ex:mentionedIn ex:b2 .

      """
    try withFiles(["library.ttl": library]) { directory in
      let knowledge = KnowledgeBase()
      _ = try knowledge.load([directory]) { _, _ in }
      for book in ["The Tide", "the tide", "Die Flut", "ज्वार", "ex:b1"] {
        #expect(rows(knowledge, "\(book) written by whom?") == ["Meera Nair"], "\(book)")
      }
      #expect(rows(knowledge, "what is written by Ravi Menon?") == ["Harbour Lights"])
      #expect(rows(knowledge, "Lights written by whom?") == ["Ravi Menon"])
      #expect(rows(knowledge, "port of Kochi mentioned in ?what?") == ["Harbour Lights"])
    }
  }

  @Test func sentencesAfterRDFKnowItsNames() throws {
    let sentences = "Bob knows Alice Adams.\n"
    try withFiles(["1.ttl": Self.people, "2.kosh": sentences]) { directory in
      let knowledge = KnowledgeBase()
      _ = try knowledge.load([directory]) { _, _ in }
      #expect(rows(knowledge, "Bob knows whom?") == ["Alice Adams", "Xavier"])
    }
  }

  @Test func keepsBlankNodesOfFilesApart() throws {
    let one = "_:a <http://example.org/p> \"one\" .\n"
    let two = "_:a <http://example.org/p> \"two\" .\n"
    try withFiles(["1.nt": one, "2.nt": two]) { directory in
      let knowledge = KnowledgeBase()
      _ = try knowledge.load([directory]) { _, _ in }
      #expect(rows(knowledge, "?x p \"one\" and ?x p \"two\"?").isEmpty)
      #expect(knowledge.tripleCount == 2)
    }
  }

  @Test func aFailedLoadChangesNothingAndSaysWhere() throws {
    let broken =
      "<http://example.org/a> <http://example.org/p> \"x\" .\n<http://example.org/a> oops .\n"
    try withFiles(["1.ttl": Self.people, "2.nt": broken]) { directory in
      let knowledge = KnowledgeBase()
      var places: [String] = []
      let report = try knowledge.load([directory]) { result, source in
        if case .rejected(let diagnostics) = result.result {
          for diagnostic in diagnostics {
            let position = source.position(of: diagnostic.range.lowerBound)
            places.append("\(source.name.suffix(4)):\(position.line):\(position.column)")
          }
        }
      }
      #expect(places == ["2.nt:2:24"])
      #expect(report.errorCount == 1)
      #expect(knowledge.tripleCount == 0)
    }
  }

  @Test func tellsTheLineOfAFact() throws {
    try withFiles(["people.ttl": Self.people]) { directory in
      let knowledge = KnowledgeBase()
      _ = try knowledge.load([directory]) { _, _ in }
      var origin: Origin?
      knowledge.run(SourceText(name: "q", "why Bob works for Acme Corporation."), mode: .script) {
        if case .outcome(.why(let explanations)) = $0.result {
          origin = explanations.first?.conclusion.origin
        }
        return .goOn
      }
      #expect(origin == Origin(file: directory + "/people.ttl", line: 3))
    }
  }

  @Test(arguments: ["ttl", "nt", "nq", "trig"])
  func readsBackWhatItExports(_ ending: String) throws {
    try withFiles(["people.ttl": Self.people]) { directory in
      let knowledge = KnowledgeBase()
      _ = try knowledge.load([directory]) { _, _ in }
      let path = directory + "/out." + ending
      try knowledge.export(to: path)
      let again = KnowledgeBase()
      #expect(try again.load([path]) { _, _ in }.errorCount == 0)
      #expect(again.tripleCount == knowledge.tripleCount)
      #expect(rows(again, "who works for Acme Corporation?") == ["Alice Adams", "Bob"])
      #expect(rows(again, "Bob knows whom?") == ["Xavier"])
    }
  }

  @Test func namedGraphsNeedAFormatThatHoldsThem() throws {
    let quad = "<http://example.org/a> <http://example.org/p> \"x\" <http://example.org/g> .\n"
    try withFiles(["1.nq": quad]) { directory in
      let knowledge = KnowledgeBase()
      _ = try knowledge.load([directory]) { _, _ in }
      #expect(throws: SystemFailure.self) { try knowledge.export(to: directory + "/out.ttl") }
      try knowledge.export(to: directory + "/out.nq")
      #expect(try String(contentsOfFile: directory + "/out.nq", encoding: .utf8) == quad)
    }
  }
}
