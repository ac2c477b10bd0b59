import RDF

/// How many matches to expect, from counts that the indexes give.
struct Cardinality {
  let graph: Graph

  /// Matches of a pattern for one row in which the given slots are bound.
  func fanout(_ pattern: ScanPattern, bound: SlotSet) -> Double {
    let constants = pattern.constants
    let count = Double(graph.count(constants.subject, constants.predicate, constants.object))
    guard count > 0 else { return 0 }
    var result = count
    for position in 0..<3 {
      guard let slot = pattern[position].slot, bound.contains(slot) else { continue }
      result /= max(1, distinctCount(position, constants.predicate))
    }
    return result
  }

  /// Different terms in a position of the triples with this predicate (or any).
  private func distinctCount(_ position: Int, _ predicate: TermID) -> Double {
    let statistics = graph.base.statistics
    let counts =
      predicate.isBound ? statistics.perPredicate[predicate] ?? .init() : statistics.total
    switch position {
    case 0: return Double(counts.subjects)
    case 1: return Double(statistics.perPredicate.count)
    default: return Double(counts.objects)
    }
  }

  /// Matches of a path for one row.
  func fanout(_ path: PathPattern, bound: SlotSet) -> Double {
    func isBound(_ position: Position) -> Bool {
      position.slot.map(bound.contains) ?? true
    }
    let nodes = Double(max(1, graph.base.statistics.total.subjects))
    switch (isBound(path.subject), isBound(path.object)) {
    case (true, true): return 0.5
    case (true, false), (false, true): return min(nodes, 10)
    case (false, false): return nodes * min(nodes, 10)
    }
  }
}
