import Algebra
import RDF
import Synchronization

/// What the operators of one evaluation share that one thread runs.
final class ExecutionContext {
  let terms: QueryTerms
  private(set) var dataset: Snapshot
  private let limits: Limits
  private let start: Double
  private let usage: Usage
  /// Ends what a helping thread does, whose rows nobody wants any more.
  private let stop: CancellationFlag?
  private var tickCount = 0
  /// When progress is said next, in seconds from the start.
  private lazy var nextReport = limits.progressDelay
  /// For the terms that the evaluation has made.
  private var chargedTerms = 0
  /// What the operators of this thread hold.
  private var operatorByteCount = 0
  /// The rows put into lateral plans and into the segments of threads, by seed.
  var seeds: [SeedID: Batch] = [:]
  /// The seeds of plans are positive.
  private var lastSegmentSeed: SeedID = 0
  /// What IRI() resolves against.
  let base: String?
  /// NOW is one instant for the whole query.
  let now: XSDDateTime?
  /// The rows and labels that BNODE has made blank nodes for, in this order.
  private lazy var labelledRows = RowTable(width: 2)
  private var blankNodes: [TermID] = []
  var lastRowNumber: UInt32 = 0

  init(_ dataset: Snapshot, _ limits: Limits, base: String? = nil) {
    self.dataset = dataset
    self.limits = limits
    self.base = base
    terms = QueryTerms(dataset.dictionary)
    start = limits.start ?? System.seconds()
    usage = Usage(byteCount: limits.readByteCount)
    stop = nil
    now = XSDDateTime(
      attoseconds: Int128(System.microsecondsSince1970()) * 1_000_000_000_000, offsetMinutes: 0)
  }

  /// For a part of a request that `other` has begun.
  init(_ dataset: Snapshot, continuing other: ExecutionContext, base: String?) {
    self.dataset = dataset
    limits = other.limits
    self.base = base
    terms = QueryTerms(dataset.dictionary)
    start = other.start
    usage = other.usage
    stop = nil
    now = other.now
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
    let byteCount: Atomic<Int>
    let isGivenUp = Atomic(false)

    init(byteCount: Int) { self.byteCount = Atomic(byteCount) }
  }

  var threads: ThreadUse { limits.threads }
  var isMemoryLimited: Bool { limits.byteCount != nil }
  var isThorough: Bool { limits.plansThoroughly }

  var threadCount: Int { limits.threads.count ?? System.coreCount }

  /// The blank node that is one for a row and a label.
  func blankNode(row: TermID, label: TermID) throws(EvaluationError) -> TermID {
    let number = try labelledRows.numbers(of: [[row], [label]], count: 1, self)[0]
    if number == blankNodes.count {
      try blankNodes.makeRoom(for: 1, self)
      blankNodes.append(try terms.freshBlankNode())
      try charge(byteCount: 8)
    }
    return blankNodes[number]
  }

  func freshSeed() -> SeedID {
    lastSegmentSeed -= 1
    return lastSegmentSeed
  }

  /// Ends the evaluation when it is cancelled or out of time, or has made too many terms; called once a batch.
  func poll(rowCount rows: Int) throws(EvaluationError) {
    if stop == nil { try chargeTerms() }
    try pollFlags(rowCount: rows)
  }

  private func pollFlags(rowCount rows: Int) throws(EvaluationError) {
    // A load alone leaves the number in the caches of all threads.
    let rowCount =
      rows == 0
      ? usage.rowCount.load(ordering: .relaxed)
      : usage.rowCount.wrappingAdd(rows, ordering: .relaxed).newValue
    if limits.cancellation?.isRaised ?? false || stop?.isRaised ?? false
      || usage.isGivenUp.load(ordering: .relaxed)
    {
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

  /// Throws what has ended the evaluation by now; then the threads at it end, too. For any thread.
  func giveUpIfEnded() throws(EvaluationError) {
    let elapsed = System.seconds() - start
    let isCancelled = limits.cancellation?.isRaised ?? false
    let isLate = limits.seconds.map { elapsed > $0 } ?? false
    guard isCancelled || isLate else { return }
    // The flag may be lowered before they look at it.
    usage.isGivenUp.store(true, ordering: .relaxed)
    if isLate, !isCancelled { throw .timeLimit(seconds: limits.seconds ?? elapsed) }
    throw .interrupted(
      afterSeconds: elapsed, rowCount: usage.rowCount.load(ordering: .relaxed))
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

  /// Puts the dataset in the place of the one that a query names.
  func restrict(to clause: DatasetClause) throws(EvaluationError) {
    let whole = dataset
    let graphs = clause.defaultGraphs.compactMap { term in
      dataset.dictionary.lookup(term).flatMap { dataset.namedGraphs[$0] }
    }
    let copied = Graph.copiedCount(merging: graphs)
    dataset = try aside(tripleCount: copied) { whole.restricted(to: clause) }
  }

  /// Runs what makes a graph of so many triples anew, and counts the memory that this takes.
  func aside<R: Sendable>(
    tripleCount: Int, _ work: @escaping @Sendable () -> R
  ) throws(EvaluationError) -> R {
    // Those that are sorted, where they are sorted to, and two orders of them.
    try charge(byteCount: tripleCount * 64)
    defer { release(byteCount: tripleCount * 44) }
    return try aside(isLong: tripleCount * 4 >= threads.indexCount, work)
  }

  /// Texts up to so many bytes are gone through in less than a millisecond.
  static let quickByteCount = 1 << 20

  /// Runs what goes once through a text of so many bytes. It may be what makes a term: those are counted later.
  func aside<R: Sendable>(
    textOf byteCount: Int, _ work: @escaping @Sendable () -> R
  ) throws(EvaluationError) -> R {
    try aside(isLong: byteCount > Self.quickByteCount, work)
  }

  /// The text that some bytes are.
  func string(_ bytes: [UInt8]) throws(EvaluationError) -> String {
    try aside(textOf: bytes.count) { String(decoding: bytes, as: UTF8.self) }
  }

  /// Texts of so many bytes together, as one.
  func joined(_ texts: [String], byteCount: Int) throws(EvaluationError) -> String {
    if byteCount <= Self.quickByteCount { return texts.joined() }
    return try aside(textOf: byteCount) { texts.joined() }
  }

  /// Runs what cannot be ended midway; where it takes long, nobody waits for it who is to end.
  private func aside<R: Sendable>(
    isLong: Bool, _ work: @escaping @Sendable () -> R
  ) throws(EvaluationError) -> R {
    guard isLong else { return work() }
    return try DetachedThread.result(of: work) { () throws(EvaluationError) in
      try pollFlags(rowCount: 0)
    }
  }

  /// Has an index made, if it is not there, which may take long.
  func prepare(_ work: TripleSet.Preparation, of graph: Graph) throws(EvaluationError) {
    guard try prepareIfItFits(work, of: graph) else {
      throw .memoryLimit(byteCount: limits.byteCount ?? 0)
    }
  }

  /// The same for an index that can be done without; whether it is there.
  func prepareIfItFits(
    _ work: TripleSet.Preparation, of graph: Graph
  ) throws(EvaluationError) -> Bool {
    guard admits(work, of: graph) else { return false }
    try graph.base.prepare(work, terms.dictionary, leastCount: threads.indexCount) {
      () throws(EvaluationError) in try poll(rowCount: 0)
    }
    return true
  }

  /// Whether there is memory for an index that is to be made, which then counts as used.
  func admits(_ work: TripleSet.Preparation, of graph: Graph) -> Bool {
    if graph.base.isMade(work) { return true }
    let byteCount = graph.base.byteCount(of: work)
    let held = usage.byteCount.wrappingAdd(byteCount, ordering: .relaxed).newValue
    guard let limit = limits.byteCount, held > limit else { return true }
    usage.byteCount.subtract(byteCount, ordering: .relaxed)
    return false
  }

  /// Whether so much more fits the memory.
  func hasRoom(byteCount: Int) -> Bool {
    limits.byteCount.map { usage.byteCount.load(ordering: .relaxed) + byteCount <= $0 } ?? true
  }

  /// Counts the terms made since the last time. They are made by the thread that evaluates alone.
  func chargeTerms() throws(EvaluationError) {
    let held = terms.madeByteCount
    if held == chargedTerms { return }
    let more = held - chargedTerms
    chargedTerms = held
    // They outlast the operators.
    operatorByteCount -= more
    try charge(byteCount: more)
  }

  /// Ends the evaluation when a text of so many bytes can be no term, or does not fit the memory, which holds it twice: as it
  /// is made, and where it grows to or is interned.
  func admit(textOf byteCount: Int) throws(EvaluationError) {
    guard byteCount <= TermRecord.maximumByteCount else {
      throw .textTooLong(byteLimit: TermRecord.maximumByteCount)
    }
    guard byteCount > 0xffff else { return }
    try charge(byteCount: byteCount * 2)
    release(byteCount: byteCount * 2)
  }

  /// Counts memory that an operator holds on to.
  func charge(byteCount bytes: Int) throws(EvaluationError) {
    operatorByteCount += bytes
    let byteCount = usage.byteCount.wrappingAdd(bytes, ordering: .relaxed).newValue
    if let limit = limits.byteCount, byteCount > limit { throw .memoryLimit(byteCount: limit) }
  }

  /// Says that an operator no longer holds so much.
  func release(byteCount bytes: Int) {
    operatorByteCount -= bytes
    usage.byteCount.subtract(bytes, ordering: .relaxed)
  }

  /// Runs operators that nobody keeps: what they hold at the end counts no longer.
  func temporarily<R>(
    _ body: () throws(EvaluationError) -> R
  ) throws(EvaluationError) -> R {
    let before = operatorByteCount
    defer { release(byteCount: operatorByteCount - before) }
    return try body()
  }
}
