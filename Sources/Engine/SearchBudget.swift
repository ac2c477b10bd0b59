public import RDF

/// What a search beside queries may still use of a question's limits: it polls and charges as their operators do.
///
/// Used by one thread. Several budgets of one question share its seconds where the limits are `begun`.
public final class SearchBudget {
  private let snapshot: Snapshot
  private let context: ExecutionContext
  /// Until the next poll; the first step polls.
  private var stepsLeft = 0

  private static let pollInterval = 1 << 14

  public init(_ snapshot: Snapshot, _ limits: Limits) {
    self.snapshot = snapshot
    context = ExecutionContext(snapshot, limits)
  }

  /// Ends the search when it is cancelled or out of time; for each step of a search. `count` says how many triples could
  /// be looked at meanwhile.
  public func step(_ count: Int = 1) throws(EvaluationError) {
    stepsLeft -= count
    if stepsLeft < 0 { try pollAgain() }
  }

  private func pollAgain() throws(EvaluationError) {
    stepsLeft = Self.pollInterval
    try context.poll(rowCount: 0)
  }

  /// Counts memory that the search holds on to.
  public func charge(byteCount: Int) throws(EvaluationError) {
    try context.charge(byteCount: byteCount)
  }

  /// Says that the search no longer holds so much.
  public func release(byteCount: Int) { context.release(byteCount: byteCount) }

  /// Calls `body` with the matching triples in the order of an index, until it returns false.
  public func forEach(
    _ s: TermID, _ p: TermID, _ o: TermID,
    _ body: (EncodedTriple) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) {
    try prepare(s, p, o)
    var failure: EvaluationError?
    snapshot.forEach(s, p, o) { triple in
      do throws(EvaluationError) {
        try step()
        return try body(triple)
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
  }

  /// Sorts as `sort(by:)` does.
  public func sort<Item>(
    _ items: inout [Item], by precedes: (Item, Item) -> Bool
  ) throws(EvaluationError) {
    try step()
    try items.sort(context, by: precedes)
  }

  /// Has the index made that finds what points to a term, which may take long.
  private func prepare(_ s: TermID, _ p: TermID, _ o: TermID) throws(EvaluationError) {
    if o.isBound, !p.isBound { try context.prepare(.order(.osp), of: snapshot.graph) }
  }

  /// Keeps a triple unless it is there.
  public func add(
    _ triple: EncodedTriple, to found: inout TripleCollector
  ) throws(EvaluationError) {
    try found.add(triple, context)
  }

  /// The triples kept.
  public func triples(of found: consuming TripleCollector) throws(EvaluationError)
    -> [EncodedTriple]
  {
    try found.finish(context)
  }

  /// The snapshot without some triples of the default graph.
  public func removing(_ triples: [EncodedTriple]) throws(EvaluationError) -> Snapshot {
    let old = snapshot
    let count = old.graph.copiedCount(changing: triples.count)
    return try context.aside(tripleCount: count) { old.applying(adding: [], removing: triples) }
  }
}
