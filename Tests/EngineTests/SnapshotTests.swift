import Engine
import RDF
import Testing

/// Triples over few ids, the same each time.
private struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 33)
  }

  mutating func triple(_ idCount: UInt32) -> EncodedTriple {
    EncodedTriple(id(idCount), id(4), id(idCount))
  }

  private mutating func id(_ count: UInt32) -> TermID {
    TermID(rawValue: UInt32.random(in: 1...count, using: &self))
  }
}

private func order(_ a: EncodedTriple, _ b: EncodedTriple) -> Bool {
  (a.subject, a.predicate, a.object) < (b.subject, b.predicate, b.object)
}

@Suite("Snapshots")
struct SnapshotTests {
  private func check(_ snapshot: Snapshot, _ triples: Set<EncodedTriple>, _ ids: [TermID]) {
    #expect(snapshot.tripleCount == triples.count)
    for s in ids {
      for p in ids.prefix(5) {
        for o in ids {
          let expected = triples.filter {
            (!s.isBound || $0.subject == s) && (!p.isBound || $0.predicate == p)
              && (!o.isBound || $0.object == o)
          }
          var found: [EncodedTriple] = []
          snapshot.forEach(s, p, o) {
            found.append($0)
            return true
          }
          #expect(snapshot.count(s, p, o) == expected.count)
          #expect(found.sorted(by: order) == expected.sorted(by: order))
        }
      }
    }
    #expect(snapshot.predicates == Set(triples.map(\.predicate)).sorted())
  }

  @Test("every shape of lookup finds what is there, through loads and changes")
  func shapes() {
    var numbers = Numbers(state: 7)
    let ids = (0...8).map { TermID(rawValue: $0) }
    var triples = Set((0..<60).map { _ in numbers.triple(8) })
    var loader = GraphLoader()
    for triple in triples { loader.append(triple) }
    var snapshot = loader.finish(adding: Snapshot(dictionary: TermDictionary()))
    check(snapshot, triples, ids)
    for _ in 0..<4 {
      let adding = (0..<6).map { _ in numbers.triple(8) }
      let removing = (0..<10).map { _ in numbers.triple(8) }
      snapshot = snapshot.applying(
        adding: adding.map { ($0, origin: 1) }, removing: removing)
      triples.subtract(removing)
      triples.formUnion(adding)
      check(snapshot, triples, ids)
    }
    var more = GraphLoader()
    let extra = (0..<20).map { _ in numbers.triple(8) }
    for triple in extra { more.append(triple) }
    check(more.finish(adding: snapshot), triples.union(extra), ids)
  }

  @Test("a large delta becomes a new base, and old snapshots stay as they were")
  func merging() {
    var numbers = Numbers(state: 3)
    let empty = Snapshot(dictionary: TermDictionary())
    var snapshot = empty
    var triples: Set<EncodedTriple> = []
    var before: [(Snapshot, Int)] = []
    for round in 0..<40 {
      let adding = (0..<100).map { _ in numbers.triple(2000) }
      let removing = Array(triples.sorted(by: order).prefix(round))
      snapshot = snapshot.applying(adding: adding.map { ($0, origin: 1) }, removing: removing)
      triples.subtract(removing)
      triples.formUnion(adding)
      before.append((snapshot, triples.count))
      #expect(snapshot.tripleCount == triples.count)
    }
    #expect(triples.allSatisfy(snapshot.contains))
    #expect(before.allSatisfy { $0.0.tripleCount == $0.1 })
    #expect(empty.tripleCount == 0)
  }

  @Test("the first origin of a triple stays, and a removed triple loses its")
  func origins() {
    let a = EncodedTriple(TermID(rawValue: 1), TermID(rawValue: 2), TermID(rawValue: 3))
    let b = EncodedTriple(TermID(rawValue: 1), TermID(rawValue: 2), TermID(rawValue: 4))
    var loader = GraphLoader()
    loader.append(a, line: 5)
    loader.append(b)
    loader.append(a, line: 9)
    let first = loader.finish(adding: Snapshot(dictionary: TermDictionary()))
    #expect(first.tripleCount == 2)
    #expect(first.origin(of: a) == 5)
    #expect(first.origin(of: b) == nil)
    let removed = first.applying(adding: [], removing: [a])
    #expect(removed.origin(of: a) == nil)
    let again = removed.applying(adding: [(a, origin: 12)], removing: [])
    #expect(again.origin(of: a) == 12)
    #expect(again.tripleCount == 2)
    #expect(first.applying(adding: [(a, origin: 30)], removing: []).origin(of: a) == 5)
  }

  @Test("ids and triples of a large load are found again")
  func large() throws {
    var numbers = Numbers(state: 1)
    let triples = Set((0..<50_000).map { _ in numbers.triple(30_000) })
    var loader = GraphLoader()
    for triple in triples { loader.append(triple, line: triple.subject.rawValue) }
    let snapshot = loader.finish(adding: Snapshot(dictionary: TermDictionary()))
    #expect(snapshot.tripleCount == triples.count)
    #expect(triples.allSatisfy { snapshot.origin(of: $0) == $0.subject.rawValue })
    var counted = 0
    snapshot.forEach(.none, .none, .none) { triple in
      counted += triples.contains(triple) ? 1 : 0
      return true
    }
    #expect(counted == triples.count)
  }
}
