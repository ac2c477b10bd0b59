import RDF

/// Breadth-first searches in a graph of steps, by component once that is worth it.
struct StepSearch {
  private let graph: StepGraph
  /// A bit for each node, or component, that was reached.
  private var reached: [UInt64]
  /// The start, and what was reached in order of arrival.
  private var queue: [Int32]

  /// How many nodes ahead of the search their memory is asked for.
  private static let lookahead = 16

  init(_ graph: StepGraph, _ context: ExecutionContext) throws(EvaluationError) {
    self.graph = graph
    let nodeCount = graph.nodes.count
    try context.charge(byteCount: nodeCount * 4 + nodeCount / 8)
    reached = [UInt64](repeating: 0, count: nodeCount / 64 + 1)
    // The start may stand there twice; one place more is written to before it is known whether it counts.
    queue = [Int32](repeating: 0, count: nodeCount + 2)
  }

  /// The different terms that one step or more lead to from a term, and the term itself where none
  /// may, too. With a goal, that alone, if it is among them.
  mutating func targets(
    from start: TermID, includesStart: Bool, goal: TermID, _ context: ExecutionContext
  ) throws(EvaluationError) -> [TermID] {
    if includesStart, start == goal { return [goal] }
    guard let first = graph.number(of: start) else {
      return includesStart && !goal.isBound ? [start] : []
    }
    let components = try graph.componentsForSearch(context)
    func place(_ number: Int32) -> Int { Int(components?.ofNodes[Int(number)] ?? number) }
    let lists = components?.lists ?? graph.lists
    if goal.isBound {
      guard let last = graph.number(of: goal).map(place) else { return [] }
      let count = try search(lists, from: place(first), includesStart, goal: last, context)
      defer { forget(count) }
      return reached[last >> 6] >> UInt64(last & 63) & 1 == 1 ? [goal] : []
    }
    let count = try search(lists, from: place(first), includesStart, goal: nil, context)
    defer { forget(count) }
    let found = queue[(includesStart ? 0 : 1)..<count]
    guard let components else { return found.map { graph.nodes[Int($0)] } }
    var targets: [TermID] = []
    for component in found {
      targets += UnsafeBufferPointer(rebasing: components.order[components.members(Int(component))])
    }
    return targets
  }

  private mutating func forget(_ count: Int) {
    for node in queue[..<count] { reached[Int(node) >> 6] = 0 }
  }

  /// How much of the queue is in use at the end.
  private mutating func search(
    _ lists: StepLists, from first: Int, _ includesStart: Bool, goal: Int?,
    _ context: ExecutionContext
  ) throws(EvaluationError) -> Int {
    if includesStart { reached[first >> 6] |= 1 &<< UInt64(first & 63) }
    let (count, stepCount) = try Self.search(
      lists, from: first, goal: goal ?? -1, &reached, &queue, context)
    graph.note(searched: stepCount)
    return count
  }

  /// How much of the queue is in use at the end, and how many steps were tried.
  private static func search(
    _ lists: StepLists, from first: Int, goal: Int, _ reached: inout [UInt64],
    _ queue: inout [Int32], _ context: ExecutionContext
  ) throws(EvaluationError) -> (count: Int, stepCount: Int) {
    var reached = reached.mutableSpan
    var queue = queue.mutableSpan
    queue[0] = Int32(truncatingIfNeeded: first)
    var end = 1
    var at = 0
    var stepCount = 0
    while at < end {
      if at + lookahead < end {
        lists.prefetch(stepsFrom: Int(queue[at + lookahead]))
        lists.prefetch(targetsFrom: Int(queue[at + lookahead / 2]))
      }
      let node = Int(queue[at])
      at += 1
      // The start is not searched again where it has been reached.
      if node == first, at > 1 { continue }
      let steps = lists.steps(from: node)
      for step in steps {
        let target = lists.targets[step]
        let word = reached[Int(target) >> 6]
        let bit = UInt64(target & 63)
        queue[end] = target
        end &+= Int(~(word &>> bit) & 1)
        reached[Int(target) >> 6] = word | 1 &<< bit
      }
      stepCount += steps.count
      try context.tick(1 + steps.count)
      if goal >= 0, reached[goal >> 6] >> UInt64(goal & 63) & 1 == 1 { break }
    }
    return (end, stepCount)
  }
}
