import Algebra
import Engine
import RDF

/// Finds the triples by which a property path leads from one term to another: a shortest such walk.
///
/// The path becomes a nondeterministic automaton whose moves are steps over triples; the search is
/// breadth-first over pairs of a term and a state. O(states · triples) at most.
struct PathWitness {
  private struct Move {
    /// nil is a move that takes no step.
    var predicate: TermID?
    var isForward: Bool
    var target: Int
  }

  private struct Place: Hashable {
    var term: TermID
    var state: Int
  }

  private let snapshot: Snapshot
  private var moves: [[Move]] = []
  private var start = 0
  private var end = 0

  init(_ path: Path, on snapshot: Snapshot) {
    self.snapshot = snapshot
    start = newState()
    end = newState()
    connect(path, start, end, isForward: true)
  }

  /// The triples of a shortest walk in order; nil when there is none, empty for a walk of no steps.
  func walk(from source: TermID, to target: TermID) -> [EncodedTriple]? {
    let goal = Place(term: target, state: end)
    var cameFrom: [Place: (place: Place, triple: EncodedTriple?)] = [:]
    var open = [Place(term: source, state: start)]
    var seen = Set(open)
    var next = 0
    while next < open.count {
      let place = open[next]
      next += 1
      if place == goal { return trace(cameFrom, goal) }
      for (successor, triple) in successors(of: place) where seen.insert(successor).inserted {
        cameFrom[successor] = (place, triple)
        open.append(successor)
      }
    }
    return nil
  }

  /// The terms that the path leads to, nearest first, as far as about so many steps show; whether those are all.
  func ends(from source: TermID, limit: Int) -> (ids: [TermID], isAll: Bool) {
    var open = [Place(term: source, state: start)]
    var seen = Set(open)
    var ids: [TermID] = []
    var next = 0
    while next < open.count {
      let place = open[next]
      next += 1
      if place.state == end { ids.append(place.term) }
      let found = successors(of: place, limit: limit)
      for (successor, _) in found where seen.insert(successor).inserted { open.append(successor) }
      if found.count >= limit || open.count > limit { return (ids, false) }
    }
    return (ids, true)
  }

  /// Ends once there are so many.
  private func successors(of place: Place, limit: Int = .max) -> [(Place, EncodedTriple?)] {
    var found: [(Place, EncodedTriple?)] = []
    for move in moves[place.state] {
      guard let predicate = move.predicate else {
        found.append((Place(term: place.term, state: move.target), nil))
        continue
      }
      let subject = move.isForward ? place.term : .none
      let object = move.isForward ? .none : place.term
      snapshot.forEach(subject, predicate, object) { triple in
        let reached = move.isForward ? triple.object : triple.subject
        found.append((Place(term: reached, state: move.target), triple))
        return found.count < limit
      }
    }
    return found
  }

  private func trace(
    _ cameFrom: [Place: (place: Place, triple: EncodedTriple?)], _ goal: Place
  ) -> [EncodedTriple] {
    var triples: [EncodedTriple] = []
    var place = goal
    while let step = cameFrom[place] {
      if let triple = step.triple { triples.append(triple) }
      place = step.place
    }
    return triples.reversed()
  }

  // MARK: - Automaton

  private mutating func newState() -> Int {
    moves.append([])
    return moves.count - 1
  }

  private mutating func connect(_ path: Path, _ from: Int, _ to: Int, isForward: Bool) {
    switch path {
    case .predicate(let predicate):
      if let id = snapshot.dictionary.lookup(predicate) {
        moves[from].append(Move(predicate: id, isForward: isForward, target: to))
      }
    case .inverse(let inner): connect(inner, from, to, isForward: !isForward)
    case .sequence(let first, let second):
      let middle = newState()
      connect(isForward ? first : second, from, middle, isForward: isForward)
      connect(isForward ? second : first, middle, to, isForward: isForward)
    case .alternative(let first, let second):
      connect(first, from, to, isForward: isForward)
      connect(second, from, to, isForward: isForward)
    case .zeroOrOne(let inner):
      skip(from, to)
      connect(inner, from, to, isForward: isForward)
    case .oneOrMore(let inner): loop(inner, from, to, isForward: isForward)
    case .zeroOrMore(let inner):
      skip(from, to)
      loop(inner, from, to, isForward: isForward)
    case .negated(let forward, let inverse):
      connectNegated(isForward ? forward : inverse, from, to, isForward: true)
      connectNegated(isForward ? inverse : forward, from, to, isForward: false)
    }
  }

  private mutating func loop(_ path: Path, _ from: Int, _ to: Int, isForward: Bool) {
    let entry = newState()
    let exit = newState()
    skip(from, entry)
    connect(path, entry, exit, isForward: isForward)
    skip(exit, entry)
    skip(exit, to)
  }

  private mutating func skip(_ from: Int, _ to: Int) {
    moves[from].append(Move(predicate: nil, isForward: true, target: to))
  }

  private mutating func connectNegated(
    _ excluded: [Term], _ from: Int, _ to: Int, isForward: Bool
  ) {
    guard !excluded.isEmpty else { return }
    let ids = Set(excluded.compactMap(snapshot.dictionary.lookup))
    for predicate in snapshot.predicates where !ids.contains(predicate) {
      moves[from].append(Move(predicate: predicate, isForward: isForward, target: to))
    }
  }
}
