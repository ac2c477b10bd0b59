import RDF

/// The strongly connected components of a path's steps, each with all that it reaches, those
/// that are reached first.
///
/// Source: Tarjan, Depth-First Search and Linear Graph Algorithms, 1972; Nuutila, Efficient
/// Transitive Closure Computation in Large Digraphs, 1995.
struct ComponentReach {
  private let context: ExecutionContext
  private let components: StepComponents
  private let includesStart: Bool
  private var nextComponent = 0
  /// How many terms a step to each component before leads to: its own, and all that it reaches.
  private var termCounts: [Int32] = []
  /// Where the components that each of them reaches are in `reached`; empty at -1 where they are not
  /// held. Up to the last one that is held.
  private var lists: [Range<Int32>] = []
  private var reached: [Int32] = []
  /// How much of `reached` is in use.
  private var reachedCount = 0
  /// Components still to be searched.
  private var pending: [Int] = []
  /// The last component whose search came by; made when first needed.
  private var seen: [Int32] = []
  /// What the current component reaches, unless only the number is asked for.
  private(set) var targets: [TermID] = []

  /// Numbers held for components that others reach; beyond them, searches go on step by step.
  private static let heldLimit = 1 << 26

  /// How many components ahead of the counting their memory is asked for.
  private static let lookahead = 16

  init(
    _ path: EncodedPath, _ search: PathSearch, _ context: ExecutionContext
  ) throws(EvaluationError) {
    self.context = context
    if case .zeroOrMore = path { includesStart = true } else { includesStart = false }
    let steps = try search.steps(path, includesAll: includesStart)
    components = try steps.components(context)
    try context.charge(byteCount: components.count * 16)
    termCounts.reserveCapacity(components.count)
  }

  /// A component, and how many different terms each member reaches.
  struct Reach {
    var members: Range<Int>
    var targetCount: Int
  }

  /// A member of a component.
  func member(_ place: Int) -> TermID { components.order[place] }

  /// The next component; nil at the end.
  @inline(__always)
  mutating func next(onlyCounting: Bool) throws(EvaluationError) -> Reach? {
    let index = nextComponent
    guard index < components.count else { return nil }
    nextComponent += 1
    let members = components.members(index)
    if onlyCounting, let count = countAlone(index) {
      try context.tick()
      note(count, reachesItself: includesStart)
      return Reach(members: members, targetCount: count)
    }
    let first = reachedCount
    try makeRoom()
    try reach(index)
    var count = reachedCount - first
    if !onlyCounting || components.hasLarge {
      count = try list(first..<reachedCount, onlyCounting: onlyCounting)
    }
    if first < Self.heldLimit {
      while lists.count < index { lists.append(-1 ..< -1) }
      lists.append(Int32(first)..<Int32(reachedCount))
    } else {
      reachedCount = first
    }
    note(count, reachesItself: includesStart || components.isCyclic(index))
    return Reach(members: members, targetCount: count)
  }

  /// A component that does not reach itself has one member.
  @inline(__always)
  private mutating func note(_ targetCount: Int, reachesItself: Bool) {
    termCounts.append(Int32(truncatingIfNeeded: reachesItself ? targetCount : targetCount + 1))
  }

  /// Where the components that one before reaches are in `reached`; nil where they are not held.
  @inline(__always)
  private func places(_ index: Int) -> Range<Int>? {
    guard index < lists.count else { return nil }
    let list = lists[index]
    return list.lowerBound < 0 ? nil : Int(list.lowerBound)..<Int(list.upperBound)
  }

  /// How many terms a component reaches that does not step to itself, where that follows from the
  /// only other that it steps to.
  @inline(__always)
  private func countAlone(_ index: Int) -> Int? {
    if index + Self.lookahead < components.count,
      let other = components.onlySuccessor(index + Self.lookahead)
    {
      termCounts.withUnsafeBufferPointer { prefetch($0.baseAddress?.advanced(by: other)) }
    }
    if components.lists.steps(from: index).isEmpty { return includesStart ? 1 : 0 }
    guard let other = components.onlySuccessor(index) else { return nil }
    return Int(termCounts[other]) + (includesStart ? 1 : 0)
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
    if let other = components.onlySuccessor(index), let places = places(other) {
      // What the other reaches, and that one.
      try copyReached(places)
      if !includesStart, !components.isCyclic(other) { append(Int32(other)) }
      if includesStart { append(own) }
      return
    }
    if seen.isEmpty { seen = [Int32](repeating: -1, count: components.count) }
    pending.append(index)
    while let next = pending.popLast() {
      for step in components.lists.steps(from: next) {
        let other = components.lists.targets[step]
        if other == own || seen[Int(other)] == own { continue }
        seen[Int(other)] = own
        append(other)
        if let places = places(Int(other)) {
          try addReached(places, own)
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

  private mutating func copyReached(_ places: Range<Int>) throws(EvaluationError) {
    try context.tick(places.count)
    let end = reachedCount
    var reached = self.reached.mutableSpan
    for (offset, place) in places.enumerated() { reached[end + offset] = reached[place] }
    reachedCount += places.count
  }

  private mutating func addReached(_ places: Range<Int>, _ own: Int32) throws(EvaluationError) {
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
