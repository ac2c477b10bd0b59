import RDF

/// How many matches to expect, from counts that the indexes give.
struct Cardinality {
  let graph: Graph

  /// All matches of a pattern, its slots open.
  func count(_ pattern: ScanPattern) -> Double {
    let constants = pattern.constants
    return Double(graph.count(constants.subject, constants.predicate, constants.object))
  }

  /// For each position with a slot, how many different terms the `count` matches have there; 1 for
  /// the others.
  func distinctCounts(_ pattern: ScanPattern, count: Double) -> SIMD3<Double> {
    var result = SIMD3<Double>(repeating: 1)
    for position in 0..<3 where pattern[position].slot != nil {
      result[position] = max(
        1, min(count, distinctCount(position, pattern.constants.predicate)))
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
    let nodes = max(1, startCount(path.path))
    switch (isBound(path.subject), isBound(path.object)) {
    case (true, true): return 0.5
    case (true, false), (false, true): return min(nodes, 10)
    case (false, false): return nodes * min(nodes, 10)
    }
  }

  /// From how many terms a path may lead somewhere.
  private func startCount(_ path: EncodedPath) -> Double {
    switch path {
    case .predicate(let predicate): distinctCount(0, predicate)
    case .inverse(let inner), .oneOrMore(let inner), .sequence(let inner, _): startCount(inner)
    case .alternative(let a, let b): startCount(a) + startCount(b)
    case .zeroOrMore, .zeroOrOne, .negated: Double(graph.base.statistics.total.subjects)
    }
  }
}
