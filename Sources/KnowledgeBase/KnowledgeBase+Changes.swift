import Engine
import RDF
import Sentences

extension KnowledgeBase {
  /// Brings pending facts into the snapshot, as one step of the history. They stay pending when that is cancelled.
  func settle(until cancellation: CancellationFlag? = nil) {
    if pending.isEmpty { return }
    let before = snapshot
    let facts = pending
    guard let after = try? Self.snapshot(before, adding: facts.additions, until: cancellation)
    else { return }
    pending = PendingFacts()
    snapshot = after
    let isKept = facts.additions.count <= History.keptTripleLimit
    history.record(
      History.Step(
        kind: .added, before: before, after: snapshot, delta: isKept ? (facts.additions, []) : nil,
        sentenceEnds: isKept ? facts.sentenceEnds : [facts.additions.count],
        shownFacts: facts.shownFacts, factCount: facts.factCount))
  }

  /// A snapshot with more facts: through a delta for few, through a new base for many.
  static func snapshot(
    _ before: Snapshot, adding additions: [Addition], until cancellation: CancellationFlag?
  ) throws(EvaluationError) -> Snapshot {
    if additions.count < 1000, before.tripleCount > additions.count {
      return before.applying(adding: additions.map { ($0.triple, $0.line) }, removing: [])
    }
    var loader = GraphLoader()
    for addition in additions { loader.append(addition.triple, line: addition.line) }
    return try loader.finish(adding: before) { () throws(EvaluationError) in
      if cancellation?.isRaised ?? false { throw .interrupted(afterSeconds: 0, rowCount: 0) }
    }
  }

  /// Adds facts at once, and says what was added.
  func tell(_ facts: [Fact], lineBase: UInt32?, limits: Limits) throws(EvaluationError) -> Change {
    settle()
    let told = try lowered(facts, lineBase: lineBase, limits: limits)
    let isNews = told.additions.contains { !snapshot.contains($0.triple) }
    if isNews {
      pending = told
      settle()
    }
    return Change(
      isNews ? .added : .knownAlready, facts: try stated(told.shownFacts, labeler, Limits()),
      factCount: told.factCount, newNames: told.newNames)
  }

  /// The facts of a sentence. What they taught about names is forgotten when a limit ends this.
  func lowered(
    _ facts: [Fact], lineBase: UInt32?, limits: Limits
  ) throws(EvaluationError) -> PendingFacts {
    let budget = SearchBudget(snapshot, limits)
    var told = PendingFacts()
    do throws(EvaluationError) {
      for fact in facts {
        try budget.step(64)
        try lower(fact, into: &told, lineBase: lineBase, within: budget)
      }
    } catch {
      settle()
      namesAreStale = true
      throw error
    }
    told.endSentence()
    return told
  }

  private func stated(
    _ facts: [EncodedTriple], _ labeler: Labeler, _ limits: Limits
  ) throws(EvaluationError) -> [StatedFact] {
    let budget = SearchBudget(labeler.snapshot, limits)
    var stated: [StatedFact] = []
    for fact in facts { stated.append(try labeler.stated(fact, within: budget)) }
    return stated
  }

  /// Retracts asserted facts with what is said about them; changes nothing when a limit ends it.
  func retract(_ facts: [EncodedTriple], limits: Limits) throws(EvaluationError) -> Change {
    let labeler = labeler
    let limits = limits.begun()
    let budget = SearchBudget(snapshot, limits)
    let first = Array(facts.prefix(PendingFacts.shownLimit))
    let shown = try stated(first, labeler, limits)
    var removed = facts
    try budget.charge(byteCount: facts.count * MemoryLayout<EncodedTriple>.stride)
    for fact in facts {
      try budget.step(8)
      for reifier in try labeler.reifiers(of: fact, within: budget) {
        try budget.forEach(reifier, .none, .none) { statement throws(EvaluationError) in
          try budget.charge(byteCount: 2 * MemoryLayout<EncodedTriple>.stride)
          removed.append(statement)
          return true
        }
      }
    }
    let before = snapshot
    snapshot = try budget.removing(removed)
    let isKept = removed.count <= History.keptTripleLimit
    adaptNames(added: [], removed: isKept ? removed : nil, until: limits.cancellation)
    history.record(
      History.Step(
        kind: .forgotten, before: before, after: snapshot, delta: isKept ? ([], removed) : nil,
        sentenceEnds: [0], shownFacts: first, factCount: facts.count))
    return Change(.forgotten, facts: shown, factCount: facts.count)
  }

  /// Takes the last change back; nil when there is none. Nothing is taken back when a limit ends it.
  func undo(limits: Limits) throws(EvaluationError) -> Change? {
    settle()
    var history = history
    guard let step = history.undo() else { return nil }
    let change = try report(step, .undone, limits)
    self.history = history
    snapshot = step.before
    adaptNames(
      added: step.delta?.removed, removed: step.delta?.added.map(\.triple),
      until: limits.cancellation)
    return change
  }

  /// Brings the last undone change back; nil when there is none.
  func redo(limits: Limits) throws(EvaluationError) -> Change? {
    settle()
    var history = history
    guard let step = history.redo() else { return nil }
    let change = try report(step, .redone, limits)
    self.history = history
    snapshot = step.after
    adaptNames(
      added: step.delta?.added.map(\.triple), removed: step.delta?.removed,
      until: limits.cancellation)
    return change
  }

  private func report(
    _ step: History.Step, _ kind: Change.Kind, _ limits: Limits
  ) throws(EvaluationError) -> Change {
    let version = step.kind == .added ? step.after : step.before
    let labeler = Labeler(snapshot: version, standard: standard, origins: origins)
    return Change(
      kind, facts: try stated(step.shownFacts, labeler, limits), factCount: step.factCount,
      tripleCounts: step.tripleCounts)
  }

  /// Keeps the names right after a change; nil lists were too long to keep. When this is cancelled, all names are made
  /// anew later.
  func adaptNames(
    added: [EncodedTriple]?, removed: [EncodedTriple]?, until cancellation: CancellationFlag?
  ) {
    guard let added, let removed, !namesAreStale else {
      namesAreStale = true
      return
    }
    unlearn(removed, until: cancellation)
    for triple in added {
      if cancellation?.isRaised == true { break }
      learn(triple)
      learnClaim(triple.object)
    }
    var terms: Set<TermID> = []
    for triple in added + removed {
      if cancellation?.isRaised == true {
        namesAreStale = true
        return
      }
      for id in [triple.subject, triple.predicate, triple.object]
      where terms.insert(id).inserted {
        adaptLocalName(id)
      }
    }
  }
}
