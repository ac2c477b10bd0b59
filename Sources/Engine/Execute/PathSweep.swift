import RDF

/// The step of a search by going over all triples of a predicate, where many terms wait to be looked
/// up; those that have led somewhere are left out the next time.
///
/// Source: Beamer, Asanović, Patterson, Direction-Optimizing Breadth-First Search, 2012.
struct PathSweep {
  /// The triples of a predicate, by object.
  private let objects: PermutationIndex.Column
  private let subjects: PermutationIndex.Column
  private let range: Range<Int>
  /// Whether from objects to subjects.
  private let isBackwards: Bool
  /// Where the triples of objects begin that had not been visited; nil before the first time.
  private var rest: [UInt32]?
  /// How many triples the next time is about.
  private(set) var count: Int

  init(_ pos: PermutationIndex, _ predicate: TermID, backwards: Bool) {
    range = pos.range(predicate)
    objects = pos.seconds
    subjects = pos.thirds
    isBackwards = backwards
    count = range.count
  }

  /// Adds what a step leads to from each that is visited and from the start, and maybe more that
  /// steps lead to; whether the goal is among them, which ends it.
  mutating func run(
    _ visited: inout VisitedSet, from start: TermID, goal: TermID, _ context: ExecutionContext
  ) throws(EvaluationError) -> Bool {
    count = 0
    var left: [UInt32] = []
    if let rest {
      for at in rest where try step(Int(at), &visited, start, goal, &left, context).isFound {
        return true
      }
    } else {
      var at = range.lowerBound
      while at < range.upperBound {
        let (end, isFound) = try step(at, &visited, start, goal, &left, context)
        if isFound { return true }
        at = end
      }
    }
    rest = left
    return false
  }

  /// The triples of one object, which begin at a place: where they end, and whether the goal is found.
  @inline(__always)
  private mutating func step(
    _ first: Int, _ visited: inout VisitedSet, _ start: TermID, _ goal: TermID,
    _ left: inout [UInt32], _ context: ExecutionContext
  ) throws(EvaluationError) -> (end: Int, isFound: Bool) {
    let object = objects[first]
    var isVisited = visited.contains(object)
    var at = first
    if isBackwards, isVisited || object == start {
      while at < range.upperBound, objects[at] == object {
        if visited.insert(subjects[at]), subjects[at] == goal { return (at, true) }
        at += 1
      }
    } else if !isBackwards, !isVisited {
      while at < range.upperBound, objects[at] == object {
        if visited.contains(subjects[at]) || subjects[at] == start {
          visited.insert(object)
          if object == goal { return (at, true) }
          isVisited = true
          break
        }
        at += 1
      }
    }
    while at < range.upperBound, objects[at] == object { at += 1 }
    if !isVisited {
      left.append(UInt32(truncatingIfNeeded: first))
      count += at - first
    }
    try context.tick(at - first)
    return (at, false)
  }
}
