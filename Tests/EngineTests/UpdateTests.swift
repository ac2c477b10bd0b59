import Algebra
import Engine
import RDF
import Testing

@Suite("Updates")
struct UpdateTests {
  private let empty = Snapshot(dictionary: TermDictionary())

  private func apply(
    _ operations: UpdateOperation..., to snapshot: Snapshot
  ) throws -> UpdateResult {
    try UpdateEngine().apply(operations, to: snapshot)
  }

  /// Every quad in short words, sorted.
  private func contents(_ snapshot: Snapshot) -> [String] {
    var found: [String] = []
    let terms = snapshot.dictionary
    for name in [TermID.none] + snapshot.graphNames {
      let graph = name.isBound ? terms.term(name).short + ": " : ""
      snapshot.forEach(inGraph: name) { triple in
        let parts = [triple.subject, triple.predicate, triple.object].map { terms.term($0).short }
        found.append(graph + parts.joined(separator: " "))
      }
    }
    return found.sorted()
  }

  @Test("a later operation sees what an earlier one did")
  func sequence() throws {
    let result = try apply(
      .insertData([quad("a", "p", number(1))]),
      .modify(
        Modification(
          delete: [QuadPattern(TriplePattern(v("x"), t(iri("p")), v("n")))],
          insert: [
            QuadPattern(TriplePattern(v("x"), t(iri("q")), v("n")), graph: t(iri("g")))
          ], pattern: bgp((v("x"), t(iri("p")), v("n"))))),
      .deleteData([quad("nobody", "knows", iri("this"))]), to: empty)
    #expect(contents(result.snapshot) == ["g: a q \"1\"^"])
    let changes = result.changes
    #expect(changes.added.count == 1)
    #expect(changes.removed.isEmpty)
    #expect(contents(empty) == [])
  }

  @Test("of many edits of a triple in one request the last one counts")
  func manyEdits() throws {
    let quads = (0..<3000).map { quad("a", "p", number($0)) }
    let result = try apply(
      .insertData(quads + quads), .deleteData(Array(quads.dropFirst())),
      .insertData(Array(quads.suffix(1))), to: empty)
    #expect(contents(result.snapshot) == ["a p \"0\"^", "a p \"2999\"^"])
    #expect(result.changes.added.count == 2)
    #expect(result.changes.removed.isEmpty)
  }

  @Test("a request that fails leaves nothing behind")
  func atomic() throws {
    let base = try apply(.insertData([quad("a", "p", number(1))]), to: empty).snapshot
    #expect(throws: UpdateError.noGraph(iri("nowhere"))) {
      try apply(
        .insertData([quad("b", "p", number(2))]), .drop(.named(iri("nowhere")), silent: false),
        to: base)
    }
    #expect(contents(base) == ["a p \"1\"^"])
    #expect(throws: UpdateError.graphExists(iri("g"))) {
      try apply(
        .create(iri("g"), silent: false), .create(iri("g"), silent: false), to: base)
    }
  }

  @Test("SILENT passes over a failure")
  func silent() throws {
    let result = try apply(
      .clear(.named(iri("nowhere")), silent: true), .load(source: "x", into: nil, silent: true),
      .copy(from: iri("nowhere"), to: nil, silent: true), .insertData([quad("a", "p", number(1))]),
      .create(iri("g"), silent: true), .create(iri("g"), silent: true), to: empty)
    #expect(contents(result.snapshot) == ["a p \"1\"^"])
  }

  @Test("COPY replaces, ADD adds, MOVE leaves nothing", arguments: ["copy", "add", "move"])
  func transfers(kind: String) throws {
    let base = try apply(
      .insertData([quad("a", "p", number(1)), quad("b", "p", number(2), "g")]), to: empty
    ).snapshot
    let g = iri("g")
    let operation: UpdateOperation =
      switch kind {
      case "copy": .copy(from: nil, to: g, silent: false)
      case "add": .add(from: nil, to: g, silent: false)
      default: .move(from: nil, to: g, silent: false)
      }
    let expected =
      switch kind {
      case "copy": ["a p \"1\"^", "g: a p \"1\"^"]
      case "add": ["a p \"1\"^", "g: a p \"1\"^", "g: b p \"2\"^"]
      default: ["g: a p \"1\"^"]
      }
    #expect(contents(try apply(operation, to: base).snapshot) == expected)
    let itself = try apply(.move(from: g, to: g, silent: false), to: base).snapshot
    #expect(contents(itself) == contents(base))
  }

  @Test("WITH is the graph of patterns and templates; USING overrides it for the pattern")
  func with() throws {
    let base = try apply(
      .insertData([quad("a", "p", number(1), "g"), quad("b", "p", number(2), "h")]), to: empty
    ).snapshot
    func moved(_ using: DatasetClause?) throws -> [String] {
      contents(
        try apply(
          .modify(
            Modification(
              with: iri("g"), delete: [],
              insert: [
                QuadPattern(TriplePattern(v("x"), t(iri("q")), v("n")))
              ], using: using, pattern: bgp((v("x"), t(iri("p")), v("n"))))), to: base
        ).snapshot
      ).filter { $0.contains(" q ") }
    }
    #expect(try moved(nil) == ["g: a q \"1\"^"])
    #expect(try moved(DatasetClause(defaultGraphs: [iri("h")])) == ["g: b q \"2\"^"])
  }

  @Test(
    "a blank node of INSERT DATA is new, and one in the request; one of a template, one a solution")
  func blankNodes() throws {
    let node = Term.blankNode("x")
    let data = UpdateOperation.insertData([
      Quad(Triple(node, iri("p"), number(1))), Quad(Triple(node, iri("p"), number(2))),
    ])
    let once = try apply(data, to: empty).snapshot
    let twice = try apply(data, to: once).snapshot
    #expect(twice.tripleCount == 4)
    let marked = try apply(
      .modify(
        Modification(
          delete: [], insert: [QuadPattern(TriplePattern(t(node), t(iri("of")), v("n")))],
          pattern: bgp((v("s"), t(iri("p")), v("n"))))), to: twice
    ).snapshot
    #expect(marked.tripleCount == 8)
  }

  @Test("a change of most of a graph is made as one new base")
  func large() throws {
    let data = (0..<3000).map { quad("s\($0)", "p", number($0)) }
    let base = try apply(.insertData(data), to: empty).snapshot
    let modification = Modification(
      delete: [QuadPattern(TriplePattern(v("x"), t(iri("p")), v("n")))],
      insert: [
        QuadPattern(TriplePattern(v("x"), t(iri("q")), v("n"))),
        QuadPattern(TriplePattern(v("x"), t(iri("p")), t(number(1)))),
      ], pattern: bgp((v("x"), t(iri("p")), v("n"))))
    let after = try apply(.modify(modification), to: base)
    #expect(after.snapshot.tripleCount == 6000)
    // s1 p 1 was removed and added again: it stays.
    #expect(after.changes.added.count == 5999)
    #expect(after.changes.removed.count == 2999)
  }

  @Test("LOAD puts the default graph of what it reads into the graph it names")
  func load() throws {
    let engine = UpdateEngine { source, take throws(UpdateError) in
      guard source == "urn:x" else { throw .notLoaded(source: source, cause: "no such file") }
      let terms = empty.dictionary
      do throws(EvaluationError) {
        let triple = EncodedTriple(
          try terms.intern(iri("a")), try terms.intern(iri("p")), try terms.intern(number(1)))
        take(triple, .none, 7)
        take(triple, try terms.intern(iri("named")), 7)
      } catch {
        throw .evaluation(error)
      }
    }
    let result = try engine.apply(
      [.load(source: "urn:x", into: iri("g"), silent: false)], to: empty)
    #expect(contents(result.snapshot) == ["g: a p \"1\"^", "named: a p \"1\"^"])
    #expect(throws: UpdateError.notLoaded(source: "urn:y", cause: "no such file")) {
      try engine.apply([.load(source: "urn:y", into: nil, silent: false)], to: empty)
    }
  }

  @Test("a limit of time ends a request whole")
  func limits() throws {
    let base = try apply(.insertData((0..<100).map { quad("s\($0)", "p", number($0)) }), to: empty)
    let everything = Pattern.join(
      bgp((v("a"), t(iri("p")), v("b")), (v("c"), t(iri("p")), v("d"))),
      bgp((v("e"), t(iri("p")), v("f")), (v("g"), t(iri("p")), v("h"))))
    let modification = Modification(
      delete: [], insert: [QuadPattern(TriplePattern(v("a"), t(iri("q")), v("h")))],
      pattern: everything)
    #expect(throws: UpdateError.evaluation(.timeLimit(seconds: 0.05))) {
      try UpdateEngine(limits: Limits(seconds: 0.05)).apply(
        [.modify(modification)], to: base.snapshot)
    }
  }
}
