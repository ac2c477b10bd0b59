import Algebra
import RDF

/// A default graph and named ones, each triple once a graph.
struct ReferenceDataset: Equatable, CustomStringConvertible {
  var triples: [Triple]
  var named: [Term: [Triple]]

  /// The graphs' triples in any order.
  static func == (a: ReferenceDataset, b: ReferenceDataset) -> Bool {
    Set(a.triples) == Set(b.triples) && a.named.mapValues(Set.init) == b.named.mapValues(Set.init)
  }

  /// What FROM and FROM NAMED make of it.
  func restricted(to clause: DatasetClause) -> ReferenceDataset {
    var merged: [Triple] = []
    for name in clause.defaultGraphs {
      merged += (named[name] ?? []).filter { !merged.contains($0) }
    }
    return ReferenceDataset(
      triples: merged, named: named.filter { clause.namedGraphs.contains($0.key) })
  }

  /// The dataset after DELETE and INSERT. Source: SPARQL 1.2 Update, section 3.1.3.
  func applying(_ modification: Modification) -> ReferenceDataset {
    var view = self
    if let using = modification.using {
      view = restricted(to: using)
    } else if let with = modification.with {
      view.triples = named[with] ?? []
    }
    let rows = ReferenceEvaluator(view).evaluate(modification.pattern)
    var result = self
    for quad in Self.quads(modification.delete, rows, modification.with) {
      if let graph = quad.graph {
        result.named[graph]?.removeAll { $0 == quad.triple }
      } else {
        result.triples.removeAll { $0 == quad.triple }
      }
    }
    for quad in Self.quads(modification.insert, rows, modification.with) {
      if let graph = quad.graph {
        if result.named[graph]?.contains(quad.triple) != true {
          result.named[graph, default: []].append(quad.triple)
        }
      } else if !result.triples.contains(quad.triple) {
        result.triples.append(quad.triple)
      }
    }
    return result
  }

  static func quads(_ templates: [QuadPattern], _ rows: [Row], _ home: Term?) -> [Quad] {
    rows.flatMap { row in
      templates.compactMap { template -> Quad? in
        guard let triple = triple(template.triple, row) else { return nil }
        guard let name = template.graph else { return Quad(triple, graph: home) }
        guard let graph = term(name, row), graph.isNode else { return nil }
        return Quad(triple, graph: graph)
      }
    }
  }

  private static func triple(_ pattern: TriplePattern, _ row: Row) -> Triple? {
    guard let subject = term(pattern.subject, row), subject.isNode,
      case .iri(let predicate)? = term(pattern.predicate, row),
      let object = term(pattern.object, row)
    else { return nil }
    return Triple(subject, .iri(predicate), object)
  }

  private static func term(_ pattern: TermPattern, _ row: Row) -> Term? {
    switch pattern {
    case .term(let term): term
    case .variable(let variable): row[variable]
    case .triple(let inner): triple(inner, row).map(Term.triple)
    }
  }

  var description: String { "\(triples)\n\(named)" }
}

extension Term {
  fileprivate var isNode: Bool {
    switch self {
    case .iri, .blankNode: true
    case .literal, .triple: false
    }
  }
}
