import Engine
import RDF

/// Finds chains of facts between two entities, over facts in either direction.
///
/// Names, classes, reifiers and literals are no links: a chain goes from entity to entity.
struct ChainSearch {
  /// The most chains that are listed.
  static let limit = 100

  private typealias Link = EntityLinks.Link

  private let labeler: Labeler
  private let entityLinks: EntityLinks
  private let budget: SearchBudget

  /// About what an entity takes in a table of distances that grows, a link in a list of them, and such a list.
  private static let distanceByteCount = 48
  private static let linkByteCount = 32
  private static let listByteCount = 96

  init(_ labeler: Labeler, limits: Limits) {
    self.labeler = labeler
    budget = SearchBudget(labeler.snapshot, limits)
    entityLinks = EntityLinks(labeler, within: budget)
  }

  /// All chains of the smallest length, at most `limit`; none from an entity to itself.
  ///
  /// Breadth-first from the source until the target is met: O(facts).
  func shortest(from source: Term, to target: Term) throws(EvaluationError) -> [Chain] {
    guard let (source, target) = ends(source, target) else { return [] }
    let distances = try distances(to: source, within: .max, until: target)
    guard let length = distances[target] else { return [] }
    var chains: [Chain] = []
    var facts: [EncodedTriple: StatedFact] = [:]
    try ways(from: target, length: Int(length), distances) { way throws(EvaluationError) in
      chains.append(try chain(way.reversed().map(\.reversed), &facts))
      return chains.count < Self.limit
    }
    return chains
  }

  /// All chains of at most `within` facts that meet no entity twice, shortest first, at most `limit`.
  func all(from source: Term, to target: Term, within: Int) throws(EvaluationError) -> [Chain] {
    guard let (source, target) = ends(source, target) else { return [] }
    let distances = try distances(to: target, within: within)
    guard let least = distances[source] else { return [] }
    var chains: [Chain] = []
    var facts: [EncodedTriple: StatedFact] = [:]
    for length in stride(from: Int(least), through: within, by: 1) {
      let areAll = try ways(from: source, length: length, distances) {
        way throws(EvaluationError) in
        chains.append(try chain(way, &facts))
        return chains.count < Self.limit
      }
      if areAll || chains.count == Self.limit { break }
    }
    return chains
  }

  private func ends(_ source: Term, _ target: Term) -> (TermID, TermID)? {
    let dictionary = labeler.snapshot.dictionary
    guard let source = dictionary.lookup(source), let target = dictionary.lookup(target),
      source != target
    else { return nil }
    return (source, target)
  }

  // MARK: - Distances

  /// The distances from `origin` of the entities that are not farther than `within`, and of no more than it takes to
  /// know that of `goal`.
  private func distances(
    to origin: TermID, within: Int, until goal: TermID? = nil
  ) throws(EvaluationError) -> [TermID: UInt32] {
    var distances: [TermID: UInt32] = [origin: 0]
    var level = [origin]
    var depth: UInt32 = 0
    while !level.isEmpty, depth < within {
      depth += 1
      var next: [TermID] = []
      for entity in level {
        try entityLinks.forEach(of: entity) { link throws(EvaluationError) in
          guard distances[link.target] == nil else { return true }
          try budget.charge(byteCount: Self.distanceByteCount)
          distances[link.target] = depth
          next.append(link.target)
          return link.target != goal
        }
        if next.last == goal, goal != nil { return distances }
        try budget.step()
      }
      level = next
    }
    return distances
  }

  // MARK: - Ways

  /// Hands over every way of exactly `length` links to the entity at distance 0 that meets no entity twice, until `body`
  /// returns false; whether there can be no longer one.
  @discardableResult
  private func ways(
    from start: TermID, length: Int, _ distances: [TermID: UInt32],
    _ body: ([Link]) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) -> Bool {
    var areAll = true
    var way: [Link] = []
    var met: Set<TermID> = [start]
    // By the place on the way: the links that are yet to be tried there, the next one last.
    var open = [try links(of: start, left: length, distances, met, &areAll)]
    while !open.isEmpty {
      try budget.step()
      guard let link = open[open.count - 1].popLast() else {
        open.removeLast()
        budget.release(byteCount: Self.listByteCount)
        if let last = way.popLast() { met.remove(last.target) }
        continue
      }
      budget.release(byteCount: Self.linkByteCount)
      way.append(link)
      if way.count == length {
        guard try body(way) else { return false }
        way.removeLast()
        continue
      }
      met.insert(link.target)
      try budget.charge(byteCount: Self.listByteCount)
      open.append(
        try links(of: link.target, left: length - way.count, distances, met, &areAll))
    }
    return areAll
  }

  /// The links of an entity by which `left` of them can lead to the end, the first one last.
  private func links(
    of entity: TermID, left: Int, _ distances: [TermID: UInt32], _ met: Set<TermID>,
    _ areAll: inout Bool
  ) throws(EvaluationError) -> [Link] {
    var found: [Link] = []
    try entityLinks.forEach(of: entity) { link throws(EvaluationError) in
      guard let distance = distances[link.target], !met.contains(link.target) else { return true }
      if distance >= left {
        areAll = false
      } else if distance > 0 || left == 1 {
        try budget.charge(byteCount: Self.linkByteCount)
        found.append(link)
      }
      return true
    }
    return found.reversed()
  }

  /// `facts` are those of other chains: many have much in common.
  private func chain(
    _ links: [Link], _ facts: inout [EncodedTriple: StatedFact]
  ) throws(EvaluationError) -> Chain {
    try budget.charge(byteCount: links.count * MemoryLayout<Chain.Step>.stride)
    var steps: [Chain.Step] = []
    steps.reserveCapacity(links.count)
    for link in links {
      try budget.step(4)
      if facts[link.triple] == nil {
        facts[link.triple] = try labeler.stated(link.triple, within: budget)
      }
      if let fact = facts[link.triple] {
        steps.append(Chain.Step(fact: fact, isForward: link.isForward))
      }
    }
    return Chain(steps: steps)
  }
}
