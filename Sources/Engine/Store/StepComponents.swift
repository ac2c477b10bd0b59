import RDF

/// The strongly connected components of a graph, those that are reached first.
///
/// Sendable because nothing changes after `init`. The buffers live as long as the components; see
/// `PermutationIndex` for why they are no arrays.
final class StepComponents: @unchecked Sendable {
  /// All nodes, the members of a component together.
  let order: UnsafeBufferPointer<TermID>
  /// The members of component c are `order[starts[c]..<starts[c + 1]]`.
  private let starts: UnsafeBufferPointer<Int32>
  /// The component of each node.
  let ofNodes: UnsafeBufferPointer<Int32>
  /// The steps between components, some maybe more than once; last to a component itself where one of
  /// its members reaches itself.
  let lists: StepLists

  init(_ graph: StepGraph, _ context: ExecutionContext) throws(EvaluationError) {
    var search = ComponentSearch(graph)
    try search.run(context)
    order = UnsafeBufferPointer(LeadDirectory.kept(search.order))
    starts = UnsafeBufferPointer(LeadDirectory.kept(search.starts))
    ofNodes = UnsafeBufferPointer(LeadDirectory.kept(search.known.map { Int32.max - $0 }))
    lists = StepLists(offsets: search.targetStarts, targets: search.targets)
  }

  deinit {
    order.deallocate()
    starts.deallocate()
    ofNodes.deallocate()
    lists.deallocate()
  }

  var count: Int { starts.count - 1 }

  /// Whether one has several members.
  var hasLarge: Bool { count < order.count }

  @inline(__always)
  func members(_ index: Int) -> Range<Int> {
    hasLarge ? Int(starts[index])..<Int(starts[index + 1]) : index..<index + 1
  }

  /// The other component that all steps lead to; nil where there are none, or several.
  @inline(__always)
  func onlySuccessor(_ index: Int) -> Int? {
    let steps = lists.steps(from: index)
    guard steps.count == 1, lists.targets[steps.lowerBound] != index else { return nil }
    return Int(lists.targets[steps.lowerBound])
  }

  /// Whether a step leads from it to itself.
  @inline(__always)
  func isCyclic(_ index: Int) -> Bool {
    let steps = lists.steps(from: index)
    return !steps.isEmpty && lists.targets[steps.upperBound - 1] == index
  }
}

/// Finds components by a search that goes as deep as it can.
///
/// Source: Tarjan, Depth-First Search and Linear Graph Algorithms, 1972; Pearce, A Space-Efficient
/// Algorithm for Finding Strongly Connected Components, 2016.
private struct ComponentSearch {
  private let graph: StepGraph
  private(set) var order: [TermID] = []
  private(set) var starts: [Int32] = [0]
  private(set) var targets: [Int32] = []
  private(set) var targetStarts: [UInt32] = [0]
  /// Of each node 0 before it is met; then the least number of a node that it leads back to, nodes
  /// being numbered as they are met; `Int32.max - c` in component c.
  private(set) var known: [Int32]
  private var metCount: Int32 = 0
  /// Nodes that are done and whose component is not closed.
  private var waiting: [Int32] = []

  init(_ graph: StepGraph) {
    self.graph = graph
    let nodeCount = graph.nodes.count
    known = [Int32](repeating: 0, count: nodeCount)
    order.reserveCapacity(nodeCount)
    starts.reserveCapacity(nodeCount + 1)
    targetStarts.reserveCapacity(nodeCount + 1)
    targets.reserveCapacity(graph.lists.targets.count)
  }

  /// A node under search: the steps still to be tried, and whether one led to a node met before it.
  private struct Call {
    var node: Int
    var next: Int
    var end: Int
    var leadsBack = false
  }

  mutating func run(_ context: ExecutionContext) throws(EvaluationError) {
    var calls: [Call] = []
    for root in 0..<graph.nodes.count where known[root] == 0 {
      var call = begin(root)
      while true {
        while let target = advance(&call) {
          calls.append(call)
          call = begin(target)
          try context.tick()
        }
        let node = call.node
        waiting.append(Int32(truncatingIfNeeded: node))
        if !call.leadsBack { close(node) }
        guard let caller = calls.popLast() else { break }
        call = caller
        if known[node] < known[call.node] {
          known[call.node] = known[node]
          call.leadsBack = true
        }
      }
    }
  }

  @inline(__always)
  private mutating func begin(_ node: Int) -> Call {
    metCount += 1
    known[node] = metCount
    let steps = graph.lists.steps(from: node)
    return Call(node: node, next: steps.lowerBound, end: steps.upperBound)
  }

  /// The next node that has not been met; notes how far back the steps before lead.
  @inline(__always)
  private mutating func advance(_ call: inout Call) -> Int? {
    let own = known[call.node]
    var least = own
    var found: Int?
    while call.next < call.end {
      let target = Int(graph.lists.targets[call.next])
      call.next += 1
      if known[target] == 0 {
        found = target
        break
      }
      least = min(least, known[target])
    }
    if least < own {
      known[call.node] = least
      call.leadsBack = true
    }
    return found
  }

  /// Makes a component of the last one waiting, which was met first of its members, and of those
  /// before that lead back to it.
  private mutating func close(_ root: Int) {
    let index = Int32(truncatingIfNeeded: starts.count - 1)
    let own = Int32.max - index
    var first = waiting.count - 1
    while first > 0, known[Int(waiting[first - 1])] >= known[root] { first -= 1 }
    for place in first..<waiting.count { known[Int(waiting[place])] = own }
    var isCyclic = false
    var last = own
    for place in first..<waiting.count {
      let member = Int(waiting[place])
      order.append(graph.nodes[member])
      for step in graph.lists.steps(from: member) {
        let target = known[Int(graph.lists.targets[step])]
        if target == own { isCyclic = true }
        if target == own || target == last { continue }
        targets.append(Int32.max - target)
        last = target
      }
    }
    if isCyclic { targets.append(index) }
    metCount -= Int32(truncatingIfNeeded: waiting.count - first)
    waiting.removeLast(waiting.count - first)
    starts.append(Int32(truncatingIfNeeded: order.count))
    targetStarts.append(UInt32(truncatingIfNeeded: targets.count))
  }
}
