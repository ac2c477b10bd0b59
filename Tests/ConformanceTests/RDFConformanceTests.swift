import Foundation
import RDF
import TestSupport
import Testing

/// The W3C tests for N-Triples, N-Quads, Turtle and TriG, 1.1 and 1.2; no failure is expected.
@Suite struct RDFConformanceTests {
  @Test func allTestsAreThere() {
    if W3CSuite.root != nil { #expect(W3CSuite.tests.count == 1127) }
  }

  @Test(arguments: W3CSuite.tests) func passes(_ test: W3CTest) throws {
    let (quads, report) = W3CSuite.read(test.file, test.format, base: test.base)
    switch test.kind {
    case .positive: #expect(report.problems == [])
    case .negative: #expect(report.problems.count == 1)
    case .evaluation(let file):
      #expect(report.problems == [])
      let format = try #require(RDFFormat(fileName: file))
      #expect(DatasetIsomorphism.holds(quads, W3CSuite.read(file, format, base: test.base).quads))
    case .canonical(let file):
      #expect(report.problems == [])
      let expected = try String(contentsOfFile: file, encoding: .utf8)
      let lines = Set(LineWriter().text(quads).split(separator: "\n"))
      #expect(lines == Set(expected.split(separator: "\n")))
    }
  }

  @Test(arguments: W3CSuite.tests) func whatIsWrittenReadsBack(_ test: W3CTest) {
    let (quads, report) = W3CSuite.read(test.file, test.format, base: test.base)
    guard report.problems.isEmpty else { return }
    expectRoundTrip(quads)
  }
}

/// Writes and reads back, in all formats that can hold the quads.
func expectRoundTrip(_ quads: [Quad]) {
  let hasGraphs = quads.contains { $0.graph != nil }
  let turtle = TurtleWriter().text(quads)
  let lines = LineWriter().text(quads)
  for (text, format) in [(turtle, RDFFormat.triG), (lines, .nQuads)] {
    for format in hasGraphs ? [format] : [format, format == .triG ? .turtle : .nTriples] {
      var again: [Quad] = []
      let report = RDFReader(format).read(Array(text.utf8)) { block in
        again += block.quads.map { block.quad($0, anonymousPrefix: "fresh-") }
      }
      #expect(report.problems.map(\.diagnostic.message) == [], "\(text)")
      #expect(DatasetIsomorphism.holds(quads, again), "\(text)")
    }
  }
  #expect(TurtleWriter().text(quads.reversed()) == turtle)
}

@Suite struct RoundTripTests {
  @Test(arguments: 0..<400) func randomGraphsReadBack(seed: UInt64) {
    var random = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
    let blanks = (0..<5).map { Term.blankNode("b\($0)") }
    let nodes = blanks + ["urn:kosh:a", "http://e/x/y", "urn:kosh:b.c"].map { Term.iri($0) }
    let rdf = Vocabulary.rdf
    let predicates = [
      "urn:kosh:p", rdf + "first", rdf + "rest", Vocabulary.type, Vocabulary.reifies,
    ]
    let literals: [Term] = [
      .literal(Literal("1", datatype: XSD.integer)), .literal(Literal("a \"b\"\n\u{1}")),
      .literal(Literal("x", language: "en", direction: .leftToRight)), .iri(rdf + "nil"),
    ]
    var quads: [Quad] = []
    for _ in 0..<Int.random(in: 1...14, using: &random) {
      func pick(_ terms: [Term]) -> Term { terms.randomElement(using: &random) ?? nodes[0] }
      var object = pick(nodes + literals)
      if Int.random(in: 0..<3, using: &random) == 0, let fact = quads.randomElement(using: &random)
      {
        object = .triple(fact.triple)
      }
      let isReification = if case .triple = object { true } else { false }
      let predicate =
        isReification ? Vocabulary.reifies : predicates.randomElement(using: &random) ?? ""
      quads.append(
        Quad(
          Triple(pick(nodes), .iri(predicate), object),
          graph: seed % 4 == 0 && Bool.random(using: &random) ? pick(nodes) : nil))
    }
    expectRoundTrip(quads)
  }

  @Test func deepChainsReadBack() {
    let p = Term.iri("urn:kosh:p")
    expectRoundTrip(
      (0..<150).map { Quad(Triple(.blankNode("b\($0)"), p, .blankNode("b\($0 + 1)"))) })
  }

  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }
}
