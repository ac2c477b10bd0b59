import Algebra

extension Planner {
  /// Why SERVICE is not carried out, and what to do instead.
  static func refusal(ofService name: TermPattern) -> String {
    guard case .term(.iri(let iri)) = name else {
      return "SERVICE: no other endpoint is ever asked"
    }
    let refusal = "SERVICE <\(iri)>: no other endpoint is ever asked"
    // Queries for Wikidata get ?xLabel for ?x from it.
    guard iri == "http://wikiba.se/ontology#label" else { return refusal }
    return refusal
      + "; take it out and write OPTIONAL { ?x rdfs:label ?xLabel FILTER(LANG(?xLabel) = \"en\") }"
  }
}
