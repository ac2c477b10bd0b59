public import Algebra

/// A query asked of one snapshot, as often as one likes: its plan is made the first time and kept.
///
/// One thread at a time may have it evaluated; one that has been given up may still be planning.
public final class PreparedQuery {
  public let query: Query
  let snapshot: Snapshot
  /// Whether its evaluation may recurse deeply.
  let isLarge: Bool
  /// Guarded by the monitor.
  private var plan: QueryPlan?
  private let monitor = Monitor()

  public init(_ query: Query, on snapshot: Snapshot) {
    self.query = query
    self.snapshot = snapshot
    isLarge = query.pattern.isLarge
  }

  deinit {
    if isLarge, let plan = plan.take() { Spent(consume plan).letGo() }
  }

  /// A plan that names terms of the evaluation it was made in serves no other, nor does one of a dataset made for it.
  func plan(_ context: ExecutionContext) throws(EvaluationError) -> QueryPlan {
    if let plan = monitor.locked({ plan }) { return plan }
    let made = try QueryPlan(query, context)
    if query.dataset == nil, !context.terms.hasMadeTerms {
      monitor.locked { plan = made }
    }
    return made
  }
}
