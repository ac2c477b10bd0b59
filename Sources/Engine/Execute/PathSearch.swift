import RDF

/// Breadth-first searches along a path.
final class PathSearch {
  private let graph: Graph
  private let context: ExecutionContext
  private var visited: VisitedSet
  private var stepCount = 0
  /// What the last step was looked up in, and the view that its list lives in.
  private var steps: Steps?
  private var lastView: IndexView?

  private struct Steps {
    var predicate: TermID
    var isBackwards: Bool
    /// nil until there are so many steps that it is worth making.
    var index: PermutationIndex?
    var nextRowCount: Int
  }

  init(_ graph: Graph, _ context: ExecutionContext) {
    self.graph = graph
    self.context = context
    visited = VisitedSet(termCount: context.terms.dictionary.count)
  }

  /// The different terms that a path leads to from a term, forwards or backwards; the term
  /// itself where the path may have no length. `goal`, once found, ends the search.
  func targets(
    _ path: EncodedPath, from node: TermID, backwards: Bool, goal: TermID = .none
  ) throws(EvaluationError) -> [TermID] {
    switch path {
    case .zeroOrMore(let step), .oneOrMore(let step):
      if case .zeroOrMore = path {
        visited.insert(node)
        if node == goal { return visited.drain() }
      }
      var next = node
      var following = visited.count
      repeat {
        if case .predicate(let predicate) = step {
          let targets = list(predicate, next, backwards, rowCount: visited.count * 4)
          try context.tick(1 + targets.count)
          for target in targets
          where visited.insert(target) && target == goal {
            return visited.drain()
          }
        } else {
          let targets = try neighbours(step, next, backwards)
          try context.tick(1 + targets.count)
          for target in targets
          where visited.insert(target) && target == goal {
            return visited.drain()
          }
        }
        // The start is not to be searched again where it has been reached.
        while following < visited.count, visited[following] == node { following += 1 }
        guard following < visited.count else { return visited.drain() }
        next = visited[following]
        following += 1
      } while true
    default:
      var seen: Set<TermID> = []
      return try neighbours(path, node, backwards).filter { seen.insert($0).inserted }
    }
  }

  /// The steps of a repeated path as a graph over numbered nodes; with all terms of the graph, or
  /// with those that have a step or are reached by one.
  func steps(
    _ path: EncodedPath, includesAll: Bool
  ) throws(EvaluationError) -> (nodes: [TermID], offsets: [Int], targets: [Int32]) {
    guard case .zeroOrMore(let step) = path.repeated else { return ([], [0], []) }
    if !includesAll, case .predicate(let predicate) = step {
      let view = graph.view(.pos, predicate)
      for at in view.range {
        visited.insert(view.index.seconds[at])
        visited.insert(view.index.thirds[at])
      }
    } else {
      try context.prepare(.order(.osp), of: graph)
      for node in graph.nodes { visited.insert(node) }
    }
    let numbers = visited.numbers
    let nodes = visited.drainAscending()
    var offsets = [0]
    var targets: [Int32] = []
    // The node that a target was last found from: each target is wanted once.
    var sources = [Int32](repeating: -1, count: nodes.count)
    var charged = 0
    defer { context.release(byteCount: charged) }
    offsets.reserveCapacity(nodes.count + 1)
    for node in nodes {
      if case .predicate(let predicate) = step {
        for target in list(predicate, node, false, rowCount: nodes.count) {
          targets.append(numbers[target])
        }
      } else {
        let found = try neighbours(step, node, false)
        try context.tick(found.count)
        let source = Int32(truncatingIfNeeded: offsets.count)
        for target in found {
          let number = numbers[target]
          if sources[Int(number)] == source { continue }
          sources[Int(number)] = source
          targets.append(number)
        }
      }
      try context.tick(1 + targets.count - (offsets.last ?? 0))
      offsets.append(targets.count)
      if targets.count * 4 > charged + 1 << 20 {
        try context.charge(byteCount: targets.count * 4 - charged)
        charged = targets.count * 4
      }
    }
    return (nodes, offsets, targets)
  }

  /// The terms one step of a predicate away, as they lie in an index until the next step. Many
  /// steps are looked up in an index of the predicate alone.
  @inline(__always)
  private func list(
    _ predicate: TermID, _ node: TermID, _ backwards: Bool, rowCount: Int
  ) -> SortedList {
    if let own = steps, own.predicate == predicate, own.isBackwards == backwards {
      if let index = own.index { return SortedList(rebasing: index.thirds[index.range(node)]) }
      if rowCount < own.nextRowCount { return looked(up: predicate, node, backwards) }
    }
    steps = Steps(
      predicate: predicate, isBackwards: backwards,
      index: index(of: predicate, backwards, rowCount: rowCount), nextRowCount: rowCount * 2 + 256)
    return list(predicate, node, backwards, rowCount: rowCount)
  }

  /// nil where there is none, and none is worth making or fits the memory.
  private func index(
    of predicate: TermID, _ backwards: Bool, rowCount: Int
  ) -> PermutationIndex? {
    if graph.hasDelta { return nil }
    let permutation = backwards ? Permutation.ops : .spo
    let rowCount = Double(rowCount)
    if graph.base.isWorthMaking(indexOf: predicate, forRows: rowCount),
      !context.admits(.predicateOrder(permutation, predicate), of: graph)
    {
      return nil
    }
    return graph.base.index(permutation, of: predicate, forRows: rowCount)
  }

  private func looked(up predicate: TermID, _ node: TermID, _ backwards: Bool) -> SortedList {
    let view = backwards ? graph.view(.pos, predicate, node) : graph.view(.spo, node, predicate)
    lastView = view
    return SortedList(rebasing: view.index.thirds[view.range])
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
