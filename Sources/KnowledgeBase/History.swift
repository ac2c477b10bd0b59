import Engine
import RDF

/// The steps that `undo` and `redo` walk.
struct History {
  /// One change, with the graph before and after it; snapshots share what they have in common.
  struct Step {
    var kind: Change.Kind
    var before: Snapshot
    var after: Snapshot
    /// Everything the step added and removed, bookkeeping included; nil when it is too much to keep.
    var delta: (added: [Addition], removed: [EncodedTriple])?
    /// Where each sentence of a script's run of facts ends in `delta.added`; one element for anything else.
    var sentenceEnds: [Int]
    var shownFacts: [EncodedTriple]
    var factCount: Int
    /// For a SPARQL update.
    var tripleCounts: Change.TripleCounts?
  }

  private(set) var done: [Step] = []
  private(set) var undone: [Step] = []

  /// More triples than this are undone as one, and without a list of them.
  static let keptTripleLimit = 100_000

  mutating func record(_ step: Step) {
    done.append(step)
    undone = []
  }

  /// Takes the last sentence's step off; nil when there is none.
  mutating func undo() -> Step? {
    guard let last = done.popLast() else { return nil }
    let (rest, step) = split(last)
    if let rest { done.append(rest) }
    undone.append(step)
    return step
  }

  mutating func redo() -> Step? {
    guard let step = undone.popLast() else { return nil }
    done.append(step)
    return step
  }

  /// Cuts the last sentence of a run of facts into a step of its own.
  private func split(_ step: Step) -> (rest: Step?, last: Step) {
    guard step.sentenceEnds.count > 1, let delta = step.delta else { return (nil, step) }
    var rest = step
    rest.sentenceEnds.removeLast()
    let cut = rest.sentenceEnds.last ?? 0
    rest.delta = (Array(delta.added[..<cut]), [])
    rest.after = step.before.applying(
      adding: delta.added[..<cut].map { ($0.triple, $0.line) }, removing: [])
    let lastTriples = Array(delta.added[cut...])
    var last = step
    last.before = rest.after
    last.delta = (lastTriples, [])
    last.sentenceEnds = [lastTriples.count]
    last.shownFacts = step.shownFacts.filter { fact in
      lastTriples.contains { $0.triple == fact }
    }
    last.factCount = last.shownFacts.count
    return (rest, last)
  }
}
