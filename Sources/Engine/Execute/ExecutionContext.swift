import RDF

/// What all operators of one evaluation share. Used by one thread.
final class ExecutionContext {
  let terms: QueryTerms
  let dataset: Snapshot
  private let limits: Limits
  private let start = Clock.seconds()
  private var byteCount = 0
  private var rowCount = 0
  private var tickCount = 0
  /// When progress is said next, in seconds from the start.
  private var nextReport = 0.5
  /// The rows put into lateral plans, by the plan's seed.
  var seeds: [SeedID: Batch] = [:]
  /// What IRI() resolves against.
  let base: String?
  /// NOW is one instant for the whole query.
  let now = XSDDateTime(
    attoseconds: Int128(Clock.microsecondsSince1970()) * 1_000_000_000_000, offsetMinutes: 0)
  /// The blank nodes that BNODE made for the labels of rows.
  var blankNodes: [RowLabel: TermID] = [:]
  var lastRowNumber: UInt32 = 0

  struct RowLabel: Hashable {
    var row: TermID
    /// UTF-8.
    var label: [UInt8]
  }

  init(_ dataset: Snapshot, _ limits: Limits, base: String? = nil) {
    self.dataset = dataset
    self.limits = limits
    self.base = base
    terms = QueryTerms(dataset.dictionary)
  }

  /// Ends the evaluation when it is cancelled or out of time; called once a batch.
  func poll(rowCount rows: Int) throws(EvaluationError) {
    rowCount += rows
    if let flag = limits.cancellation, flag.isRaised {
      throw .interrupted(afterSeconds: Clock.seconds() - start, rowCount: rowCount)
    }
    if limits.seconds == nil, limits.progress == nil { return }
    let elapsed = Clock.seconds() - start
    if let seconds = limits.seconds, elapsed > seconds { throw .timeLimit(seconds: seconds) }
    guard let progress = limits.progress, elapsed >= nextReport else { return }
    nextReport = elapsed + 0.2
    progress(EvaluationProgress(seconds: elapsed, rowCount: rowCount, byteCount: byteCount))
  }

  /// For loops that may turn long without a row: polls once in a while.
  @inline(__always)
  func tick() throws(EvaluationError) {
    tickCount &+= 1
    if tickCount & 0xffff == 0 { try poll(rowCount: 0) }
  }

  /// Counts memory that an operator holds on to.
  func charge(byteCount bytes: Int) throws(EvaluationError) {
    byteCount += bytes
    if let limit = limits.byteCount, byteCount > limit { throw .memoryLimit(byteCount: limit) }
  }
}
