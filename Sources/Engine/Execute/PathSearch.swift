import RDF

/// Breadth-first searches along a path.
final class PathSearch {
  private let graph: Graph
  private let context: ExecutionContext
  private var visited: VisitedSet
  private var stepCount = 0
  /// The search along a predicate, made when so many terms have been looked up that it is worth it.
  private var numbered: (steps: PredicateSteps, search: StepSearch)?
  private var lookupCount = 0
  private var nextAttempt = 0

  init(_ graph: Graph, _ context: ExecutionContext) {
    self.graph = graph
    self.context = context
    visited = VisitedSet(termCount: context.terms.dictionary.count)
  }

  /// The different terms that a path leads to from a term, forwards or backwards; the term
  /// itself where the path may have no length. A goal, once found, ends the search; others may not be
  /// among what is given then.
  func targets(
    _ path: EncodedPath, from node: TermID, backwards: Bool, goal: TermID = .none
  ) throws(EvaluationError) -> [TermID] {
    switch path {
    case .zeroOrMore(let step):
      return try reached(by: step, from: node, backwards, includesStart: true, goal)
    case .oneOrMore(let step):
      return try reached(by: step, from: node, backwards, includesStart: false, goal)
    default:
      var seen: Set<TermID> = []
      return try neighbours(path, node, backwards).filter { seen.insert($0).inserted }
    }
  }

  private func reached(
    by step: EncodedPath, from node: TermID, _ backwards: Bool, includesStart: Bool, _ goal: TermID
  ) throws(EvaluationError) -> [TermID] {
    if includesStart {
      visited.insert(node)
      if node == goal { return visited.drain() }
    }
    let only = PredicateSteps(step, backwards: backwards)
    var next = node
    var following = visited.count
    var sweep: PathSweep?
    defer { context.release(byteCount: sweep?.byteCount ?? 0) }
    repeat {
      var isFound = false
      if let only {
        try number(only)
        if let found = try numbered?.search.targets(
          from: node, includesStart: includesStart, goal: goal, context)
        {
          _ = visited.drain()
          return found
        }
      }
      let waitingCount = visited.count - following
      if sweep == nil, waitingCount > PathSweep.leastLookupCount {
        sweep = PathSweep(step, backwards: backwards, graph)
      }
      if sweep?.isWorthwhile(forLookups: waitingCount) == true {
        following = visited.count
        isFound = try sweep?.run(&visited, from: node, goal: goal, context) == true
        nextAttempt = 0
      } else {
        lookupCount += 1
        try forEachNeighbour(step, next, backwards) { target in
          if visited.insert(target), target == goal { isFound = true }
        }
      }
      if isFound { return visited.drain() }
      // The start is not to be searched again where it has been reached.
      while following < visited.count, visited[following] == node { following += 1 }
      guard following < visited.count else { return visited.drain() }
      next = visited[following]
      following += 1
    } while true
  }

  /// Makes the search over numbered nodes; there is none where it is not worth making, or does not
  /// fit the memory.
  private func number(_ steps: PredicateSteps) throws(EvaluationError) {
    if let numbered, numbered.steps == steps { return }
    numbered = nil
    guard lookupCount >= nextAttempt, !graph.hasDelta else { return }
    nextAttempt = lookupCount * 2 + 64
    let rowCount = graph.base.isOftenSwept(steps) ? .infinity : Double(lookupCount) * 4
    if graph.base.isWorthMaking(indexOf: steps.predicate, forRows: rowCount) {
      guard try context.prepareIfItFits(.steps(steps), of: graph) else { return }
    }
    if let made = graph.base.graph(of: steps, forRows: rowCount) {
      numbered = (steps, try StepSearch(made, context))
    }
  }

  /// The steps of a repeated path; with all terms of the graph, or with those that have a step or
  /// are reached by one.
  func steps(_ path: EncodedPath, includesAll: Bool) throws(EvaluationError) -> StepGraph {
    guard case .zeroOrMore(let step) = path.repeated else { return StepGraph.empty }
    var ofPredicate: StepGraph?
    let only = PredicateSteps(step, backwards: false)
    if let only, !graph.hasDelta, try context.prepareIfItFits(.steps(only), of: graph) {
      ofPredicate = graph.base.graph(of: only, forRows: .infinity)
    }
    if !includesAll, let ofPredicate { return ofPredicate }
    if !includesAll, let only {
      let view = graph.view(.pos, only.predicate)
      for at in view.range {
        visited.insert(view.index.seconds[at])
        visited.insert(view.index.thirds[at])
      }
    } else {
      try context.prepare(.order(.osp), of: graph)
      for node in graph.nodes { visited.insert(node) }
    }
    let numbers = visited.numbers
    let nodes = numbers.members
    _ = visited.drain()
    if let ofPredicate { return ofPredicate.widened(to: nodes, numbers) }
    var offsets: [UInt32] = [0]
    var targets: [Int32] = []
    // The node that a target was last found from: each target is wanted once.
    var sources = [Int32](repeating: -1, count: nodes.count)
    var charged = 0
    defer { context.release(byteCount: charged) }
    offsets.reserveCapacity(nodes.count + 1)
    for (source, node) in nodes.enumerated() {
      try forEachNeighbour(step, node, false) { target in
        let number = numbers[target]
        if sources[Int(number)] == source { return }
        sources[Int(number)] = Int32(truncatingIfNeeded: source)
        targets.append(number)
      }
      offsets.append(UInt32(truncatingIfNeeded: targets.count))
      if targets.count * 4 > charged + 1 << 20 {
        try context.charge(byteCount: targets.count * 4 - charged)
        charged = targets.count * 4
      }
    }
    return StepGraph(nodes: nodes, numbers: numbers, StepLists(offsets: offsets, targets: targets))
  }

  /// Calls `body` with the terms one step away, with repeats.
  @inline(__always)
  private func forEachNeighbour(
    _ step: EncodedPath, _ node: TermID, _ backwards: Bool, _ body: (TermID) -> Void
  ) throws(EvaluationError) {
    guard case .predicate(let predicate) = step else {
      let found = try neighbours(step, node, backwards)
      try context.tick(1 + found.count)
      return found.forEach(body)
    }
    let view = backwards ? graph.view(.pos, predicate, node) : graph.view(.spo, node, predicate)
    try context.tick(1 + view.range.count)
    for at in view.range { body(view.index.thirds[at]) }
  }

  /// The terms one step away, with repeats.
  private func neighbours(
    _ path: EncodedPath, _ node: TermID, _ backwards: Bool
  ) throws(EvaluationError) -> [TermID] {
    switch path {
    case .predicate(let predicate):
      let view =
        backwards ? graph.view(.pos, predicate, node) : graph.view(.spo, node, predicate)
      return Array(view.index.thirds[view.range])
    case .inverse(let inner): return try neighbours(inner, node, !backwards)
    case .sequence(let a, let b):
      let (first, second) = backwards ? (b, a) : (a, b)
      var seen: Set<TermID> = []
      var result: [TermID] = []
      for middle in try neighbours(first, node, backwards) where seen.insert(middle).inserted {
        result += try neighbours(second, middle, backwards)
        try countStep()
      }
      return result
    case .alternative(let a, let b):
      return try neighbours(a, node, backwards) + neighbours(b, node, backwards)
    case .zeroOrOne(let inner): return try [node] + neighbours(inner, node, backwards)
    case .zeroOrMore(let inner): return try closure(inner, node, backwards, [node])
    case .oneOrMore(let inner): return try closure(inner, node, backwards, [])
    case .negated(let forward, let inverse):
      var result: [TermID] = []
      if !forward.isEmpty || inverse.isEmpty { result += except(forward, node, backwards) }
      if !inverse.isEmpty { result += except(inverse, node, !backwards) }
      return result
    }
  }

  /// A closure inside another path.
  private func closure(
    _ step: EncodedPath, _ node: TermID, _ backwards: Bool, _ start: Set<TermID>
  ) throws(EvaluationError) -> [TermID] {
    var seen = start
    var result = Array(start)
    var pending = [node]
    while let term = pending.popLast() {
      for target in try neighbours(step, term, backwards) where seen.insert(target).inserted {
        result.append(target)
        pending.append(target)
      }
      try countStep()
    }
    return result
  }

  /// A step of a path within a path may visit the whole graph: polls after a few.
  private func countStep() throws(EvaluationError) {
    stepCount &+= 1
    if stepCount & 0xff == 0 { try context.poll(rowCount: 0) }
  }

  private func except(_ predicates: [TermID], _ node: TermID, _ backwards: Bool) -> [TermID] {
    let view = graph.view(backwards ? .osp : .spo, node)
    return view.range.compactMap { at in
      let predicate = backwards ? view.index.thirds[at] : view.index.seconds[at]
      if predicates.contains(predicate) { return nil }
      return backwards ? view.index.seconds[at] : view.index.thirds[at]
    }
  }
}

extension EncodedPath {
  /// A repetition with its shortest form.
  fileprivate var repeated: EncodedPath {
    if case .oneOrMore(let step) = self { .zeroOrMore(step) } else { self }
  }
}
