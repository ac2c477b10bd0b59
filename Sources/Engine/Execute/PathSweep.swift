import RDF

/// The step of a search by going over all triples of its predicates, where many terms wait to be
/// looked up; triples that have led somewhere are left out the next time.
///
/// Source: Beamer, Asanović, Patterson, Direction-Optimizing Breadth-First Search, 2012.
struct PathSweep {
  private let all: [PredicateSteps]
  private let graph: Graph
  private var parts: [Part] = []
  /// How many triples the next time is about.
  private var count: Int
  /// The memory that counts as used until the owner releases it.
  private(set) var byteCount = 0

  /// How many triples are read in the time of one lookup.
  private static let lookupCost = 64
  /// Fewer are not worth it.
  static let leastLookupCount = 64

  /// nil for a step that is not one along a predicate, or along one of several.
  init?(_ step: EncodedPath, backwards: Bool, _ graph: Graph) {
    guard let all = PredicateSteps.all(step, backwards: backwards) else { return nil }
    self.all = all
    self.graph = graph
    count = all.reduce(0) { $0 + graph.count(.none, $1.predicate, .none) }
  }

  func isWorthwhile(forLookups lookupCount: Int) -> Bool {
    lookupCount > max(Self.leastLookupCount, count / Self.lookupCost)
  }

  /// Adds what a step leads to from each that is visited and from the start, and maybe more that
  /// steps lead to; whether the goal is among them, which ends it.
  mutating func run(
    _ visited: inout VisitedSet, from start: TermID, goal: TermID, _ context: ExecutionContext
  ) throws(EvaluationError) -> Bool {
    if parts.isEmpty { parts = all.map { Part($0, graph) } }
    count = 0
    for index in parts.indices {
      if !graph.hasDelta { graph.base.note(swept: parts[index].count, of: all[index]) }
      if try parts[index].run(&visited, start, goal, context) { return true }
      count += parts[index].count
    }
    let before = byteCount
    byteCount = parts.reduce(0) { $0 + $1.byteCount }
    try context.charge(byteCount: byteCount - before)
    return false
  }

  private struct Part {
    /// The triples of a predicate, by object.
    private let view: IndexView
    private let isBackwards: Bool
    /// Where the triples of objects begin that had not been visited; nil before the first time.
    private var rest: [UInt32]?
    /// How many triples the next time is about.
    private(set) var count: Int

    var byteCount: Int { (rest?.capacity ?? 0) * MemoryLayout<UInt32>.stride }

    init(_ steps: PredicateSteps, _ graph: Graph) {
      view = graph.view(.pos, steps.predicate)
      isBackwards = steps.isBackwards
      count = view.count
    }

    mutating func run(
      _ visited: inout VisitedSet, _ start: TermID, _ goal: TermID, _ context: ExecutionContext
    ) throws(EvaluationError) -> Bool {
      count = 0
      var left: [UInt32] = []
      if let rest {
        for at in rest where try step(Int(at), &visited, start, goal, &left, context).isFound {
          return true
        }
      } else {
        var at = view.range.lowerBound
        while at < view.range.upperBound {
          let (end, isFound) = try step(at, &visited, start, goal, &left, context)
          if isFound { return true }
          at = end
        }
      }
      rest = left
      return false
    }

    /// The triples of one object, which begin at a place: where they end, and whether the goal is
    /// found.
    @inline(__always)
    private mutating func step(
      _ first: Int, _ visited: inout VisitedSet, _ start: TermID, _ goal: TermID,
      _ left: inout [UInt32], _ context: ExecutionContext
    ) throws(EvaluationError) -> (end: Int, isFound: Bool) {
      let objects = view.index.seconds
      let subjects = view.index.thirds
      let end = view.range.upperBound
      let object = objects[first]
      var isVisited = visited.contains(object)
      var at = first
      if isBackwards, isVisited || object == start {
        while at < end, objects[at] == object {
          if visited.insert(subjects[at]), subjects[at] == goal { return (at, true) }
          at += 1
        }
      } else if !isBackwards, !isVisited {
        while at < end, objects[at] == object {
          if visited.contains(subjects[at]) || subjects[at] == start {
            visited.insert(object)
            if object == goal { return (at, true) }
            isVisited = true
            break
          }
          at += 1
        }
      }
      while at < end, objects[at] == object { at += 1 }
      if !isVisited {
        left.append(UInt32(truncatingIfNeeded: first))
        count += at - first
      }
      try context.tick(at - first)
      return (at, false)
    }
  }
}
