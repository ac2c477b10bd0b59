import RDF
import Synchronization

/// What the operators of one evaluation share that one thread runs.
final class ExecutionContext {
  let terms: QueryTerms
  let dataset: Snapshot
  private let limits: Limits
  private let start: Double
  private let usage: Usage
  /// Ends what a helping thread does, whose rows nobody wants any more.
  private let stop: CancellationFlag?
  private var tickCount = 0
  /// When progress is said next, in seconds from the start.
  private lazy var nextReport = limits.progressDelay
  /// The rows put into lateral plans and into the segments of threads, by seed.
  var seeds: [SeedID: Batch] = [:]
  /// The seeds of plans are positive.
  private var lastSegmentSeed: SeedID = 0
  /// What IRI() resolves against.
  let base: String?
  /// NOW is one instant for the whole query.
  let now: XSDDateTime?
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
    start = System.seconds()
    usage = Usage()
    stop = nil
    now = XSDDateTime(
      attoseconds: Int128(System.microsecondsSince1970()) * 1_000_000_000_000, offsetMinutes: 0)
  }

  /// For a thread that runs a part of the same evaluation. It makes no terms.
  init(helping other: ExecutionContext, stop: CancellationFlag) {
    dataset = other.dataset
    var limits = other.limits
    limits.progress = nil
    self.limits = limits
    base = other.base
    terms = other.terms
    start = other.start
    usage = other.usage
    self.stop = stop
    now = other.now
  }

  /// What all threads of an evaluation use.
  private final class Usage: Sendable {
    let rowCount = Atomic(0)
    let byteCount = Atomic(0)
  }

  var threads: ThreadUse { limits.threads }
  var isThorough: Bool { limits.plansThoroughly }

  var threadCount: Int { limits.threads.count ?? System.coreCount }

  func freshSeed() -> SeedID {
    lastSegmentSeed -= 1
    return lastSegmentSeed
  }

  /// Ends the evaluation when it is cancelled or out of time; called once a batch.
  func poll(rowCount rows: Int) throws(EvaluationError) {
    // A load alone leaves the number in the caches of all threads.
    let rowCount =
      rows == 0
      ? usage.rowCount.load(ordering: .relaxed)
      : usage.rowCount.wrappingAdd(rows, ordering: .relaxed).newValue
    if limits.cancellation?.isRaised ?? false || stop?.isRaised ?? false {
      throw .interrupted(afterSeconds: System.seconds() - start, rowCount: rowCount)
    }
    if limits.seconds == nil, limits.progress == nil { return }
    let elapsed = System.seconds() - start
    if let seconds = limits.seconds, elapsed > seconds { throw .timeLimit(seconds: seconds) }
    guard let progress = limits.progress, elapsed >= nextReport else { return }
    nextReport = elapsed + limits.progressInterval
    progress(
      EvaluationProgress(
        seconds: elapsed, rowCount: rowCount,
        byteCount: usage.byteCount.load(ordering: .relaxed), part: part(at: elapsed)))
  }

  /// The pattern that is gone through now: matches taken, matches in all, seconds at its beginning.
  private var scan: (done: Int, total: Int, start: Double)?

  /// Says how far a pattern has come that nothing below it fills.
  func note(scanned done: Int, of total: Int) {
    guard limits.progress != nil, total >= 20 * Batch.size else { return }
    let isSame = scan.map { $0.total == total && $0.done <= done } ?? false
    scan = (done, total, isSame ? scan?.start ?? 0 : System.seconds() - start)
    if done == total { scan = nil }
  }

  private func part(at elapsed: Double) -> EvaluationProgress.Part? {
    scan.map {
      .init(fraction: Double($0.done) / Double($0.total), seconds: elapsed - $0.start)
    }
  }

  /// For loops that may turn long without a row: polls once in a while.
  @inline(__always)
  func tick() throws(EvaluationError) {
    try tick(1)
  }

  /// The same for a step that takes as long as many.
  @inline(__always)
  func tick(_ stepCount: Int) throws(EvaluationError) {
    tickCount &+= stepCount
    if tickCount > 0xffff {
      tickCount = 0
      try poll(rowCount: 0)
    }
  }

  /// Has an index made, if it is not there, which may take long.
  func prepare(_ work: TripleSet.Preparation, of graph: Graph) throws(EvaluationError) {
    try graph.base.prepare(work, terms.dictionary, leastCount: threads.indexCount) {
      () throws(EvaluationError) in try poll(rowCount: 0)
    }
  }

  /// Counts memory that an operator holds on to.
  func charge(byteCount bytes: Int) throws(EvaluationError) {
    let byteCount = usage.byteCount.wrappingAdd(bytes, ordering: .relaxed).newValue
    if let limit = limits.byteCount, byteCount > limit { throw .memoryLimit(byteCount: limit) }
  }

  /// Says that an operator no longer holds so much.
  func release(byteCount bytes: Int) {
    usage.byteCount.subtract(bytes, ordering: .relaxed)
  }
}
