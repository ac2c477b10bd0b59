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
  private let limits: Limits
  private let deadline: Double?

  init(_ labeler: Labeler, limits: Limits) {
    self.labeler = labeler
    entityLinks = EntityLinks(labeler)
    self.limits = limits
    deadline = limits.seconds.map { monotonicSeconds() + $0 }
  }

  /// All chains of the smallest length, at most `limit`.
  ///
  /// Breadth-first from the source until the target's level: O(facts).
  func shortest(from source: Term, to target: Term) throws(EvaluationError) -> [Chain] {
    let dictionary = labeler.snapshot.dictionary
    guard let source = dictionary.lookup(source), let target = dictionary.lookup(target) else {
      return []
    }
    guard let distances = try distances(to: source, until: target) else { return [] }
    var chains: [Chain] = []
    try extend([], at: target, distances, &chains)
    return chains
  }

  /// All chains of at most `within` facts that meet no entity twice, shortest first, at most `limit`.
  func all(from source: Term, to target: Term, within: Int) throws(EvaluationError) -> [Chain] {
    let dictionary = labeler.snapshot.dictionary
    guard let source = dictionary.lookup(source), let target = dictionary.lookup(target) else {
      return []
    }
    let remaining = try distances(to: target, within: within)
    var chains: [Chain] = []
    for length in stride(from: 1, through: within, by: 1) where chains.count < Self.limit {
      try walk(Walk(at: source, target: target, length: length), remaining, &chains)
    }
    return chains
  }

  // MARK: - Distances

  /// The distance from `origin` of every entity up to the level of `goal`; nil when it cannot be reached.
  private func distances(
    to origin: TermID, until goal: TermID
  ) throws(EvaluationError) -> [TermID: Int]? {
    let found = try distances(to: origin, within: .max, until: goal)
    return found[goal] == nil ? nil : found
  }

  private func distances(
    to origin: TermID, within: Int, until goal: TermID? = nil
  ) throws(EvaluationError) -> [TermID: Int] {
    var distances = [origin: 0]
    var level = [origin]
    var depth = 0
    while !level.isEmpty, depth < within {
      if let goal, distances[goal] != nil { break }
      depth += 1
      var next: [TermID] = []
      for entity in level {
        try poll()
        entityLinks.forEach(of: entity) { link in
          if distances[link.target] == nil {
            distances[link.target] = depth
            next.append(link.target)
          }
        }
      }
      level = next
    }
    return distances
  }

  // MARK: - Chains

  /// Goes back from an entity to the one at distance 0, one level at a time.
  private func extend(
    _ links: [Link], at entity: TermID, _ distances: [TermID: Int], _ chains: inout [Chain]
  ) throws(EvaluationError) {
    try poll()
    guard let distance = distances[entity], chains.count < Self.limit else { return }
    if distance == 0 {
      chains.append(chain(links.reversed()))
      return
    }
    for link in entityLinks.all(of: entity) where distances[link.target] == distance - 1 {
      let towards = Link(triple: link.triple, isForward: !link.isForward)
      try extend(links + [towards], at: link.target, distances, &chains)
    }
  }

  private struct Walk {
    var at: TermID
    var target: TermID
    var length: Int
    var links: [Link] = []
    var met: Set<TermID> = []
  }

  /// Every chain of exactly `walk.length` further facts, cut where the target is too far.
  private func walk(
    _ walk: Walk, _ remaining: [TermID: Int], _ chains: inout [Chain]
  ) throws(EvaluationError) {
    try poll()
    if walk.length == 0 {
      if walk.at == walk.target { chains.append(chain(walk.links)) }
      return
    }
    guard walk.at != walk.target else { return }
    for link in entityLinks.all(of: walk.at) where chains.count < Self.limit {
      guard !walk.met.contains(link.target), link.target != walk.at,
        let distance = remaining[link.target], distance < walk.length
      else { continue }
      var next = walk
      next.met.insert(walk.at)
      next.at = link.target
      next.length -= 1
      next.links.append(link)
      try self.walk(next, remaining, &chains)
    }
  }

  private func chain(_ links: [Link]) -> Chain {
    Chain(
      steps: links.map {
        Chain.Step(fact: labeler.stated($0.triple), isForward: $0.isForward)
      })
  }

  private func poll() throws(EvaluationError) {
    if limits.cancellation?.isRaised == true {
      throw .interrupted(afterSeconds: 0, rowCount: 0)
    }
    if let deadline, let seconds = limits.seconds, monotonicSeconds() > deadline {
      throw .timeLimit(seconds: seconds)
    }
  }
}
