import RDF

/// The strongly connected components of a path's steps, each with all that it reaches, those
/// that are reached first.
///
/// Source: Tarjan, Depth-First Search and Linear Graph Algorithms, 1972; Nuutila, Efficient
/// Transitive Closure Computation in Large Digraphs, 1995.
struct ComponentReach {
  private let context: ExecutionContext
  private let components: Components
  private let includesStart: Bool
  private var nextComponent = 0
  /// What component c reaches, itself included where it does, is
  /// `reached[reachedStarts[c]..<reachedStarts[c + 1]]`, as long as there was room for it.
  private var reached: [Int32] = []
  private var reachedStarts: [Int32] = [0]
  /// How much of `reached` is in use.
  private var reachedCount = 0
  /// Components still to be searched.
  private var pending: [Int] = []
  /// The last component whose search came by.
  private var seen: [Int32]
  /// What the current component reaches, unless only the number is asked for.
  private(set) var targets: [TermID] = []

  /// Numbers held for components that others reach; beyond them, searches go on step by step.
  private static let heldLimit = 1 << 26

  init(
    _ path: EncodedPath, _ search: PathSearch, _ context: ExecutionContext
  ) throws(EvaluationError) {
    self.context = context
    if case .zeroOrMore = path { includesStart = true } else { includesStart = false }
    let (nodes, offsets, steps) = try search.steps(path, includesAll: includesStart)
    try context.charge(byteCount: nodes.count * 32 + steps.count * 8)
    components = try Components(nodes, offsets, steps, context)
    seen = [Int32](repeating: -1, count: components.count)
  }

  /// A component, and how many different terms each member reaches.
  struct Reach {
    var members: Range<Int>
    var targetCount: Int
  }

  /// A member of a component.
  func member(_ place: Int) -> TermID { components.order[place] }

  /// The next component; nil at the end.
  mutating func next(onlyCounting: Bool) throws(EvaluationError) -> Reach? {
    guard nextComponent < components.count else { return nil }
    let first = reachedCount
    try makeRoom()
    try reach(nextComponent)
    var result = Reach(
      members: components.members(nextComponent), targetCount: reachedCount - first)
    nextComponent += 1
    if !onlyCounting || components.hasLarge {
      result.targetCount = try list(first..<reachedCount, onlyCounting: onlyCounting)
    }
    if reachedStarts.count == nextComponent, first < Self.heldLimit {
      reachedStarts.append(Int32(reachedCount))
    } else {
      reachedCount = first
    }
    return result
  }

  /// How many members some of the components reached have; makes them the targets.
  private mutating func list(
    _ places: Range<Int>, onlyCounting: Bool
  ) throws(EvaluationError) -> Int {
    var count = 0
    targets.removeAll(keepingCapacity: true)
    for place in places {
      let part = components.members(Int(reached[place]))
      count += part.count
      try context.tick(onlyCounting ? 1 : part.count)
      if !onlyCounting { targets += components.order[part] }
    }
    return count
  }

  /// For as many components as one may reach.
  private mutating func makeRoom() throws(EvaluationError) {
    let before = reached.count
    guard before - reachedCount < components.count else { return }
    let size = max(before * 3 / 2, reachedCount + components.count)
    try context.charge(byteCount: size * 4)
    reached.reserveCapacity(size)
    reached += repeatElement(0, count: size - before)
    context.release(byteCount: before * 4)
  }

  /// Appends the components that a component reaches by one step or more, or by none if that
  /// counts, to `reached`.
  private mutating func reach(_ index: Int) throws(EvaluationError) {
    let own = Int32(index)
    if let other = components.onlySuccessor(index), Int(other) + 1 < reachedStarts.count {
      // What the other reaches, and that one.
      try copyReached(by: Int(other))
      if !includesStart, !components.isCyclic(Int(other)) { append(other) }
      if includesStart { append(own) }
      return
    }
    pending.append(index)
    while let next = pending.popLast() {
      for step in components.steps(next) {
        let other = components.target(step)
        if other == own || seen[Int(other)] == own { continue }
        seen[Int(other)] = own
        append(other)
        if Int(other) + 1 < reachedStarts.count {
          try addReached(by: Int(other), own)
        } else {
          pending.append(Int(other))
        }
      }
      try context.tick()
    }
    if includesStart || components.isCyclic(index) { append(own) }
  }

  private mutating func append(_ component: Int32) {
    reached[reachedCount] = component
    reachedCount += 1
  }

  private mutating func copyReached(by other: Int) throws(EvaluationError) {
    let places = Int(reachedStarts[other])..<Int(reachedStarts[other + 1])
    try context.tick(places.count)
    let end = reachedCount
    var reached = self.reached.mutableSpan
    for (offset, place) in places.enumerated() { reached[end + offset] = reached[place] }
    reachedCount += places.count
  }

  private mutating func addReached(by other: Int, _ own: Int32) throws(EvaluationError) {
    let places = Int(reachedStarts[other])..<Int(reachedStarts[other + 1])
    try context.tick(places.count)
    reachedCount = Self.extend(&reached, to: reachedCount, by: places, unlessIn: &seen, own)
  }

  /// Adds what stands at some places to the end of a list, and where that is then.
  private static func extend(
    _ list: inout [Int32], to end: Int, by places: Range<Int>, unlessIn seen: inout [Int32],
    _ own: Int32
  ) -> Int {
    var list = list.mutableSpan
    var seen = seen.mutableSpan
    var end = end
    for place in places {
      let far = list[place]
      if seen[Int(far)] == own { continue }
      seen[Int(far)] = own
      list[end] = far
      end += 1
    }
    return end
  }
}

/// The strongly connected components of a graph, those that are reached first.
private struct Components {
  /// All nodes, the members of a component together.
  private(set) var order: [TermID] = []
  /// The members of component c are `order[starts[c]..<starts[c + 1]]`.
  private var starts: [Int32] = [0]
  /// A step from component c leads to each of `targets[targetStarts[c]..<targetStarts[c + 1]]`, to some
  /// maybe more than once; last to c itself where one of its members reaches itself.
  private var targets: [Int32] = []
  private var targetStarts: [Int] = [0]

  var count: Int { starts.count - 1 }

  /// Whether one has several members.
  var hasLarge: Bool { count < order.count }

  func members(_ index: Int) -> Range<Int> { Int(starts[index])..<Int(starts[index + 1]) }

  func steps(_ index: Int) -> Range<Int> { targetStarts[index]..<targetStarts[index + 1] }

  func target(_ step: Int) -> Int32 { targets[step] }

  /// The other component that all steps lead to; nil where there are none, or several.
  func onlySuccessor(_ index: Int) -> Int32? {
    let steps = steps(index)
    guard steps.count == 1, targets[steps.lowerBound] != index else { return nil }
    return targets[steps.lowerBound]
  }

  /// Whether a step leads from it to itself.
  func isCyclic(_ index: Int) -> Bool {
    steps(index).last.map { targets[$0] == index } ?? false
  }

  /// The steps from node n are `steps[offsets[n]..<offsets[n + 1]]`.
  init(
    _ nodes: [TermID], _ offsets: [Int], _ steps: [Int32], _ context: ExecutionContext
  ) throws(EvaluationError) {
    order.reserveCapacity(nodes.count)
    targets.reserveCapacity(steps.count)
    var component = [Int32](repeating: -1, count: nodes.count)
    var number = component
    var low = component
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
        if low[node] == number[node] { close(node, &stack, nodes, offsets, steps, &component) }
      }
    }
  }

  /// Takes a component off the stack, down to the node that was met first.
  private mutating func close(
    _ root: Int, _ stack: inout [Int32], _ nodes: [TermID], _ offsets: [Int], _ steps: [Int32],
    _ component: inout [Int32]
  ) {
    let index = Int32(count)
    var first = stack.count - 1
    while stack[first] != root { first -= 1 }
    for place in first..<stack.count {
      let member = Int(stack[place])
      component[member] = index
      order.append(nodes[member])
    }
    var isCyclic = false
    var last = index
    for place in first..<stack.count {
      let member = Int(stack[place])
      for step in offsets[member]..<offsets[member + 1] {
        let target = component[Int(steps[step])]
        if target == index { isCyclic = true }
        if target == index || target == last { continue }
        targets.append(target)
        last = target
      }
    }
    if isCyclic { targets.append(index) }
    stack.removeLast(stack.count - first)
    starts.append(Int32(order.count))
    targetStarts.append(targets.count)
  }
}
