import Algebra
import Engine
import RDF
import Testing

@Suite("Datasets, graphs and updates")
struct DatasetTests {
  /// The default graph is empty; `g` says a p 1, `h` says a p 1 and b p 2.
  let snapshot: Snapshot

  init() throws {
    snapshot = try UpdateEngine().apply(
      [
        .insertData([
          quad("a", "p", number(1), "g"), quad("a", "p", number(1), "h"),
          quad("b", "p", number(2), "h"),
        ]), .create(iri("empty"), silent: false),
      ], to: Snapshot(dictionary: TermDictionary())
    ).snapshot
  }

  private func rows(_ query: Query) throws -> [String] {
    let solutions = try QueryEngine().evaluate(query, on: snapshot).solutions
    return (0..<solutions.rowCount).map { row in
      solutions.variables.indices.map { solutions.term(row: row, column: $0)?.short ?? "-" }
        .joined(separator: " ")
    }.sorted()
  }

  @Test("FROM merges graphs into the default graph, each triple once")
  func from() throws {
    let pattern = bgp((v("x"), t(iri("p")), v("n")))
    #expect(try rows(Query(.select, pattern)) == [])
    let both = DatasetClause(defaultGraphs: [iri("g"), iri("h"), iri("nowhere")])
    #expect(try rows(Query(.select, pattern, dataset: both)) == ["a \"1\"^", "b \"2\"^"])
  }

  @Test("GRAPH with a variable goes over the named graphs, empty ones too")
  func graphVariable() throws {
    let all = Pattern.graph(v("g"), .triples([]))
    #expect(try rows(Query(.select, all)) == ["empty", "g", "h"])
    let some = DatasetClause(namedGraphs: [iri("h"), iri("nowhere")])
    #expect(try rows(Query(.select, all, dataset: some)) == ["h"])
    let triples = Pattern.graph(v("g"), bgp((v("x"), t(iri("p")), v("n"))))
    #expect(try rows(Query(.select, triples)) == ["g a \"1\"^", "h a \"1\"^", "h b \"2\"^"])
  }

  @Test("GRAPH with a name that no graph has gives nothing, not even the empty solution")
  func unknownGraph() throws {
    #expect(try rows(Query(.select, .graph(t(iri("nowhere")), .triples([])))) == [])
    #expect(try rows(Query(.select, .graph(t(iri("empty")), .triples([])))) == [""])
  }

  @Test("the graph's variable joins with its use inside")
  func graphVariableInside() throws {
    let self_ = Pattern.graph(v("x"), bgp((v("x"), t(iri("p")), v("n"))))
    #expect(try rows(Query(.select, self_)) == [])
  }

  @Test(
    "CONSTRUCT gives each triple once, new blank nodes a solution, and no triple that RDF forbids")
  func construct() throws {
    let pattern = Pattern.graph(v("g"), bgp((v("x"), t(iri("p")), v("n"))))
    func made(_ template: TriplePattern...) throws -> [Triple] {
      let answer = try QueryEngine().evaluate(Query(.construct(template), pattern), on: snapshot)
      return try Array(#require(answer.graph))
    }
    #expect(try made(TriplePattern(v("x"), t(iri("q")), v("n"))).count == 2)
    #expect(try made(TriplePattern(v("n"), t(iri("q")), v("x"))).isEmpty)
    #expect(try made(TriplePattern(v("x"), t(iri("q")), v("unbound"))).isEmpty)
    let node = t(.blankNode("b"))
    let nodes = try made(
      TriplePattern(node, t(iri("q")), v("n")), TriplePattern(node, t(iri("r")), v("x")))
    #expect(nodes.count == 6)
    #expect(Set(nodes.map(\.subject)).count == 3)
    let spoken = try made(
      TriplePattern(v("x"), t(iri("q")), .triple(TriplePattern(v("x"), t(iri("p")), v("n")))))
    #expect(spoken.contains { $0.object == .triple(Triple(iri("a"), iri("p"), number(1))) })
  }

  @Test("DESCRIBE follows blank nodes and reifiers")
  func describe() throws {
    let fixture = try Fixture([
      (iri("a"), iri("p"), .blankNode("x")), (.blankNode("x"), iri("q"), number(1)),
      (iri("r"), .iri(Vocabulary.reifies), .triple(Triple(iri("a"), iri("p"), .blankNode("x")))),
      (iri("r"), iri("on"), number(2020)), (iri("c"), iri("p"), iri("a")),
    ])
    let answer = try QueryEngine().evaluate(
      Query(.describe([t(iri("a"))]), .triples([])), on: fixture.snapshot)
    let graph = try #require(answer.graph)
    #expect(
      Set(graph.map(\.predicate)) == [iri("p"), iri("q"), .iri(Vocabulary.reifies), iri("on")])
    #expect(graph.count == 4)
  }
}

func quad(_ s: String, _ p: String, _ o: Term, _ graph: String? = nil) -> Quad {
  Quad(Triple(iri(s), iri(p), o), graph: graph.map(iri))
}
