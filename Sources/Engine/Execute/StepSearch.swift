import RDF

/// Breadth-first searches in a graph of steps.
struct StepSearch {
  private let graph: StepGraph
  /// A bit for each node that was reached.
  private var reached: [UInt64]
  /// The start, and the nodes reached in order of arrival.
  private var queue: [Int32]

  /// How many nodes ahead of the search their memory is asked for.
  private static let lookahead = 8

  init(_ graph: StepGraph, _ context: ExecutionContext) throws(EvaluationError) {
    self.graph = graph
    let nodeCount = graph.nodes.count
    try context.charge(byteCount: nodeCount * 4 + nodeCount / 8)
    reached = [UInt64](repeating: 0, count: nodeCount / 64 + 1)
    // The start may stand there twice; one place more is written to before it is known whether it counts.
    queue = [Int32](repeating: 0, count: nodeCount + 2)
  }

  /// The different terms that one step or more lead to from a term, and the term itself where none
  /// may, too. `goal`, once found, ends the search.
  mutating func targets(
    from start: TermID, includesStart: Bool, goal: TermID, _ context: ExecutionContext
  ) throws(EvaluationError) -> [TermID] {
    let own = includesStart ? [start] : []
    guard let first = graph.number(of: start), !includesStart || start != goal else { return own }
    let goal = goal.isBound ? graph.number(of: goal) : -1
    guard let goal else { return own }
    if includesStart { reached[Int(first) >> 6] |= 1 &<< UInt64(first & 63) }
    let count = try Self.search(graph, from: first, goal: Int(goal), &reached, &queue, context)
    defer {
      for node in queue[..<count] { reached[Int(node) >> 6] = 0 }
    }
    return queue[(includesStart ? 0 : 1)..<count].map { graph.nodes[Int($0)] }
  }

  /// How much of the queue is in use at the end.
  private static func search(
    _ graph: StepGraph, from first: Int32, goal: Int, _ reached: inout [UInt64],
    _ queue: inout [Int32], _ context: ExecutionContext
  ) throws(EvaluationError) -> Int {
    var reached = reached.mutableSpan
    var queue = queue.mutableSpan
    queue[0] = first
    var end = 1
    var at = 0
    while at < end {
      if at + lookahead < end {
        graph.prefetch(stepsFrom: Int(queue[at + lookahead]))
        graph.prefetch(targetsFrom: Int(queue[at + lookahead / 2]))
      }
      let node = queue[at]
      at += 1
      // The start is not searched again where it has been reached.
      if node == first, at > 1 { continue }
      let steps = graph.steps(from: Int(node))
      for step in steps {
        let target = graph.targets[step]
        let word = reached[Int(target) >> 6]
        let bit = UInt64(target & 63)
        queue[end] = target
        end &+= Int(~(word &>> bit) & 1)
        reached[Int(target) >> 6] = word | 1 &<< bit
      }
      try context.tick(1 + steps.count)
      if goal >= 0, reached[goal >> 6] >> UInt64(goal & 63) & 1 == 1 { break }
    }
    return end
  }
}
