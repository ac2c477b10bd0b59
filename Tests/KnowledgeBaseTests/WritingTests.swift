import Foundation
import KnowledgeBase
import RDF
import TestSupport
import Testing

/// What is written reads back as the same graph.
@Suite struct WritingTests {
  private static let shipped = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "knowledge").path

  private func loadShipped() throws -> KnowledgeBase {
    let knowledge = KnowledgeBase()
    #expect(try knowledge.load([Self.shipped]) { _, _ in }.errorCount == 0)
    return knowledge
  }

  @Test(arguments: ["kosh", "ttl", "trig", "nt", "nq", "kosh.gz", "ttl.gz", "nt.gz"])
  func theShippedGraphReadsBack(_ ending: String) throws {
    let files = try Files()
    let knowledge = try loadShipped()
    try knowledge.export(to: files["out." + ending])
    let again = try files.load("out." + ending)
    #expect(again.factCount == knowledge.factCount)
    #expect(DatasetIsomorphism.holds(try files.quads(again), try files.quads(knowledge)))
    try again.export(to: files["again." + ending])
    if !ending.hasPrefix("n") {
      let first = try Data(contentsOf: URL(fileURLWithPath: files["out." + ending]))
      #expect(try Data(contentsOf: URL(fileURLWithPath: files["again." + ending])) == first)
    }
  }

  @Test(arguments: 0..<60)
  func randomGraphsReadBack(_ seed: UInt64) throws {
    var graph = RandomGraph(seed: seed)
    let quads = graph.quads(40)
    let files = try Files(["in.nq": LineWriter().text(quads)])
    let knowledge = try files.load("in.nq")
    for ending in ["kosh", "ttl", "nt", "kosh.gz"] {
      let name = "out." + ending
      try knowledge.export(to: files[name])
      let again = try files.load(name)
      let isSame = DatasetIsomorphism.holds(try files.quads(again), quads)
      #expect(isSame, "\(ending) of \(LineWriter().text(quads))")
    }
  }

  @Test(arguments: 0..<20)
  func randomDatasetsReadBack(_ seed: UInt64) throws {
    var graph = RandomGraph(seed: seed, hasGraphs: true)
    let quads = graph.quads(40)
    let files = try Files(["in.nq": LineWriter().text(quads)])
    let knowledge = try files.load("in.nq")
    for ending in ["trig", "nq.gz"] {
      try knowledge.export(to: files["out." + ending])
      let again = try files.load("out." + ending)
      #expect(DatasetIsomorphism.holds(try files.quads(again), quads), "\(ending)")
    }
  }

  @Test func sentencesAreAsPeopleWriteThem() throws {
    let files = try Files([
      "in.ttl": """
      @prefix ex: <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      @prefix dct: <http://purl.org/dc/terms/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
      ex:alice a ex:Person ; rdfs:label "Alice Adams"@en, "Alice A."@de ; ex:knows ex:bob, [] ;
        ex:worksFor ex:acme {| dct:date "2019"^^<http://www.w3.org/2001/XMLSchema#gYear> |} .
      ex:bob a ex:Person ; rdfs:label "Bob" .
      ex:acme a ex:Company ; rdfs:label "Acme" ; skos:altLabel "Acme Ltd" ; ex:partOf ex:group .
      ex:bob ex:says <<( ex:acme ex:partOf ex:moon )>> .
      ex:partOf a <http://www.w3.org/2002/07/owl#TransitiveProperty> ; rdfs:label "part of" .

      """
    ])
    try files.load("in.ttl").export(to: files["out.kosh"])
    #expect(
      try files.text("out.kosh") == """
        prefix ex: <http://example.org/>.

        ex:acme rdfs:label "Acme".
        ex:alice rdfs:label "Alice Adams"@en.
        ex:bob rdfs:label "Bob".
        ex:partOf rdfs:label "part of".

        'part of' is an owl:TransitiveProperty.

        Acme
            is an ex:Company;
            also known as 'Acme Ltd';
            ex:partOf ex:group.

        Alice Adams
            is an ex:Person;
            ex:knows Bob, _:n1;
            rdfs:label "Alice A."@de;
            ex:worksFor Acme {on 2019}.

        Bob is an ex:Person; ex:says (Acme part of ex:moon).

        """)
  }

  @Test func namedGraphsAreNoSentences() throws {
    let quad = "<http://example.org/a> <http://example.org/p> \"x\" <http://example.org/g> .\n"
    let files = try Files(["in.nq": quad])
    let knowledge = try files.load("in.nq")
    #expect(throws: SystemFailure.self) { try knowledge.export(to: files["out.kosh"]) }
    #expect(!FileManager.default.fileExists(atPath: files["out.kosh"]))
  }

  @Test func aFailedWriteLeavesTheFileAsItWas() throws {
    let files = try Files(["out.ttl": "as it was"])
    let quad = "<http://example.org/a> <http://example.org/p> \"x\" <http://example.org/g> .\n"
    try files.write("in.nq", quad)
    let knowledge = try files.load("in.nq")
    #expect(throws: SystemFailure.self) { try knowledge.export(to: files["out.ttl"]) }
    #expect(try files.text("out.ttl") == "as it was")
    #expect(try FileManager.default.contentsOfDirectory(atPath: files.path).count == 2)
  }

  @Test func aLinkStaysALinkAndADeviceADevice() throws {
    let files = try Files(["real.kosh": ""])
    try FileManager.default.createSymbolicLink(
      atPath: files["link.kosh"], withDestinationPath: files["real.kosh"])
    try loadShipped().export(to: files["link.kosh"])
    #expect(try files.text("real.kosh").contains("Sameer Raje"))
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: files["link.kosh"])
    #expect(link == files["real.kosh"])
    try loadShipped().export(to: "/dev/null", as: .sentences)
    let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
  }
}
