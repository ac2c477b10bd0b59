import Algebra
import Engine
import RDF
import Testing

/// Counts of very many solutions, and of solutions as the text of a query sees them.
@Suite("Counts")
struct CountTests {
  /// Every node points at every node.
  private func complete(_ nodeCount: Int) throws -> Fixture {
    let nodes = (0..<nodeCount).map { iri("n\($0)") }
    return try Fixture(nodes.flatMap { from in nodes.map { (from, iri("p"), $0) } })
  }

  private func chain(_ length: Int) -> Pattern {
    .triples(
      (0..<length).map { TriplePattern(v("v\($0)"), t(iri("p")), v("v\($0 + 1)")) })
  }

  private func product(_ factorCount: Int) -> Pattern {
    .triples((0..<factorCount).map { TriplePattern(v("a\($0)"), v("p\($0)"), v("b\($0)")) })
  }

  private func count(
    _ pattern: Pattern, by keys: [Variable] = [], _ aggregate: Aggregate = Aggregate(.count, nil)
  ) -> Pattern {
    .group(pattern, by: keys, aggregates: [AggregateBinding(Variable("n"), aggregate)])
  }

  @Test("a count beyond 128 bits is an error, not a wrong number")
  func beyond() throws {
    let fixture = try complete(100)
    #expect(try fixture.rows(count(chain(8))) == ["n=\"1000000000000000000\"^"])
    let all = "1" + String(repeating: "0", count: 36)
    #expect(try fixture.rows(count(product(9))) == ["n=\"\(all)\"^"])
    #expect(try fixture.rows(count(product(10))) == [""])
    let groups = try fixture.rows(count(product(11), by: [Variable("a0")]))
    #expect(groups.count == 100 && groups.allSatisfy { !$0.contains("n=") })
  }

  @Test("COUNT(DISTINCT *) does not see blank nodes, nor what stands inside paths")
  func distinct() throws {
    let fixture = try complete(3)
    let hidden = bgp((t(iri("n0")), t(iri("p")), v(" 1")), (v(" 1"), t(iri("p")), v("x")))
    #expect(try fixture.rows(count(hidden, Aggregate(.count, nil, distinct: true))) == ["n=\"3\"^"])
    #expect(try fixture.rows(count(hidden)) == ["n=\"9\"^"])
    let label = bgp((v(".b"), t(iri("p")), v("x")))
    #expect(try fixture.rows(count(label, Aggregate(.count, nil, distinct: true))) == ["n=\"3\"^"])
  }
}
