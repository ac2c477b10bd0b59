import Glibc
import RDF

/// Indexes that take long to make are made by a thread of their own, so that a question that waits
/// for one can be ended meanwhile. The next question finds it, or waits on.
extension TripleSet {
  /// What is made when first wanted.
  enum Preparation: Hashable, Sendable {
    case order(Permutation)
    /// The triples of one predicate.
    case predicateOrder(Permutation, TermID)
    /// The same as a graph of steps.
    case steps(PredicateSteps)
    case valueOrder(TermID)
  }

  /// Makes an index of at least `leastCount` triples; calls `poll` until it is there.
  func prepare(
    _ work: Preparation, _ dictionary: TermDictionary, leastCount: Int,
    poll: () throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    guard !isMade(work), tripleCount(work) >= leastCount else { return }
    if begin(work) {
      guard DetachedThread.start({ self.make(work, dictionary) }) else {
        make(work, dictionary)
        return
      }
    }
    while isUnderWay(work) {
      usleep(1000)
      try poll()
    }
  }

  /// About what an index takes while it is made, and afterwards.
  func byteCount(of work: Preparation) -> Int {
    switch work {
    case .order(let permutation):
      count * (permutation.isMadeByCounting ? 8 : 40) + Int(maximumID) * 8
    case .predicateOrder, .steps: tripleCount(work) * 16 + Int(maximumID) / 2
    case .valueOrder(let predicate): (statistics.perPredicate[predicate]?.objects ?? 0) * 48
    }
  }

  private func tripleCount(_ work: Preparation) -> Int {
    switch work {
    case .order: count
    case .predicateOrder(_, let predicate), .valueOrder(let predicate): tripleCount(predicate)
    case .steps(let steps): tripleCount(steps.predicate)
    }
  }

  private func tripleCount(_ predicate: TermID) -> Int {
    has(.pos) ? index(.pos).range(predicate).count : 0
  }

  private func make(_ work: Preparation, _ dictionary: TermDictionary) {
    switch work {
    case .order(let permutation): _ = index(permutation)
    case .predicateOrder(let permutation, let predicate):
      _ = index(permutation, of: predicate, forRows: .infinity)
    case .steps(let steps): _ = graph(of: steps, forRows: .infinity)
    case .valueOrder(let predicate): _ = valueOrder(ofObjectsOf: predicate, dictionary)
    }
    end(work)
  }
}
