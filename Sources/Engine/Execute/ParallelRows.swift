import RDF

/// Treats the rows of a source by the operators of a segment: on this thread at first, on several
/// when it lasts. The rows come in the same order either way.
///
/// Source: morsel-driven parallelism (Leis et al., 2014), with threads for as long as it takes.
final class ParallelRows: Operator {
  private var morsels: BatchParts
  /// The operators of this thread, in the context of the evaluation.
  private let own: any Operator
  /// Under which the operators find the rows of a morsel.
  private let seed: SeedID
  /// Makes the operators of a thread.
  private let pipeline: (ExecutionContext) throws(EvaluationError) -> any Operator
  private let context: ExecutionContext
  /// When the first rows came.
  private var start: Double?
  private var pool: MorselPool?
  private var isExhausted = false
  private var isAtWork = false
  /// The morsel that this thread has taken on beside the others.
  private var ownNumber: Int?
  /// For what waits in the pool.
  private var charged = 0

  /// Morsels on their way, for each thread.
  private static let lead = 4

  init(
    _ source: any Operator, own: any Operator, seed: SeedID, _ context: ExecutionContext,
    pipeline: @escaping (ExecutionContext) throws(EvaluationError) -> any Operator
  ) {
    morsels = BatchParts(source, rowCount: context.threads.morselRowCount)
    self.own = own
    self.seed = seed
    self.context = context
    self.pipeline = pipeline
  }

  deinit {
    pool?.finish()
    context.release(byteCount: charged)
  }

  func next() throws(EvaluationError) -> Batch? {
    while true {
      if let pool { return try next(from: pool) }
      if isAtWork {
        if let batch = try own.next() { return batch }
        isAtWork = false
      }
      guard let morsel = try nextMorsel() else { return nil }
      let now = System.seconds()
      if now - (start ?? now) >= context.threads.seconds, let pool = try startThreads() {
        pool.give(morsel)
        self.pool = pool
      } else {
        start = start ?? now
        context.seeds[seed] = morsel
        isAtWork = true
      }
    }
  }

  private func next(from pool: MorselPool) throws(EvaluationError) -> Batch? {
    while true {
      while pool.pendingCount < context.threadCount * Self.lead, let morsel = try nextMorsel() {
        pool.give(morsel)
      }
      if pool.pendingCount == 0 { return nil }
      let held = pool.heldByteCount
      try context.charge(byteCount: held - charged)
      charged = held
      switch try pool.progress() {
      case .batch(let batch): return batch
      case .ended: try context.poll(rowCount: 0)
      case .nothingYet: try help(pool)
      }
    }
  }

  /// A step of this thread's own morsel while the first is not ready, or a wait for that.
  private func help(_ pool: MorselPool) throws(EvaluationError) {
    if ownNumber == nil, let (number, input) = pool.takeIfAny() {
      ownNumber = number
      context.seeds[seed] = input
    }
    guard let number = ownNumber, pool.hasRoom(number) else { return pool.waitForProgress() }
    if let batch = try own.next() {
      if batch.count > 0 { pool.putAtOnce(batch, into: number) }
    } else {
      pool.finish(number, .success(()))
      ownNumber = nil
    }
  }

  private func nextMorsel() throws(EvaluationError) -> Batch? {
    guard !isExhausted, let morsel = try morsels.next() else {
      isExhausted = true
      return nil
    }
    return morsel
  }

  /// nil where none can be had.
  private func startThreads() throws(EvaluationError) -> MorselPool? {
    guard context.threadCount > 1 else { return nil }
    let stop = CancellationFlag()
    var pipelines: [MorselPool.Pipeline] = []
    for _ in 1..<context.threadCount {
      let helper = ExecutionContext(helping: context, stop: stop)
      pipelines.append(MorselPool.Pipeline(context: helper, root: try pipeline(helper)))
    }
    let pool = MorselPool(pipelines, seed: seed, stop: stop)
    return pool.isRunning ? pool : nil
  }
}
