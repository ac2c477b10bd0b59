import Glibc

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
  private var threads: [pthread_t] = []
  private let threadCount: Int
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  /// Threads watch `stop`, which ends them.
  init(_ pipelines: [Pipeline], seed: SeedID, stop: CancellationFlag) {
    self.pipelines = pipelines
    threadCount = pipelines.count
    self.seed = seed
    self.stop = stop
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
    for _ in 0..<threadCount {
      var thread = pthread_t()
      let pool = Unmanaged.passRetained(self)
      if pthread_create(&thread, nil, runMorsels, pool.toOpaque()) == 0 {
        threads.append(thread)
      } else {
        pool.release()
      }
    }
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  /// Whether there is any thread to work.
  var isRunning: Bool { !threads.isEmpty }

  // MARK: For the consumer

  /// Morsels given and not yet done with.
  var pendingCount: Int { locked { morsels.count } }

  func give(_ batch: Batch) {
    locked {
      morsels.append(Morsel(input: batch))
      pthread_cond_broadcast(condition)
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
    let result: Result<Progress, EvaluationError> = locked {
      if morsels[0].results.isEmpty {
        guard let end = morsels[0].end else { return .success(.nothingYet) }
        morsels.removeFirst()
        firstNumber += 1
        pthread_cond_broadcast(condition)
        return end.map { .ended }
      }
      let wasFull = isFull
      let batch = morsels[0].results.removeFirst()
      let before = morsels[0].rowCount
      morsels[0].rowCount -= batch.count
      rowCount -= batch.count
      byteCount -= batch.byteCount
      if wasFull || before >= Self.capacity { pthread_cond_broadcast(condition) }
      return .success(.batch(batch))
    }
    return try result.get()
  }

  /// What all results take that wait.
  var heldByteCount: Int { locked { byteCount } }

  /// Waits until there is something of the first pending morsel.
  func waitForProgress() {
    locked {
      while morsels[0].results.isEmpty, morsels[0].end == nil {
        pthread_cond_wait(condition, mutex)
      }
    }
  }

  /// A morsel that nobody has taken, if there is one.
  func takeIfAny() -> (number: Int, input: Batch)? { locked { taken() } }

  /// Whether results of a morsel need not wait.
  func hasRoom(_ number: Int) -> Bool {
    locked { hasPlace(number) }
  }

  /// Under the lock.
  private func hasPlace(_ number: Int) -> Bool {
    morsels[number - firstNumber].rowCount < Self.capacity && (number == firstNumber || !isFull)
  }

  /// Under the lock.
  private var isFull: Bool { rowCount >= Self.wholeCapacity * (threadCount + 1) }

  /// Ends the threads. To be called once.
  func finish() {
    locked {
      stop.raise()
      pthread_cond_broadcast(condition)
    }
    for thread in threads { pthread_join(thread, nil) }
  }

  private func locked<R>(_ body: () -> R) -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  // MARK: In a thread

  fileprivate func work() {
    guard let pipeline = locked({ pipelines.popLast() }) else { return }
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
    locked {
      while !stop.isRaised {
        if let next = taken() { return next }
        pthread_cond_wait(condition, mutex)
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
    locked {
      while !hasPlace(number), !stop.isRaised {
        pthread_cond_wait(condition, mutex)
      }
      if stop.isRaised { return false }
      add(batch, to: number)
      return true
    }
  }

  /// Adds results of the consumer's own morsel: nobody else makes room, so it must not wait.
  func putAtOnce(_ batch: Batch, into number: Int) { locked { add(batch, to: number) } }

  /// Under the lock.
  private func add(_ batch: Batch, to number: Int) {
    morsels[number - firstNumber].results.append(batch)
    morsels[number - firstNumber].rowCount += batch.count
    rowCount += batch.count
    byteCount += batch.byteCount
    // Only the first morsel is waited for.
    if number == firstNumber { pthread_cond_broadcast(condition) }
  }

  /// Says that a morsel is done.
  func finish(_ number: Int, _ end: Result<Void, EvaluationError>) {
    locked {
      morsels[number - firstNumber].end = end
      if number == firstNumber { pthread_cond_broadcast(condition) }
    }
  }
}

private func runMorsels(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  Unmanaged<MorselPool>.fromOpaque(context).takeRetainedValue().work()
  return nil
}
