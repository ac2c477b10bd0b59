import RDF

/// Breadth-first searches along a path.
final class PathSearch {
  private let graph: Graph
  private let context: ExecutionContext
  private var visited: VisitedSet
  private var stepCount = 0

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
        try context.tick()
        if case .predicate(let predicate) = step {
          let view =
            backwards ? graph.view(.pos, predicate, next) : graph.view(.spo, next, predicate)
          for at in view.range {
            let target = view.index.thirds[at]
            if visited.insert(target), target == goal { return visited.drain() }
          }
        } else {
          for target in try neighbours(step, next, backwards)
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
    let nodes: [TermID]
    if !includesAll, case .predicate(let predicate) = step {
      let view = graph.view(.pos, predicate)
      for at in view.range {
        visited.insert(view.index.seconds[at])
        visited.insert(view.index.thirds[at])
      }
      nodes = visited.drainAscending()
    } else {
      nodes = graph.nodes
    }
    var numbers = [Int32](repeating: -1, count: context.terms.dictionary.count + 1)
    for (number, node) in nodes.enumerated() { numbers[Int(node.rawValue)] = Int32(number) }
    var offsets = [0]
    var targets: [Int32] = []
    offsets.reserveCapacity(nodes.count + 1)
    for node in nodes {
      if case .predicate(let predicate) = step {
        let view = graph.view(.spo, node, predicate)
        for at in view.range { targets.append(numbers[Int(view.index.thirds[at].rawValue)]) }
      } else {
        for target in try neighbours(step, node, false) {
          targets.append(numbers[Int(target.rawValue)])
        }
      }
      offsets.append(targets.count)
      try context.tick()
    }
    return (nodes, offsets, targets)
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

/// A set of terms: a bitmap, and a list to empty it by.
struct VisitedSet {
  private var bits: [UInt64]
  private var members: [TermID] = []
  /// Terms beyond the bitmap: those of the query's overlay.
  private var others: Set<TermID> = []

  init(termCount: Int) {
    bits = [UInt64](repeating: 0, count: termCount / 64 + 1)
  }

  @discardableResult
  mutating func insert(_ id: TermID) -> Bool {
    let word = Int(id.rawValue >> 6)
    guard word < bits.count else {
      let isNew = others.insert(id).inserted
      if isNew { members.append(id) }
      return isNew
    }
    let bit = UInt64(1) << UInt64(id.rawValue & 63)
    if bits[word] & bit != 0 { return false }
    bits[word] |= bit
    members.append(id)
    return true
  }

  var count: Int { members.count }

  subscript(_ place: Int) -> TermID { members[place] }

  /// The members of the bitmap, ascending; the set is empty afterwards.
  mutating func drainAscending() -> [TermID] {
    var result: [TermID] = []
    result.reserveCapacity(members.count)
    for word in bits.indices where bits[word] != 0 {
      var rest = bits[word]
      while rest != 0 {
        result.append(TermID(rawValue: UInt32(word << 6 + rest.trailingZeroBitCount)))
        rest &= rest - 1
      }
      bits[word] = 0
    }
    members = []
    return result
  }

  /// The members in order of arrival; the set is empty afterwards.
  mutating func drain() -> [TermID] {
    for id in members {
      let word = Int(id.rawValue >> 6)
      if word < bits.count { bits[word] = 0 }
    }
    others.removeAll()
    defer { members = [] }
    return members
  }
}
