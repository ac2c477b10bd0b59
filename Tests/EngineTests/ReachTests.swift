import Algebra
import Engine
import RDF
import Testing

/// Repeated steps over graphs of many nodes, compared with searches over plain arrays.
@Suite struct ReachTests {
  private let size = 700
  /// Steps of each node: loose clusters, chains between them, and some nodes without any.
  private let steps: [Set<Int>]
  private let fixture: Fixture

  init() throws {
    var state: UInt64 = 11
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    steps = (0..<size).map { node in
      if node % 7 == 0 { return [] }
      let cluster = node / 50 * 50
      let near = (0..<2).map { _ in cluster + next(min(50, 700 - cluster)) }
      return Set(near + (next(12) == 0 ? [next(700)] : []))
    }
    fixture = try Fixture(
      steps.enumerated().flatMap { node, others in
        others.sorted().map { (iri("\(node)"), iri("to"), iri("\($0)")) }
      })
  }

  private func reached(_ steps: [Set<Int>], from start: Int) -> Set<Int> {
    var seen: Set<Int> = []
    var pending = Array(steps[start])
    while let node = pending.popLast() {
      if seen.insert(node).inserted { pending += steps[node] }
    }
    return seen
  }

  private let repeated = Path.oneOrMore(.predicate(iri("to")))
  private let anyNumber = Path.zeroOrMore(.predicate(iri("to")))

  private func check(_ steps: [Set<Int>], _ fixture: Fixture) throws {
    let all = (0..<size).map { reached(steps, from: $0) }
    let pairs = all.reduce(0) { $0 + $1.count }
    let open = Pattern.path(v("x"), repeated, v("y"))
    let counted = Pattern.group(
      open, by: [], aggregates: [AggregateBinding(Variable("n"), Aggregate(.count, nil))])
    #expect(try fixture.rows(counted) == ["n=\"\(pairs)\"^"])
    let each = Pattern.group(
      open, by: [Variable("x")],
      aggregates: [AggregateBinding(Variable("n"), Aggregate(.count, nil))])
    let expected = all.indices.filter { !all[$0].isEmpty }.map { "x=\($0) n=\"\(all[$0].count)\"^" }
    #expect(Set(try fixture.rows(each)) == Set(expected))
    #expect(try fixture.rows(open).count == pairs)
    for node in [1, 348, 699] {
      let forwards = try fixture.rows(.path(t(iri("\(node)")), repeated, v("y")))
      #expect(Set(forwards) == Set(all[node].map { "y=\($0)" }))
      let backwards = try fixture.rows(.path(v("x"), repeated, t(iri("\(node)"))))
      #expect(
        Set(backwards) == Set(all.indices.filter { all[$0].contains(node) }.map { "x=\($0)" }))
      let own = try fixture.rows(.path(t(iri("\(node)")), anyNumber, v("y")))
      #expect(Set(own) == Set(all[node].union([node]).map { "y=\($0)" }))
      #expect(own.count == all[node].union([node]).count)
    }
    for node in stride(from: 0, to: size, by: 9) {
      for other in [node, 1, 348, 7] {
        let found = try fixture.rows(.path(t(iri("\(node)")), repeated, t(iri("\(other)"))))
        #expect(found.count == (all[node].contains(other) ? 1 : 0))
      }
    }
    let inverse = Pattern.path(v("y"), .oneOrMore(.inverse(.predicate(iri("to")))), v("x"))
    let inverted = all.indices.flatMap { x in all[x].map { "y=\($0) x=\(x)" } }
    #expect(Set(try fixture.rows(inverse)) == Set(inverted))
    let loops = try fixture.rows(.path(v("x"), repeated, v("x")))
    #expect(Set(loops) == Set(all.indices.filter { all[$0].contains($0) }.map { "x=\($0)" }))
    let none = try fixture.rows(.path(t(iri("nowhere")), anyNumber, v("y")))
    #expect(none == ["y=nowhere"])
  }

  @Test("what is reached, as it was loaded")
  func loaded() throws { try check(steps, fixture) }

  @Test("what is reached by searches alone, which change their ways as they go on")
  func searched() throws {
    for node in 0..<size {
      let found = try fixture.rows(.path(t(iri("\(node)")), repeated, v("y")))
      let expected = reached(steps, from: node)
      #expect(Set(found) == Set(expected.map { "y=\($0)" }) && found.count == expected.count)
    }
  }

  @Test("what is reached after changes")
  func changed() throws {
    var changed = steps
    changed[2] = [699]
    changed[0] = [1]
    func triples(_ some: [Set<Int>], without others: [Set<Int>]) throws -> [EncodedTriple] {
      try [0, 2].flatMap { node in
        try some[node].subtracting(others[node]).map {
          try encoded((iri("\(node)"), iri("to"), iri("\($0)")), fixture)
        }
      }
    }
    var later = fixture
    later.snapshot = fixture.snapshot.applying(
      adding: try triples(changed, without: steps).map { ($0, origin: 1) },
      removing: try triples(steps, without: changed))
    try check(changed, later)
  }

  @Test("what is reached where each search leads far, by the first few searches of a graph")
  func wide() throws {
    // Three steps from each of the first nodes; a chain leads away from them, and one to them.
    let count = 1500
    let steps = (0..<count).map { node -> Set<Int> in
      if node >= 1200 { return node + 1 < count ? [node + 1] : [] }
      if node == 17 { return [1300] }
      let targets = [node * 7 + 1, node * 13 + 5, node * 31 + 700].map { $0 % 1100 }
      return Set(node % 5 == 0 ? [] : node == 1100 ? [3] : targets)
    }
    var sources = [Set<Int>](repeating: [], count: count)
    for (node, targets) in steps.enumerated() {
      for target in targets { sources[target].insert(node) }
    }
    let triples = steps.enumerated().flatMap { node, targets in
      targets.sorted().map { (iri("\(node)"), iri("to"), iri("\($0)")) }
    }
    let near = zip(steps, sources).map { $0.union($1) }
    let eitherWay = Path.oneOrMore(
      .alternative(.predicate(iri("to")), .inverse(.predicate(iri("to")))))
    for (number, start) in [1, 17, 1100, 1299, 1300, 4].enumerated() {
      let isChanged = number % 2 == 1
      let fixture = try isChanged ? changed(triples) : Fixture(triples)
      let forwards = reached(steps, from: start)
      let backwards = reached(sources, from: start)
      let component = reached(near, from: start)
      for _ in 0..<3 {
        let to = try fixture.rows(.path(t(iri("\(start)")), repeated, v("y")))
        #expect(Set(to) == Set(forwards.map { "y=\($0)" }) && to.count == forwards.count)
        let from = try fixture.rows(.path(v("x"), anyNumber, t(iri("\(start)"))))
        let expected = backwards.union([start])
        #expect(Set(from) == Set(expected.map { "x=\($0)" }) && from.count == expected.count)
        let around = try fixture.rows(.path(t(iri("\(start)")), eitherWay, v("y")))
        #expect(Set(around) == Set(component.map { "y=\($0)" }) && around.count == component.count)
      }
      for goal in stride(from: start % 10, to: count, by: 97) {
        let isReached = try !fixture.rows(.path(t(iri("\(start)")), repeated, t(iri("\(goal)"))))
          .isEmpty
        #expect(isReached == forwards.contains(goal))
      }
    }
  }

  /// The same triples, every hundredth added later and one more removed.
  private func changed(_ triples: [(Term, Term, Term)]) throws -> Fixture {
    let early = triples.enumerated().filter { $0.offset % 100 != 7 }.map(\.element)
    let late = triples.enumerated().filter { $0.offset % 100 == 7 }.map(\.element)
    let wrong = (iri("1"), iri("to"), iri("1450"))
    var fixture = try Fixture(early + [wrong])
    let added = try late.map { (try encoded($0, fixture), origin: UInt32(1)) }
    fixture.snapshot = fixture.snapshot.applying(
      adding: added, removing: [try encoded(wrong, fixture)])
    return fixture
  }

  private func encoded(
    _ triple: (Term, Term, Term), _ fixture: Fixture
  ) throws -> EncodedTriple {
    let dictionary = fixture.snapshot.dictionary
    return EncodedTriple(
      try dictionary.intern(triple.0), try dictionary.intern(triple.1),
      try dictionary.intern(triple.2))
  }
}
