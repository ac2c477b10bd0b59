import Algebra
import RDF
import Testing

@testable import Engine

/// Lookups in a graph with changes that are kept beside it.
@Suite struct DeltaTests {
  @Test("a change is found among the triples of a predicate, without an order of all triples")
  func predicateOrders() throws {
    let fixture = try Fixture(
      (0..<600).flatMap { row in
        [
          (iri("s\(row)"), iri("p"), iri("o\(row)")), (iri("x\(row)"), iri("q"), iri("o\(row)")),
        ]
      })
    let dictionary = fixture.snapshot.dictionary
    func triple(_ subject: String, _ predicate: String, _ object: String) throws -> EncodedTriple {
      EncodedTriple(
        try dictionary.intern(iri(subject)), try dictionary.intern(iri(predicate)),
        try dictionary.intern(iri(object)))
    }
    var changed = fixture
    changed.snapshot = fixture.snapshot.applying(
      adding: [
        (try triple("new", "p", "o5"), origin: 1), (try triple("new", "q", "o7"), origin: 1),
      ],
      removing: [try triple("s9", "p", "o9")])
    let both = bgp((v("s"), t(iri("p")), v("o")), (v("x"), t(iri("q")), v("o")))
    let rows = try changed.rows(.project(both, [Variable("s"), Variable("x"), Variable("o")]))
    let kept = (0..<600).filter { $0 != 9 }.map { "s=s\($0) x=x\($0) o=o\($0)" }
    #expect(rows.count == 601)
    #expect(Set(rows) == Set(kept + ["s=new x=x5 o=o5", "s=s7 x=new o=o7"]))
    #expect(!changed.snapshot.graph.base.has(.ops))
  }
}
