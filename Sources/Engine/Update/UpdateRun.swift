import Algebra
import RDF

/// The state of a request that is being carried out.
struct UpdateRun: ~Copyable {
  private let before: Snapshot
  private var now: Snapshot
  /// What all operations together may use.
  private let context: ExecutionContext
  private let origin: UInt32
  private let load: UpdateEngine.Load
  /// Every quad that was added or removed, with some that stayed as they were.
  private var touched = QuadTable()
  /// The graphs that were replaced whole.
  private var replaced: Set<TermID> = []
  /// Edits by INSERT DATA and DELETE DATA that wait for an operation that looks: true adds.
  private var waiting = QuadTable()
  /// The blank nodes that INSERT DATA has made for the labels of the request.
  /// The labels of blank nodes, and the nodes they stand for, by the numbers of the labels less one.
  private let labels = TermDictionary()
  private var blankNodes: [TermID] = []

  init(
    _ snapshot: Snapshot, limits: Limits, origin: UInt32, load: @escaping UpdateEngine.Load
  ) {
    before = snapshot
    now = snapshot
    context = ExecutionContext(snapshot, limits)
    self.origin = origin
    self.load = load
  }

  private var dictionary: TermDictionary { now.dictionary }

  mutating func finish() throws(UpdateError) -> UpdateResult {
    try settle()
    let changes = try Self.evaluating { () throws(EvaluationError) in try differences() }
    return UpdateResult(before: before, snapshot: now, changes: changes)
  }

  mutating func carryOut(_ operation: UpdateOperation) throws(UpdateError) {
    try Self.evaluating { () throws(EvaluationError) in try context.poll(rowCount: 0) }
    switch operation {
    case .insertData(let quads): try insert(quads)
    case .deleteData(let quads): try delete(quads)
    default:
      try settle()
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
        for name in try run.names(selection) { try run.set(name, .empty) }
      }
    case .drop(let selection, let silent):
      try silently(silent) { run throws(UpdateError) in
        for name in try run.names(selection) { try run.drop(name) }
      }
    case .create(let term, let silent):
      try silently(silent) { run throws(UpdateError) in try run.create(term) }
    case .add(let source, let target, let silent):
      try silently(silent) { run throws(UpdateError) in
        try run.transfer(source, target) { source, target, context throws(EvaluationError) in
          try context.aside(tripleCount: Graph.copiedCount(merging: [target, source])) {
            Graph.merged([target, source])
          }
        }
      }
    case .copy(let source, let target, let silent):
      try silently(silent) { run throws(UpdateError) in
        try run.transfer(source, target) { source, _, _ in source }
      }
    case .move(let source, let target, let silent):
      try silently(silent) { run throws(UpdateError) in
        try run.transfer(source, target) { source, _, _ in source }
        if source != target { try run.drop(run.name(source)) }
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

  private static func evaluating<R>(
    _ body: () throws(EvaluationError) -> R
  ) throws(UpdateError) -> R {
    do throws(EvaluationError) {
      return try body()
    } catch {
      throw .evaluation(error)
    }
  }

  // MARK: Data

  private mutating func insert(_ quads: [Quad]) throws(UpdateError) {
    for quad in quads {
      try Self.evaluating { () throws(EvaluationError) in try context.tick(16) }
      let triple = EncodedTriple(
        try intern(quad.triple.subject), try intern(quad.triple.predicate),
        try intern(quad.triple.object))
      var graph = TermID.none
      if let name = quad.graph { graph = try intern(name) }
      try wait(for: triple, in: graph, isAdded: true)
    }
  }

  /// Keeps an edit for later.
  private mutating func wait(
    for triple: EncodedTriple, in graph: TermID, isAdded: Bool
  ) throws(UpdateError) {
    try Self.evaluating { () throws(EvaluationError) in
      try context.chargeTerms()
      try waiting.append(EncodedQuad(triple, graph: graph), marked: isAdded, context)
    }
  }

  /// The id of a term; a blank node's label means one new node in the whole request.
  private mutating func intern(_ term: Term) throws(UpdateError) -> TermID {
    switch term {
    case .iri, .literal:
      return try adding { dictionary throws(EvaluationError) in try dictionary.intern(term) }
    case .blankNode(let label):
      let place = try Self.evaluating { () throws(EvaluationError) in
        Int(try labels.intern(term).rawValue) - 1
      }
      if place < blankNodes.count { return blankNodes[place] }
      let made = try adding { dictionary throws(EvaluationError) in
        try dictionary.freshBlankNode()
      }
      try Self.evaluating { () throws(EvaluationError) in
        try context.charge(byteCount: 48 + label.utf8.count)
        try blankNodes.makeRoom(for: 1, context)
      }
      blankNodes.append(made)
      return made
    case .triple(let triple):
      let parts = EncodedTriple(
        try intern(triple.subject), try intern(triple.predicate), try intern(triple.object))
      return try adding { dictionary throws(EvaluationError) in
        try dictionary.internTriple(parts)
      }
    }
  }

  /// Adds to the dictionary, which counts as memory of the request.
  private func adding(
    _ add: (TermDictionary) throws(EvaluationError) -> TermID
  ) throws(UpdateError) -> TermID {
    try Self.evaluating { () throws(EvaluationError) in try context.terms.growing(add) }
  }

  private mutating func delete(_ quads: [Quad]) throws(UpdateError) {
    for quad in quads {
      try Self.evaluating { () throws(EvaluationError) in try context.tick(16) }
      guard let subject = dictionary.lookup(quad.triple.subject),
        let predicate = dictionary.lookup(quad.triple.predicate),
        let object = dictionary.lookup(quad.triple.object)
      else { continue }
      var graph = TermID.none
      if let name = quad.graph {
        guard let id = dictionary.lookup(name) else { continue }
        graph = id
      }
      try wait(for: EncodedTriple(subject, predicate, object), in: graph, isAdded: false)
    }
  }

  private mutating func settle() throws(UpdateError) {
    var graphs: [TermID: (adding: [LoadedTriple], removing: [EncodedTriple])] = [:]
    try Self.evaluating { () throws(EvaluationError) in
      try waiting.forEach(context) { quad, isAdded throws(EvaluationError) in
        // In lists that are copied as they grow.
        try context.charge(byteCount: 32)
        if isAdded {
          graphs[quad.graph, default: ([], [])].adding
            .append(LoadedTriple(triple: quad.triple, origin: origin))
        } else {
          graphs[quad.graph, default: ([], [])].removing.append(quad.triple)
        }
      }
    }
    waiting = QuadTable()
    for (name, edits) in graphs {
      try change(name, adding: edits.adding, removing: edits.removing)
    }
  }

  private mutating func change(
    _ name: TermID, adding: [EncodedTriple], removing: [EncodedTriple]
  ) throws(UpdateError) {
    try change(
      name, adding: adding.map { LoadedTriple(triple: $0, origin: origin) }, removing: removing)
  }

  private mutating func change(
    _ name: TermID, adding: [LoadedTriple], removing: [EncodedTriple]
  ) throws(UpdateError) {
    let (old, count) = (now, adding.count + removing.count)
    let graph = now.graph(named: name) ?? .empty
    now = try Self.evaluating { () throws(EvaluationError) in
      // To tell what has changed.
      try context.charge(byteCount: count * 32)
      return try context.aside(tripleCount: graph.copiedCount(changing: count)) {
        var new = old
        new.change(name, adding: adding, removing: removing)
        return new
      }
    }
    try Self.evaluating { () throws(EvaluationError) in
      for item in adding { try touched.append(EncodedQuad(item.triple, graph: name), context) }
      for triple in removing { try touched.append(EncodedQuad(triple, graph: name), context) }
    }
  }

  // MARK: Patterns

  private mutating func modify(_ modification: Modification) throws(UpdateError) {
    let view = modification.using == nil ? modification.with.map(now.withDefaultGraph) : nil
    let context = ExecutionContext(view ?? now, continuing: context, base: modification.base)
    let templates = modification.delete + modification.insert
    let found = try Self.evaluating { () throws(EvaluationError) in
      if let using = modification.using { try context.restrict(to: using) }
      let variables = templates.flatMap { $0.triple.variables + ($0.graph?.variables ?? []) }
      let isLarge = modification.pattern.isLarge
      return try DeepStack.run(ifLarge: isLarge, context) { () throws(EvaluationError) in
        try context.poll(rowCount: 0)
        let plan = try QueryPlan(modification.pattern, wanted: variables, context)
        return try QueryEngine.run(plan, context).solutions
      }
    }
    var home = TermID.none
    if let with = modification.with { home = try interned(with) }
    let gone = try Self.evaluating { () throws(EvaluationError) in
      try Self.removals(modification.delete, found, home, context)
    }
    let new = try Self.evaluating { () throws(EvaluationError) in
      try Self.additions(modification.insert, found, home, context)
    }
    for name in Set(gone.keys).union(new.keys) {
      try change(name, adding: new[name] ?? [], removing: gone[name] ?? [])
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
      try context.charge(byteCount: 32)
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
      try context.charge(byteCount: 32)
      result[graph == .none ? home : try terms.settled(graph), default: []].append(
        EncodedTriple(
          try terms.settled(triple.subject), try terms.settled(triple.predicate),
          try terms.settled(triple.object)))
      try context.chargeTerms()
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
      try change(name, adding: items, removing: [])
    }
  }

  private func name(_ term: Term?) -> TermID {
    term.flatMap(dictionary.lookup) ?? .none
  }

  /// The id of a graph's name.
  private func interned(_ term: Term) throws(UpdateError) -> TermID {
    try Self.evaluating { () throws(EvaluationError) in try dictionary.intern(term) }
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
    _ source: Term?, _ target: Term?,
    _ combined: (_ source: Graph, _ target: Graph, ExecutionContext) throws(EvaluationError) ->
      Graph
  ) throws(UpdateError) {
    guard let graph = graph(source) else {
      if let source { throw .noGraph(source) }
      return
    }
    if source == target { return }
    var name = TermID.none
    if let target { name = try interned(target) }
    let present = self.graph(target) ?? .empty
    try set(
      name,
      Self.evaluating { () throws(EvaluationError) in try combined(graph, present, context) })
  }

  private mutating func drop(_ name: TermID) throws(UpdateError) {
    try set(name, .empty)
    if name != .none { now.namedGraphs[name] = nil }
  }

  private mutating func set(_ name: TermID, _ graph: Graph) throws(UpdateError) {
    try Self.evaluating { () throws(EvaluationError) in try context.poll(rowCount: 0) }
    replaced.insert(name)
    if name == .none { now.graph = graph } else { now.namedGraphs[name] = graph }
  }
  // MARK: Changes

  private mutating func differences() throws(EvaluationError) -> (
    added: [EncodedQuad], removed: [EncodedQuad]
  ) {
    var added: [EncodedQuad] = []
    var removed: [EncodedQuad] = []
    try touched.forEach(context) { quad, _ throws(EvaluationError) in
      if replaced.contains(quad.graph) { return }
      switch (before.contains(quad), now.contains(quad)) {
      case (false, true): added.append(quad)
      case (true, false): removed.append(quad)
      case (true, true), (false, false): break
      }
    }
    for name in replaced.sorted() {
      let old = before.graph(named: name) ?? .empty
      let new = now.graph(named: name) ?? .empty
      if old.isSame(as: new) { continue }
      added += try quads(of: new, notIn: old, name)
      removed += try quads(of: old, notIn: new, name)
    }
    return (added, removed)
  }

  private func quads(
    of graph: Graph, notIn other: Graph, _ name: TermID
  ) throws(EvaluationError) -> [EncodedQuad] {
    var result: [EncodedQuad] = []
    var end: EvaluationError?
    graph.forEach(.none, .none, .none) { triple in
      do throws(EvaluationError) {
        try context.tick(16)
        if other.contains(triple) { return true }
        // As what grows is copied.
        try context.charge(byteCount: 32)
        result.append(EncodedQuad(triple, graph: name))
        return true
      } catch {
        end = error
        return false
      }
    }
    if let end { throw end }
    return result
  }
}
