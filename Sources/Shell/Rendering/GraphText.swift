import KnowledgeBase
import RDF

/// Outcomes that are triples, as RDF text.
enum GraphText {
  /// The triples of an outcome, each fact with its qualifiers by a reifier of its own; nil for one that has none.
  static func triples(_ outcome: Outcome) -> [Triple]? {
    switch outcome {
    case .graph(let graph): return (0..<graph.tripleCount).map(graph.triple)
    case .change(let change): return triples(change.facts)
    case .about(let portrait): return triples(portrait.groups.flatMap(\.facts) + portrait.claims)
    case .why(let explanations): return triples(explanations.flatMap(asserted))
    case .chains(let chains, _, _): return triples(chains.flatMap { $0.steps.map(\.fact) })
    case .timeline(let facts): return triples(facts.map(\.fact))
    case .none, .answer, .verdict, .absence, .map, .drawing, .vocabulary, .plan, .expectation:
      return nil
    }
  }

  static func turtle(_ triples: [Triple], _ prefixes: NamespacePrefixes) -> String {
    TurtleWriter(prefixes: prefixes).text(triples.map { Quad($0) })
  }

  static func ntriples(_ triples: [Triple]) -> String {
    LineWriter().text(triples.map { Quad($0) })
  }

  private static func asserted(_ explanation: Explanation) -> [StatedFact] {
    let own = explanation.isAsserted ? [explanation.conclusion] : []
    return own + explanation.premises.flatMap(asserted)
  }

  private static func triples(_ facts: [StatedFact]) -> [Triple] {
    var result: [Triple] = []
    var seen: Set<Triple> = []
    var reifierCount = 0
    for fact in facts where seen.insert(fact.triple).inserted {
      result.append(fact.triple)
      for group in fact.qualifierGroups where !group.isEmpty {
        reifierCount += 1
        let reifier = Term.blankNode("r\(reifierCount)")
        result.append(Triple(reifier, .iri(Vocabulary.reifies), .triple(fact.triple)))
        result += group.map { Triple(reifier, .iri($0.relationIRI), $0.term) }
      }
    }
    return result
  }
}
