/// Threads that run the same operators over batches of rows, for one consumer that gives the
/// batches, takes what came of them in their order, and may take some batches on itself.
///
/// Morsels are taken in their order and have room for some batches of results, so the consumer
/// never waits for a morsel that nobody has, and memory stays bounded. Sendable because all that
/// changes is only touched under the lock, and each pipeline by its thread.
final class MorselPool: @unchecked Sendable {
  /// Operators of one thread, which take the rows put into their context.
  struct Pipeline {
    let context: ExecutionContext
    let root: any Operator
  }

  /// Rows on their way.
  private struct Morsel {
    /// Until a thread takes it.
    var input: Batch?
    var results: [Batch] = []
    /// In `results`.
    var rowCount = 0
    var end: Result<Void, EvaluationError>?
  }

  /// Rows that wait for the consumer, of one morsel: batches are taken up to that number.
  private static let capacity = 32 * Batch.size
  /// Rows of all morsels, for each thread; only the first morsel may go on beyond that.
  private static let wholeCapacity = 2 * capacity

  /// Under which the operators find a morsel's rows.
  private let seed: SeedID
  private let stop: CancellationFlag
  private var pipelines: [Pipeline]
  /// Those that the consumer has not done with; `firstNumber` is the first one's.
  private var morsels: [Morsel] = []
  private var firstNumber = 0
  /// Of all results.
  private var rowCount = 0
  private var byteCount = 0
  private var nextNumber = 0
  private var threads: [WorkerThread] = []
  private let threadCount: Int
  private let monitor = Monitor()

  /// Threads watch `stop`, which ends them.
  init(_ pipelines: [Pipeline], seed: SeedID, stop: CancellationFlag) {
    self.pipelines = pipelines
    threadCount = pipelines.count
    self.seed = seed
    self.stop = stop
    for _ in 0..<threadCount {
      if let thread = WorkerThread({ self.work() }) { threads.append(thread) }
    }
  }

  /// Whether there is any thread to work.
  var isRunning: Bool { !threads.isEmpty }

  // MARK: For the consumer

  /// Morsels given and not yet done with.
  var pendingCount: Int { monitor.locked { morsels.count } }

  func give(_ batch: Batch) {
    monitor.locked {
      morsels.append(Morsel(input: batch))
      monitor.tell()
    }
  }

  /// What there is of the first pending morsel.
  enum Progress {
    case batch(Batch)
    /// The next one is the first now.
    case ended
    case nothingYet
  }

  func progress() throws(EvaluationError) -> Progress {
    let result: Result<Progress, EvaluationError> = monitor.locked {
      if morsels[0].results.isEmpty {
        guard let end = morsels[0].end else { return .success(.nothingYet) }
        morsels.removeFirst()
        firstNumber += 1
        monitor.tell()
        return end.map { .ended }
      }
      let wasFull = isFull
      let batch = morsels[0].results.removeFirst()
      let before = morsels[0].rowCount
      morsels[0].rowCount -= batch.count
      rowCount -= batch.count
      byteCount -= batch.byteCount
      if wasFull || before >= Self.capacity { monitor.tell() }
      return .success(.batch(batch))
    }
    return try result.get()
  }

  /// What all results take that wait.
  var heldByteCount: Int { monitor.locked { byteCount } }

  /// Waits until there is something of the first pending morsel.
  func waitForProgress() {
    monitor.locked {
      while morsels[0].results.isEmpty, morsels[0].end == nil {
        monitor.wait()
      }
    }
  }

  /// A morsel that nobody has taken, if there is one.
  func takeIfAny() -> (number: Int, input: Batch)? { monitor.locked { taken() } }

  /// Whether results of a morsel need not wait.
  func hasRoom(_ number: Int) -> Bool {
    monitor.locked { hasPlace(number) }
  }

  /// Under the lock.
  private func hasPlace(_ number: Int) -> Bool {
    morsels[number - firstNumber].rowCount < Self.capacity && (number == firstNumber || !isFull)
  }

  /// Under the lock.
  private var isFull: Bool { rowCount >= Self.wholeCapacity * (threadCount + 1) }

  /// Ends the threads. To be called once.
  func finish() {
    monitor.locked {
      stop.raise()
      monitor.tell()
    }
    for thread in threads { thread.join() }
  }

  // MARK: In a thread

  private func work() {
    guard let pipeline = monitor.locked({ pipelines.popLast() }) else { return }
    while let (number, input) = take() {
      do throws(EvaluationError) {
        pipeline.context.seeds[seed] = input
        while let batch = try pipeline.root.next() {
          if batch.count > 0, !put(batch, into: number) { return }
        }
        finish(number, .success(()))
      } catch {
        finish(number, .failure(error))
      }
    }
  }

  /// Waits for a morsel; nil when no more are wanted.
  private func take() -> (number: Int, input: Batch)? {
    monitor.locked {
      while !stop.isRaised {
        if let next = taken() { return next }
        monitor.wait()
      }
      return nil
    }
  }

  /// Under the lock.
  private func taken() -> (number: Int, input: Batch)? {
    let place = nextNumber - firstNumber
    guard place < morsels.count, let input = morsels[place].input else { return nil }
    morsels[place].input = nil
    nextNumber += 1
    return (nextNumber - 1, input)
  }

  /// Adds results, waiting for room; false when nothing more is wanted.
  private func put(_ batch: Batch, into number: Int) -> Bool {
    monitor.locked {
      while !hasPlace(number), !stop.isRaised {
        monitor.wait()
      }
      if stop.isRaised { return false }
      add(batch, to: number)
      return true
    }
  }

  /// Adds results of the consumer's own morsel: nobody else makes room, so it must not wait.
  func putAtOnce(_ batch: Batch, into number: Int) { monitor.locked { add(batch, to: number) } }

  /// Under the lock.
  private func add(_ batch: Batch, to number: Int) {
    morsels[number - firstNumber].results.append(batch)
    morsels[number - firstNumber].rowCount += batch.count
    rowCount += batch.count
    byteCount += batch.byteCount
    // Only the first morsel is waited for.
    if number == firstNumber { monitor.tell() }
  }

  /// Says that a morsel is done.
  func finish(_ number: Int, _ end: Result<Void, EvaluationError>) {
    monitor.locked {
      morsels[number - firstNumber].end = end
      if number == firstNumber { monitor.tell() }
    }
  }
}
