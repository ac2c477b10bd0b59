import Engine
import RDF
import Sentences

extension KnowledgeBase {
  /// Brings pending facts into the snapshot, as one step of the history.
  func settle() {
    if pending.isEmpty { return }
    let facts = pending
    pending = PendingFacts()
    let before = snapshot
    snapshot = Self.snapshot(before, adding: facts.additions)
    let isKept = facts.additions.count <= History.keptTripleLimit
    history.record(
      History.Step(
        kind: .added, before: before, after: snapshot, delta: isKept ? (facts.additions, []) : nil,
        sentenceEnds: isKept ? facts.sentenceEnds : [facts.additions.count],
        shownFacts: facts.shownFacts, factCount: facts.factCount))
  }

  /// A snapshot with more facts: through a delta for few, through a new base for many.
  static func snapshot(_ before: Snapshot, adding additions: [Addition]) -> Snapshot {
    if additions.count < 1000, before.tripleCount > additions.count {
      return before.applying(adding: additions.map { ($0.triple, $0.line) }, removing: [])
    }
    var loader = GraphLoader()
    for addition in additions { loader.append(addition.triple, line: addition.line) }
    return loader.finish(adding: before)
  }

  /// Adds facts at once, and says what was added.
  func tell(_ facts: [Fact], lineBase: UInt32?) throws(EvaluationError) -> Change {
    settle()
    var told = PendingFacts()
    for fact in facts { try lower(fact, into: &told, lineBase: lineBase) }
    told.endSentence()
    let isNews = told.additions.contains { !snapshot.contains($0.triple) }
    if isNews {
      pending = told
      settle()
    }
    return Change(
      isNews ? .added : .knownAlready, facts: told.shownFacts.map(labeler.stated),
      factCount: told.factCount,
      newNames: told.newNames)
  }

  /// Retracts asserted facts with what is said about them.
  func retract(_ facts: [EncodedTriple]) -> Change {
    let labeler = labeler
    let shown = facts.prefix(PendingFacts.shownLimit).map(labeler.stated)
    var removed = facts
    for fact in facts {
      for reifier in labeler.reifiers(of: fact) {
        snapshot.forEach(reifier, .none, .none) {
          removed.append($0)
          return true
        }
      }
    }
    let before = snapshot
    snapshot = before.applying(adding: [], removing: removed)
    unlearn(removed)
    history.record(
      History.Step(
        kind: .forgotten, before: before, after: snapshot, delta: ([], removed),
        sentenceEnds: [0], shownFacts: Array(facts.prefix(PendingFacts.shownLimit)),
        factCount: facts.count))
    return Change(.forgotten, facts: shown, factCount: facts.count)
  }

  /// Takes the last change back; nil when there is none.
  func undo() -> Change? {
    settle()
    guard let step = history.undo() else { return nil }
    let change = report(step, .undone, in: step.kind == .added ? step.after : step.before)
    snapshot = step.before
    adaptNames(added: step.delta?.removed, removed: step.delta?.added.map(\.triple))
    return change
  }

  /// Brings the last undone change back; nil when there is none.
  func redo() -> Change? {
    settle()
    guard let step = history.redo() else { return nil }
    let change = report(step, .redone, in: step.kind == .added ? step.after : step.before)
    snapshot = step.after
    adaptNames(added: step.delta?.added.map(\.triple), removed: step.delta?.removed)
    return change
  }

  private func report(_ step: History.Step, _ kind: Change.Kind, in version: Snapshot) -> Change {
    let labeler = Labeler(snapshot: version, standard: standard, origins: origins)
    return Change(
      kind, facts: step.shownFacts.map(labeler.stated), factCount: step.factCount,
      tripleCounts: step.tripleCounts)
  }

  /// Keeps the names right after a change; nil lists were too long to keep.
  func adaptNames(added: [EncodedTriple]?, removed: [EncodedTriple]?) {
    guard let added, let removed else {
      namesAreStale = true
      return
    }
    unlearn(removed)
    for triple in added { learn(triple) }
    var terms: Set<TermID> = []
    for triple in added + removed {
      for id in [triple.subject, triple.predicate, triple.object]
      where terms.insert(id).inserted {
        adaptLocalName(id)
      }
    }
  }
}
