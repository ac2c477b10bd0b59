import Algebra
import RDF

/// The triples that templates stand for: one for each solution, but for those with a gap that is
/// unbound or a term where RDF allows none. Source: SPARQL 1.2 Query, section 16.2.
struct TemplateInstances {
  private let context: ExecutionContext
  private let terms: QueryTerms
  /// The blank nodes of the templates for the current solution.
  private var blankNodes: [TermID] = []
  private var blankNumbers: [Term: Int] = [:]

  init(_ context: ExecutionContext) {
    self.context = context
    terms = context.terms
  }

  private indirect enum Part {
    case constant(TermID)
    case column(Int)
    case blankNode(Int)
    case triple(Part, Part, Part)
    case missing
  }

  /// Calls `body` with each triple and the name of its graph, `none` where the template names none.
  mutating func forEach(
    _ templates: [QuadPattern], _ solutions: Solutions,
    _ body: (EncodedTriple, TermID) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    var parts: [(triple: (Part, Part, Part), graph: Part?)] = []
    for template in templates {
      let triple = template.triple
      var graph: Part?
      if let name = template.graph { graph = try part(name, solutions) }
      parts.append(
        (
          (
            try part(triple.subject, solutions), try part(triple.predicate, solutions),
            try part(triple.object, solutions)
          ), graph
        ))
    }
    for row in 0..<solutions.rowCount {
      try context.tick()
      for index in blankNodes.indices { blankNodes[index] = .none }
      for (triple, graph) in parts {
        var name = TermID.none
        if let graph {
          guard let id = try id(graph, solutions, row), terms.kind(id).isNode else { continue }
          name = id
        }
        guard let triple = try instance(triple.0, triple.1, triple.2, solutions, row) else {
          continue
        }
        try body(triple, name)
      }
    }
  }

  private mutating func part(
    _ pattern: TermPattern, _ solutions: Solutions
  ) throws(EvaluationError) -> Part {
    switch pattern {
    case .variable(let variable):
      return solutions.variables.firstIndex(of: variable).map { .column($0) } ?? .missing
    case .triple(let triple):
      return .triple(
        try part(triple.subject, solutions), try part(triple.predicate, solutions),
        try part(triple.object, solutions))
    case .term(.blankNode(let label)):
      let node = Term.blankNode(label)
      if let number = blankNumbers[node] { return .blankNode(number) }
      blankNumbers[node] = blankNodes.count
      blankNodes.append(.none)
      return .blankNode(blankNodes.count - 1)
    case .term(.triple(let triple)):
      return .triple(
        try part(.term(triple.subject), solutions), try part(.term(triple.predicate), solutions),
        try part(.term(triple.object), solutions))
    case .term(let term): return .constant(try terms.intern(term))
    }
  }

  private mutating func id(
    _ part: Part, _ solutions: Solutions, _ row: Int
  ) throws(EvaluationError) -> TermID? {
    switch part {
    case .constant(let id): return id
    case .column(let column):
      let id = solutions.id(row: row, column: column)
      return id.isBound ? id : nil
    case .blankNode(let number):
      if !blankNodes[number].isBound { blankNodes[number] = try terms.freshBlankNode() }
      return blankNodes[number]
    case .triple(let subject, let predicate, let object):
      guard let triple = try instance(subject, predicate, object, solutions, row) else {
        return nil
      }
      return try terms.internTriple(triple)
    case .missing: return nil
    }
  }

  private mutating func instance(
    _ subject: Part, _ predicate: Part, _ object: Part, _ solutions: Solutions, _ row: Int
  ) throws(EvaluationError) -> EncodedTriple? {
    guard let subject = try id(subject, solutions, row), terms.kind(subject).isNode,
      let predicate = try id(predicate, solutions, row), terms.kind(predicate) == .iri,
      let object = try id(object, solutions, row)
    else { return nil }
    return EncodedTriple(subject, predicate, object)
  }
}
