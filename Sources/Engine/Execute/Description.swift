import Algebra
import RDF

/// What DESCRIBE gives: the concise bounded descriptions of resources in the default graph.
///
/// All triples with the resource as subject; for each of them those of its reifiers; and the same
/// for every blank node that is met as an object. Source: Stickler, CBD, W3C member submission.
struct Description {
  private let context: ExecutionContext
  private let graph: Graph
  private let reifies: TermID?
  private var triples: [EncodedTriple] = []
  private var described: Set<TermID> = []
  private var waiting: [TermID] = []

  /// The description of the constants among the targets, and of what their variables are bound to.
  static func graph(
    _ targets: [TermPattern], _ solutions: Solutions, _ context: ExecutionContext
  ) throws(EvaluationError) -> ResultGraph {
    var description = Description(context)
    for target in targets {
      switch target {
      case .term(let term): description.want(try context.terms.intern(term))
      case .variable(let variable):
        guard let column = solutions.variables.firstIndex(of: variable) else { continue }
        for id in solutions.columns[column] where id.isBound { description.want(id) }
      case .triple: continue
      }
    }
    try description.run()
    return ResultGraph(description.triples, decoder: context.terms)
  }

  private init(_ context: ExecutionContext) {
    self.context = context
    graph = context.dataset.graph
    reifies = context.terms.dictionary.lookup(.iri(Vocabulary.reifies))
  }

  private mutating func want(_ id: TermID) {
    if described.insert(id).inserted { waiting.append(id) }
  }

  private mutating func run() throws(EvaluationError) {
    var next = 0
    while next < waiting.count {
      try context.poll(rowCount: 1)
      let start = triples.count
      graph.forEach(waiting[next], .none, .none) { triple in
        triples.append(triple)
        return true
      }
      // With what is described, and as what grows is copied.
      try context.charge(byteCount: (triples.count - start) * 24 + 32)
      for triple in triples[start...] {
        if context.terms.kind(triple.object) == .blankNode { want(triple.object) }
        wantReifiers(of: triple)
      }
      next += 1
    }
  }

  private mutating func wantReifiers(of triple: EncodedTriple) {
    guard let reifies, let spoken = context.terms.lookup(triple: triple) else { return }
    graph.forEach(.none, reifies, spoken) { reification in
      want(reification.subject)
      return true
    }
  }
}
