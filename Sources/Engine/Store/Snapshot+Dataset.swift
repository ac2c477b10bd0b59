import Algebra
import RDF

extension Snapshot {
  /// The dataset that FROM and FROM NAMED make of this one: nothing is fetched, and a graph that is not here is empty.
  func restricted(to clause: DatasetClause) -> Snapshot {
    var result = Snapshot(dictionary: dictionary)
    var names: Set<TermID> = []
    let defaults = clause.defaultGraphs.compactMap { term -> Graph? in
      guard let name = dictionary.lookup(term), names.insert(name).inserted else { return nil }
      return namedGraphs[name]
    }
    result.graph = Graph.merged(defaults)
    for term in clause.namedGraphs {
      if let name = dictionary.lookup(term) { result.namedGraphs[name] = namedGraphs[name] }
    }
    return result
  }

  /// The dataset with a named graph for its default graph.
  func withDefaultGraph(_ term: Term) -> Snapshot {
    var result = self
    result.graph = dictionary.lookup(term).flatMap { namedGraphs[$0] } ?? .empty
    return result
  }
}

extension Graph {
  /// About how many triples `merged` puts in order.
  static func copiedCount(merging graphs: [Graph]) -> Int {
    let counts = graphs.map(\.tripleCount).sorted(by: >)
    guard let largest = counts.first else { return 0 }
    let others = counts.dropFirst().reduce(0, +)
    return isLarge(others, over: largest) ? largest + others : others
  }

  /// The triples of all graphs; the largest one is not copied unless the others are many.
  static func merged(_ graphs: [Graph]) -> Graph {
    let sorted = graphs.sorted { $0.tripleCount > $1.tripleCount }
    guard let largest = sorted.first else { return .empty }
    return largest.applying(adding: sorted.dropFirst().flatMap(\.items), removing: [])
  }
}
