import Algebra
import RDF

/// The state of a request that is being carried out.
struct UpdateRun {
  private let before: Snapshot
  private var now: Snapshot
  private let limits: Limits
  private let start = System.seconds()
  private let origin: UInt32
  private let load: UpdateEngine.Load
  private var touched: [EncodedQuad] = []
  /// Edits by INSERT DATA and DELETE DATA that wait for an operation that looks: true adds.
  private var waiting: [TermID: [EncodedTriple: Bool]] = [:]
  /// The blank nodes that INSERT DATA has made for the labels of the request.
  private var blankNodes: [String: TermID] = [:]

  init(
    _ snapshot: Snapshot, limits: Limits, origin: UInt32, load: @escaping UpdateEngine.Load
  ) {
    before = snapshot
    now = snapshot
    self.limits = limits
    self.origin = origin
    self.load = load
  }

  private var dictionary: TermDictionary { now.dictionary }

  mutating func finish() -> UpdateResult {
    settle()
    return UpdateResult(before: before, snapshot: now, touched: touched)
  }

  mutating func carryOut(_ operation: UpdateOperation) throws(UpdateError) {
    switch operation {
    case .insertData(let quads): try insert(quads)
    case .deleteData(let quads): try delete(quads)
    default:
      settle()
      try carryOutSettled(operation)
    }
  }

  private mutating func carryOutSettled(_ operation: UpdateOperation) throws(UpdateError) {
    switch operation {
    case .insertData, .deleteData: break
    case .modify(let modification): try modify(modification)
    case .load(let source, let target, let silent):
      try silently(silent) { run throws(UpdateError) in try run.load(source, into: target) }
    case .clear(let selection, let silent):
      try silently(silent) { run throws(UpdateError) in
        for name in try run.names(selection) { run.set(name, .empty) }
      }
    case .drop(let selection, let silent):
      try silently(silent) { run throws(UpdateError) in
        for name in try run.names(selection) { run.drop(name) }
      }
    case .create(let term, let silent):
      try silently(silent) { run throws(UpdateError) in try run.create(term) }
    case .add(let source, let target, let silent):
      try silently(silent) { run throws(UpdateError) in
        try run.transfer(source, target) { Graph.merged([$1, $0]) }
      }
    case .copy(let source, let target, let silent):
      try silently(silent) { run throws(UpdateError) in
        try run.transfer(source, target) { source, _ in source }
      }
    case .move(let source, let target, let silent):
      try silently(silent) { run throws(UpdateError) in
        try run.transfer(source, target) { source, _ in source }
        if source != target { run.drop(run.name(source)) }
      }
    }
  }

  /// Passes over what SILENT passes over: all but limits of the evaluation.
  private mutating func silently(
    _ silent: Bool, _ body: (inout UpdateRun) throws(UpdateError) -> Void
  ) throws(UpdateError) {
    do throws(UpdateError) {
      try body(&self)
    } catch {
      if case .evaluation = error { throw error }
      if !silent { throw error }
    }
  }

  private func evaluating<R>(
    _ body: () throws(EvaluationError) -> R
  ) throws(UpdateError) -> R {
    do throws(EvaluationError) {
      return try body()
    } catch {
      if case .timeLimit = error, let seconds = limits.seconds {
        throw .evaluation(.timeLimit(seconds: seconds))
      }
      throw .evaluation(error)
    }
  }

  // MARK: Data

  private mutating func insert(_ quads: [Quad]) throws(UpdateError) {
    for quad in quads {
      let triple = EncodedTriple(
        try intern(quad.triple.subject), try intern(quad.triple.predicate),
        try intern(quad.triple.object))
      var graph = TermID.none
      if let name = quad.graph { graph = try intern(name) }
      waiting[graph, default: [:]][triple] = true
    }
  }

  /// The id of a term; a blank node's label means one new node in the whole request.
  private mutating func intern(_ term: Term) throws(UpdateError) -> TermID {
    switch term {
    case .iri, .literal:
      return try evaluating { () throws(EvaluationError) in try dictionary.intern(term) }
    case .blankNode(let label):
      if let known = blankNodes[label] { return known }
      let made = try evaluating { () throws(EvaluationError) in try dictionary.freshBlankNode() }
      blankNodes[label] = made
      return made
    case .triple(let triple):
      let parts = EncodedTriple(
        try intern(triple.subject), try intern(triple.predicate), try intern(triple.object))
      return try evaluating { () throws(EvaluationError) in try dictionary.internTriple(parts) }
    }
  }

  private mutating func delete(_ quads: [Quad]) throws(UpdateError) {
    for quad in quads {
      guard let subject = dictionary.lookup(quad.triple.subject),
        let predicate = dictionary.lookup(quad.triple.predicate),
        let object = dictionary.lookup(quad.triple.object)
      else { continue }
      var graph = TermID.none
      if let name = quad.graph {
        guard let id = dictionary.lookup(name) else { continue }
        graph = id
      }
      waiting[graph, default: [:]][EncodedTriple(subject, predicate, object)] = false
    }
  }

  private mutating func settle() {
    for (name, edits) in waiting {
      change(
        name, adding: edits.filter(\.value).map(\.key), removing: edits.filter { !$1 }.map(\.key))
    }
    waiting = [:]
  }

  private mutating func change(
    _ name: TermID, adding: [EncodedTriple], removing: [EncodedTriple]
  ) {
    now.change(
      name, adding: adding.map { LoadedTriple(triple: $0, origin: origin) }, removing: removing)
    for triple in adding { touched.append(EncodedQuad(triple, graph: name)) }
    for triple in removing { touched.append(EncodedQuad(triple, graph: name)) }
  }

  // MARK: Patterns

  private var remainingLimits: Limits {
    var rest = limits
    if let seconds = limits.seconds { rest.seconds = seconds - (System.seconds() - start) }
    return rest
  }

  private mutating func modify(_ modification: Modification) throws(UpdateError) {
    let view =
      modification.using.map(now.restricted) ?? modification.with.map(now.withDefaultGraph) ?? now
    let context = ExecutionContext(view, remainingLimits, base: modification.base)
    let templates = modification.delete + modification.insert
    let found = try evaluating { () throws(EvaluationError) in
      let variables = templates.flatMap { $0.triple.variables + ($0.graph?.variables ?? []) }
      return try DeepStack.run(for: modification.pattern) { () throws(EvaluationError) in
        try QueryEngine.run(modification.pattern, variables, context).solutions
      }
    }
    var home = TermID.none
    if let with = modification.with { home = try interned(with) }
    let gone = try evaluating { () throws(EvaluationError) in
      try Self.removals(modification.delete, found, home, context)
    }
    let new = try evaluating { () throws(EvaluationError) in
      try Self.additions(modification.insert, found, home, context)
    }
    for name in Set(gone.keys).union(new.keys) {
      change(name, adding: new[name] ?? [], removing: gone[name] ?? [])
    }
  }

  private static func removals(
    _ templates: [QuadPattern], _ solutions: Solutions, _ home: TermID, _ context: ExecutionContext
  ) throws(EvaluationError) -> [TermID: [EncodedTriple]] {
    var result: [TermID: [EncodedTriple]] = [:]
    var instances = TemplateInstances(context)
    try instances.forEach(templates, solutions) { triple, graph throws(EvaluationError) in
      // A term that the dictionary does not know is in no triple.
      let ids = [triple.subject, triple.predicate, triple.object, graph]
      if ids.contains(where: QueryTerms.isOverlay) { return }
      try context.charge(byteCount: 16)
      result[graph == .none ? home : graph, default: []].append(triple)
    }
    return result
  }

  private static func additions(
    _ templates: [QuadPattern], _ solutions: Solutions, _ home: TermID, _ context: ExecutionContext
  ) throws(EvaluationError) -> [TermID: [EncodedTriple]] {
    var result: [TermID: [EncodedTriple]] = [:]
    var instances = TemplateInstances(context)
    let terms = context.terms
    try instances.forEach(templates, solutions) { triple, graph throws(EvaluationError) in
      try context.charge(byteCount: 16)
      result[graph == .none ? home : try terms.settled(graph), default: []].append(
        EncodedTriple(
          try terms.settled(triple.subject), try terms.settled(triple.predicate),
          try terms.settled(triple.object)))
    }
    return result
  }

  // MARK: Graphs

  private mutating func load(_ source: String, into target: Term?) throws(UpdateError) {
    var home = TermID.none
    if let target { home = try interned(target) }
    var found: [TermID: [LoadedTriple]] = [home: []]
    try load(source) { triple, graph, line in
      found[graph == .none ? home : graph, default: []].append(
        LoadedTriple(triple: triple, origin: line))
    }
    for (name, items) in found {
      if name != .none, now.namedGraphs[name] == nil { now.namedGraphs[name] = .empty }
      now.change(name, adding: items, removing: [])
      for item in items { touched.append(EncodedQuad(item.triple, graph: name)) }
    }
  }

  private func name(_ term: Term?) -> TermID {
    term.flatMap(dictionary.lookup) ?? .none
  }

  /// The id of a graph's name.
  private func interned(_ term: Term) throws(UpdateError) -> TermID {
    try evaluating { () throws(EvaluationError) in try dictionary.intern(term) }
  }

  /// The graph of that name; nil when there is none.
  private func graph(_ term: Term?) -> Graph? {
    guard let term else { return now.graph }
    return dictionary.lookup(term).flatMap { now.namedGraphs[$0] }
  }

  private func names(_ selection: GraphSelection) throws(UpdateError) -> [TermID] {
    switch selection {
    case .defaultGraph: return [.none]
    case .allNamed: return now.graphNames
    case .all: return [.none] + now.graphNames
    case .named(let term):
      guard graph(term) != nil else { throw .noGraph(term) }
      return [name(term)]
    }
  }

  private mutating func create(_ term: Term) throws(UpdateError) {
    if graph(term) != nil { throw .graphExists(term) }
    now.namedGraphs[try interned(term)] = .empty
  }

  private mutating func transfer(
    _ source: Term?, _ target: Term?, _ combined: (_ source: Graph, _ target: Graph) -> Graph
  ) throws(UpdateError) {
    guard let graph = graph(source) else {
      if let source { throw .noGraph(source) }
      return
    }
    if source == target { return }
    var name = TermID.none
    if let target { name = try interned(target) }
    set(name, combined(graph, self.graph(target) ?? .empty))
  }

  private mutating func drop(_ name: TermID) {
    set(name, .empty)
    if name != .none { now.namedGraphs[name] = nil }
  }

  private mutating func set(_ name: TermID, _ graph: Graph) {
    let old = name == .none ? now.graph : now.namedGraphs[name] ?? .empty
    for item in old.items + graph.items {
      touched.append(EncodedQuad(item.triple, graph: name))
    }
    if name == .none { now.graph = graph } else { now.namedGraphs[name] = graph }
  }
}
