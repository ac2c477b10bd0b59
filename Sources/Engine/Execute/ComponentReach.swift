import RDF

/// The strongly connected components of a path's steps, each with all that it reaches, those
/// that are reached first.
///
/// Source: Tarjan, Depth-First Search and Linear Graph Algorithms, 1972; Nuutila, Efficient
/// Transitive Closure Computation in Large Digraphs, 1995.
struct ComponentReach {
  private let context: ExecutionContext
  private let nodes: [TermID]
  /// The steps from node n are `steps[offsets[n]..<offsets[n + 1]]`.
  private let offsets: [Int]
  private let steps: [Int32]
  private let includesStart: Bool
  private var component: [Int32]
  /// The members of component c are `order[starts[c]..<starts[c + 1]]`.
  private var order: [Int32] = []
  private var starts: [Int] = [0]
  private var nextComponent = 0
  /// What component c reaches, itself included where it does, is
  /// `reached[reachedStarts[c]..<reachedStarts[c + 1]]`, as long as there was room for it.
  private var reached: [Int32] = []
  private var reachedStarts = [0]
  /// Components still to be searched.
  private var pending: [Int] = []
  /// The last component whose search came by.
  private var seen: [Int32] = []
  /// What the current component reaches, unless only the number is asked for.
  private(set) var targets: [TermID] = []

  /// Numbers held for components that others reach; beyond them, searches go on step by step.
  private static let heldLimit = 1 << 26

  init(
    _ path: EncodedPath, _ search: PathSearch, _ context: ExecutionContext
  ) throws(EvaluationError) {
    self.context = context
    if case .zeroOrMore = path { includesStart = true } else { includesStart = false }
    (nodes, offsets, steps) = try search.steps(path, includesAll: includesStart)
    component = [Int32](repeating: -1, count: nodes.count)
    try context.charge(byteCount: nodes.count * 32 + steps.count * 4)
    try findComponents()
    seen = [Int32](repeating: -1, count: starts.count)
  }

  /// A component, and how many different terms each member reaches.
  struct Reach {
    var members: Range<Int>
    var targetCount: Int
  }

  /// A member of a component.
  func member(_ place: Int) -> TermID { nodes[Int(order[place])] }

  /// The next component; nil at the end.
  mutating func next(onlyCounting: Bool) throws(EvaluationError) -> Reach? {
    guard nextComponent < starts.count - 1 else { return nil }
    let first = reached.count
    try makeRoom()
    try reach(nextComponent)
    var result = Reach(
      members: starts[nextComponent]..<starts[nextComponent + 1], targetCount: 0)
    nextComponent += 1
    targets.removeAll(keepingCapacity: true)
    for place in first..<reached.count {
      let other = Int(reached[place])
      let part = starts[other]..<starts[other + 1]
      result.targetCount += part.count
      try context.tick(onlyCounting ? 1 : part.count)
      if onlyCounting { continue }
      for node in part { targets.append(member(node)) }
    }
    if reachedStarts.count == nextComponent, first < Self.heldLimit {
      reachedStarts.append(reached.count)
    } else {
      reached.removeLast(reached.count - first)
    }
    return result
  }

  /// For as many components as one may reach.
  private mutating func makeRoom() throws(EvaluationError) {
    let before = reached.capacity
    guard before - reached.count < starts.count else { return }
    let size = max(before * 3 / 2, reached.count + starts.count)
    try context.charge(byteCount: size * 4)
    reached.reserveCapacity(size)
    context.release(byteCount: before * 4)
  }

  /// Appends the components that a component reaches by one step or more, or by none if that
  /// counts, to `reached`.
  private mutating func reach(_ index: Int) throws(EvaluationError) {
    let own = Int32(index)
    pending.append(index)
    var isCyclic = includesStart
    while let next = pending.popLast() {
      for place in starts[next]..<starts[next + 1] {
        let node = Int(order[place])
        for step in offsets[node]..<offsets[node + 1] {
          let other = component[Int(steps[step])]
          if other == own { isCyclic = true }
          if other == own || seen[Int(other)] == own { continue }
          seen[Int(other)] = own
          reached.append(other)
          if Int(other) + 1 < reachedStarts.count {
            try addReached(by: Int(other), own)
          } else {
            pending.append(Int(other))
          }
        }
        try context.tick()
      }
    }
    if isCyclic { reached.append(own) }
  }

  private mutating func addReached(by other: Int, _ own: Int32) throws(EvaluationError) {
    try context.tick(reachedStarts[other + 1] - reachedStarts[other])
    for place in reachedStarts[other]..<reachedStarts[other + 1] {
      let far = reached[place]
      if seen[Int(far)] == own { continue }
      seen[Int(far)] = own
      reached.append(far)
    }
  }

  private mutating func findComponents() throws(EvaluationError) {
    var number = [Int32](repeating: -1, count: nodes.count)
    var low = number
    var counter: Int32 = 0
    var stack: [Int32] = []
    var calls: [(node: Int, next: Int)] = []
    for root in nodes.indices where number[root] < 0 {
      calls.append((root, offsets[root]))
      while let (node, next) = calls.last {
        if number[node] < 0 {
          number[node] = counter
          low[node] = counter
          counter += 1
          stack.append(Int32(node))
          try context.tick()
        }
        if next < offsets[node + 1] {
          calls[calls.count - 1].next += 1
          let target = Int(steps[next])
          if number[target] < 0 {
            calls.append((target, offsets[target]))
          } else if component[target] < 0 {
            low[node] = min(low[node], number[target])
          }
          continue
        }
        calls.removeLast()
        if let parent = calls.last { low[parent.node] = min(low[parent.node], low[node]) }
        if low[node] == number[node] { close(node, &stack) }
      }
    }
  }

  private mutating func close(_ root: Int, _ stack: inout [Int32]) {
    let index = Int32(starts.count - 1)
    while let node = stack.popLast() {
      component[Int(node)] = index
      order.append(node)
      if Int(node) == root { break }
    }
    starts.append(order.count)
  }
}
