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
    case valueOrder(TermID)
  }

  /// Makes an index of at least `leastCount` triples; calls `poll` until it is there.
  func prepare(
    _ work: Preparation, _ dictionary: TermDictionary, leastCount: Int,
    poll: () throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    guard !isMade(work), tripleCount(work) >= leastCount else { return }
    if begin(work) {
      let task = Unmanaged.passRetained(PreparationTask(set: self, work, dictionary))
      var thread = pthread_t()
      guard pthread_create(&thread, nil, runPreparation, task.toOpaque()) == 0 else {
        task.takeRetainedValue().run()
        return
      }
      pthread_detach(thread)
    }
    while isUnderWay(work) {
      usleep(1000)
      try poll()
    }
  }

  private func tripleCount(_ work: Preparation) -> Int {
    switch work {
    case .order: count
    case .predicateOrder(_, let predicate), .valueOrder(let predicate):
      has(.pos) ? index(.pos).range(predicate).count : 0
    }
  }

  fileprivate func make(_ work: Preparation, _ dictionary: TermDictionary) {
    switch work {
    case .order(let permutation): _ = index(permutation)
    case .predicateOrder(let permutation, let predicate):
      _ = index(permutation, of: predicate, forRows: .infinity)
    case .valueOrder(let predicate): _ = valueOrder(ofObjectsOf: predicate, dictionary)
    }
    end(work)
  }
}

private final class PreparationTask: Sendable {
  private let set: TripleSet
  private let work: TripleSet.Preparation
  private let dictionary: TermDictionary

  init(set: TripleSet, _ work: TripleSet.Preparation, _ dictionary: TermDictionary) {
    self.set = set
    self.work = work
    self.dictionary = dictionary
  }

  func run() { set.make(work, dictionary) }
}

private func runPreparation(_ task: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let task else { return nil }
  Unmanaged<PreparationTask>.fromOpaque(task).takeRetainedValue().run()
  return nil
}
