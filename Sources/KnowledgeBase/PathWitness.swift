import Algebra
import Engine
import RDF

/// Finds the triples by which a property path leads from one term to another: a shortest such walk.
///
/// The search is breadth-first over pairs of a term and a state of the path's automaton. O(states · triples) at most.
struct PathWitness {
  private struct Place: Hashable {
    var term: TermID
    var state: UInt32
  }

  /// A place that was reached, with the step that led there.
  private struct Visit {
    var place: Place
    /// The number of the visit that it was reached from; none for the first.
    var origin: UInt32
    var triple: EncodedTriple
  }

  /// About what a visit takes, with the tables that grow.
  private static let visitByteCount = 72

  private let snapshot: Snapshot
  private let automaton: PathAutomaton

  init(_ path: Path, on snapshot: Snapshot) {
    self.snapshot = snapshot
    automaton = PathAutomaton(path, on: snapshot)
  }

  /// The triples of a shortest walk in order; nil when there is none, empty for a walk of no steps.
  func walk(
    from source: TermID, to target: TermID, within budget: SearchBudget
  ) throws(EvaluationError) -> [EncodedTriple]? {
    let start = Place(term: source, state: PathAutomaton.start)
    var visits = [Visit(place: start, origin: 0, triple: EncodedTriple(.none, .none, .none))]
    var seen: Set<Place> = [start]
    defer { budget.release(byteCount: visits.count * Self.visitByteCount) }
    var next = 0
    while next < visits.count {
      let place = visits[next].place
      if place.term == target, automaton.isEnd[Int(place.state)] { return trace(visits, next) }
      for step in automaton.steps[Int(place.state)] {
        let subject = step.isForward ? place.term : .none
        let object = step.isForward ? .none : place.term
        try budget.forEach(subject, step.predicate, object) {
          triple throws(EvaluationError) in
          let reached = Place(
            term: step.isForward ? triple.object : triple.subject, state: step.target)
          guard seen.insert(reached).inserted else { return true }
          try budget.charge(byteCount: Self.visitByteCount)
          visits.append(Visit(place: reached, origin: UInt32(next), triple: triple))
          return true
        }
        try budget.step()
      }
      next += 1
    }
    return nil
  }

  private func trace(_ visits: [Visit], _ last: Int) -> [EncodedTriple] {
    var triples: [EncodedTriple] = []
    var at = last
    while at != 0 {
      triples.append(visits[at].triple)
      at = Int(visits[at].origin)
    }
    return triples.reversed()
  }

  /// The terms that the path leads to, nearest first, as far as about so many steps show; whether those are all.
  func ends(from source: TermID, limit: Int) -> (ids: [TermID], isAll: Bool) {
    var open = [Place(term: source, state: PathAutomaton.start)]
    var seen = Set(open)
    var ids: [TermID] = []
    var listed: Set<TermID> = []
    var next = 0
    while next < open.count {
      let place = open[next]
      next += 1
      if automaton.isEnd[Int(place.state)], listed.insert(place.term).inserted {
        ids.append(place.term)
      }
      let found = successors(of: place, limit: limit)
      for successor in found where seen.insert(successor).inserted { open.append(successor) }
      if found.count >= limit || open.count > limit { return (ids, false) }
    }
    return (ids, true)
  }

  /// Ends once there are so many.
  private func successors(of place: Place, limit: Int) -> [Place] {
    var found: [Place] = []
    for step in automaton.steps[Int(place.state)] {
      if found.count >= limit { break }
      let subject = step.isForward ? place.term : .none
      let object = step.isForward ? .none : place.term
      snapshot.forEach(subject, step.predicate, object) { triple in
        found.append(
          Place(term: step.isForward ? triple.object : triple.subject, state: step.target))
        return found.count < limit
      }
    }
    return found
  }
}
