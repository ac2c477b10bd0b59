import Algebra
import Engine
import RDF
import Testing

/// Cyclic patterns over graphs of several batches, compared with loops over plain arrays.
@Suite struct CycleTests {
  /// Whom each node knows: the first few know most others, the rest a few.
  private static func neighbours(count: Int) -> [Set<Int>] {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    return (0..<count).map { node in
      let wanted = node < 3 ? count * 2 / 3 : 14 + next(14)
      return Set((0..<wanted).map { _ in next(count) }).subtracting([node])
    }
  }

  private static func graph(_ neighbours: [Set<Int>]) throws -> Fixture {
    try Fixture(
      neighbours.enumerated().flatMap { node, others in
        others.sorted().map { (iri("\(node)"), iri("knows"), iri("\($0)")) }
          + [(iri("\(node)"), iri("is"), iri("node"))]
      })
  }

  private let size = 240
  private let neighbours: [Set<Int>]
  private let fixture: Fixture

  init() throws {
    neighbours = Self.neighbours(count: size)
    fixture = try Self.graph(neighbours)
  }

  private func knows(_ pairs: (String, String)...) -> Pattern {
    .triples(pairs.map { TriplePattern(v($0.0), t(iri("knows")), v($0.1)) })
  }

  private func count(_ pattern: Pattern, _ fixture: Fixture) throws -> String {
    let counted = Pattern.group(
      pattern, by: [], aggregates: [AggregateBinding(Variable("n"), Aggregate(.count, nil))])
    return try fixture.rows(counted)[0]
  }

  /// Counts and rows must both agree.
  private func check(_ pattern: Pattern, _ fixture: Fixture, gives expected: Set<String>) throws {
    #expect(try count(pattern, fixture) == "n=\"\(expected.count)\"^")
    let rows = try fixture.rows(pattern)
    #expect(rows.count == expected.count)
    let missingCount = expected.subtracting(rows).count
    #expect(missingCount == 0)
    for rowCount in [1, 3000] {
      let isSame = try fixture.rows(pattern, limits: threads(from: rowCount)) == rows
      #expect(isSame, "with threads, from \(rowCount) rows on")
    }
  }

  /// Three threads from so many expected rows on, with a few rows each at a time.
  private func threads(from rowCount: Int) -> Limits {
    var limits = Limits()
    limits.threads.count = 3
    limits.threads.rowCount = rowCount
    limits.threads.seconds = 0
    limits.threads.morselRowCount = 50
    return limits
  }

  private func triangles(_ knows: [Set<Int>]) -> Set<String> {
    var found: Set<String> = []
    for a in knows.indices {
      for b in knows[a] {
        for c in knows[b] where knows[c].contains(a) { found.insert("a=\(a) b=\(b) c=\(c)") }
      }
    }
    return found
  }

  /// Four nodes of which each knows those after it.
  private func cliques(_ knows: [Set<Int>]) -> Set<String> {
    var found: Set<String> = []
    for a in knows.indices {
      for b in knows[a] {
        let both = knows[a].intersection(knows[b])
        for c in both {
          for d in both.intersection(knows[c]) { found.insert("a=\(a) b=\(b) c=\(c) d=\(d)") }
        }
      }
    }
    return found
  }

  private var cliquePattern: Pattern {
    knows(("a", "b"), ("a", "c"), ("b", "c"), ("a", "d"), ("b", "d"), ("c", "d"))
  }

  @Test("triangles")
  func triangle() throws {
    let expected = triangles(neighbours)
    #expect(expected.count > 2 * 2048)
    try check(knows(("a", "b"), ("b", "c"), ("c", "a")), fixture, gives: expected)
  }

  @Test("cliques of four")
  func clique() throws {
    let expected = cliques(neighbours)
    #expect(expected.count > 1000)
    try check(cliquePattern, fixture, gives: expected)
  }

  @Test("cliques of four, each found twice: what is inherited ends where a run begins again")
  func repeatedClique() throws {
    let twice = Pattern.values(
      variables: [Variable("x")], rows: [[iri("one")], [iri("two")]])
    let pattern = Pattern.join(twice, cliquePattern)
    #expect(
      try count(pattern, fixture) == "n=\"\(cliques(neighbours).count * 2)\"^")
    #expect(try fixture.rows(pattern).count == cliques(neighbours).count * 2)
  }

  @Test("after changes, the lists of what changed are merged")
  func changed() throws {
    var changed = neighbours
    changed[1].remove(changed[1].sorted()[0])
    changed[5].formUnion([1, 2, 7])
    changed[7].formUnion([5, 2, 1])
    changed[2].formUnion([5, 7])
    var later = fixture
    let dictionary = fixture.snapshot.dictionary
    func triples(_ some: [Set<Int>], without others: [Set<Int>]) throws -> [EncodedTriple] {
      let predicate = try dictionary.intern(iri("knows"))
      return try some.indices.flatMap { node in
        try some[node].subtracting(others[node]).map {
          EncodedTriple(
            try dictionary.intern(iri("\(node)")), predicate, try dictionary.intern(iri("\($0)")))
        }
      }
    }
    later.snapshot = fixture.snapshot.applying(
      adding: try triples(changed, without: neighbours).map { ($0, origin: 1) },
      removing: try triples(neighbours, without: changed))
    try check(
      knows(("a", "b"), ("b", "c"), ("c", "a")), later, gives: triangles(changed))
    try check(cliquePattern, later, gives: cliques(changed))
  }
}
