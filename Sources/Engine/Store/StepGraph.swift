import RDF
import Synchronization

/// The steps of a path as a graph over numbered nodes: those with steps, and those that steps lead
/// to.
///
/// Numbers are dense where ids are not, so that what a search notes of each node is small and near
/// together: 8 bytes a node, 4 a step and a fifth of a byte for each id.
///
/// Sendable because nothing changes after `init`. The buffers live as long as the graph; see
/// `PermutationIndex` for why they are no arrays.
final class StepGraph: @unchecked Sendable {
  /// In the order of their ids.
  let nodes: UnsafeBufferPointer<TermID>
  let lists: StepLists
  private let numbers: TermNumbers
  private let made = AtomicLazyReference<StepComponents>()
  /// Steps that searches have tried.
  private let searchedCount = Atomic(0)

  /// The nodes are ascending, each with a number.
  init(nodes: [TermID], numbers: TermNumbers, _ lists: StepLists) {
    self.nodes = UnsafeBufferPointer(LeadDirectory.kept(nodes))
    self.numbers = numbers
    self.lists = lists
  }

  deinit {
    nodes.deallocate()
    lists.deallocate()
  }

  /// The steps along one predicate, from where its triples lie in `pos`.
  convenience init(of steps: PredicateSteps, from pos: PermutationIndex) {
    let range = pos.range(steps.predicate)
    let objects = PermutationIndex.Column(rebasing: pos.seconds[range])
    let subjects = PermutationIndex.Column(rebasing: pos.thirds[range])
    let numbers = TermNumbers(of: objects, subjects)
    let nodes = numbers.members
    let fromObjects = StepLists(nodes, numbers, starts: objects, ends: subjects)
    guard !steps.isBackwards else {
      self.init(nodes: nodes, numbers: numbers, fromObjects)
      return
    }
    defer { fromObjects.deallocate() }
    self.init(nodes: nodes, numbers: numbers, fromObjects.reversed)
  }

  static let empty = StepGraph(
    nodes: [], numbers: TermNumbers([]), StepLists(offsets: [0], targets: []))

  /// The same steps among more nodes; those of the graph are among them.
  func widened(to all: [TermID], _ numbers: TermNumbers) -> StepGraph {
    var offsets: [UInt32] = [0]
    var targets: [Int32] = []
    offsets.reserveCapacity(all.count + 1)
    targets.reserveCapacity(lists.targets.count)
    var own = 0
    for node in all {
      if own < nodes.count, nodes[own] == node {
        for step in lists.steps(from: own) {
          targets.append(numbers[nodes[Int(lists.targets[step])]])
        }
        own += 1
      }
      offsets.append(UInt32(truncatingIfNeeded: targets.count))
    }
    return StepGraph(nodes: all, numbers: numbers, StepLists(offsets: offsets, targets: targets))
  }

  /// nil for a term without steps that no step leads to.
  func number(of id: TermID) -> Int32? { numbers.number(of: id) }

  /// Made when first asked for; their memory is counted then.
  func components(_ context: ExecutionContext) throws(EvaluationError) -> StepComponents {
    if let made = made.load() { return made }
    // What finding them takes is let go.
    try context.charge(byteCount: componentByteCount * 2)
    defer { context.release(byteCount: componentByteCount) }
    return made.storeIfNil(try StepComponents(self, context))
  }

  private var componentByteCount: Int { nodes.count * 32 + lists.targets.count * 4 }

  /// The components, if searches have tried twice as many steps as there are, so that they would have
  /// paid, and some are large, so that they will.
  func componentsForSearch(_ context: ExecutionContext) throws(EvaluationError) -> StepComponents? {
    if made.load() == nil {
      let isWorthMaking = searchedCount.load(ordering: .relaxed) >= lists.targets.count * 2
      guard isWorthMaking, context.hasRoom(byteCount: componentByteCount * 2) else { return nil }
    }
    let components = try components(context)
    return components.hasLarge ? components : nil
  }

  func note(searched stepCount: Int) {
    _ = searchedCount.wrappingAdd(stepCount, ordering: .relaxed)
  }
}
