import Synchronization

/// What a question may use, and how to stop it.
public struct Limits: Sendable {
  /// Seconds from the start of the evaluation; nil for no limit.
  public var seconds: Double?
  /// When that was, by the system's steady clock; nil for when an evaluation is called.
  public internal(set) var start: Double?
  /// Bytes that batches and tables of one evaluation may hold, and the text it was read from; nil for no limit.
  public var byteCount: Int?
  /// Of these, what the text holds.
  public var readByteCount = 0
  /// The answer is the same whatever threads there are.
  public var threads = ThreadUse()
  /// Whether the best plan is looked for even where that takes longer than it saves: tests do, on small graphs.
  public var plansThoroughly = false
  /// Raised by another thread or a signal handler; polled once a batch.
  public var cancellation: CancellationFlag?
  /// Called by the thread that evaluates, after `progressDelay` and then every `progressInterval`, or less often.
  public var progress: (@Sendable (EvaluationProgress) -> Void)?
  public var progressDelay = 0.5
  public var progressInterval = 0.2

  public init(seconds: Double? = nil, byteCount: Int? = nil, cancellation: CancellationFlag? = nil)
  {
    self.seconds = seconds
    self.byteCount = byteCount
    self.cancellation = cancellation
  }

  /// The same for all that one question evaluates: the seconds count from now on, if not from before.
  public func begun() -> Limits {
    var limits = self
    limits.start = start ?? System.seconds()
    return limits
  }

  /// The same with an end in at most so many seconds from now.
  public func within(seconds most: Double) -> Limits {
    let now = System.seconds()
    var limits = self
    limits.seconds = min(most, (seconds ?? .infinity) - (now - (start ?? now)))
    limits.start = now
    return limits
  }
}

/// When several threads work on one question. Tests have it happen early.
public struct ThreadUse: Sendable {
  /// Threads at most, the asking one among them; nil for as many as the machine has cores.
  public var count: Int?
  /// Rows expected of a part of a plan that is worth spreading over threads.
  public var rowCount = 8192
  /// Seconds that such a part has to have taken. Starting a thread takes a fiftieth of that, and
  /// much more where other programs have the processors.
  public var seconds = 0.002
  /// Triples of an index that is made by a thread of its own, for which a question waits.
  public var indexCount = 1 << 18
  /// Rows that a thread treats at a time.
  public var morselRowCount = 2048

  public init() {}
}

/// How far an evaluation has come.
public struct EvaluationProgress: Hashable, Sendable {
  /// Since it began.
  public var seconds: Double
  /// Of the answer, so far.
  public var rowCount: Int
  /// What batches and tables hold.
  public var byteCount: Int
  /// How far the pattern has come that is gone through now, if it is long. Other parts may follow.
  public var part: Part?

  public init(seconds: Double, rowCount: Int, byteCount: Int, part: Part? = nil) {
    self.seconds = seconds
    self.rowCount = rowCount
    self.byteCount = byteCount
    self.part = part
  }

  public struct Part: Hashable, Sendable {
    /// Of its matches, below 1.
    public var fraction: Double
    /// Since it began.
    public var seconds: Double

    public init(fraction: Double, seconds: Double) {
      self.fraction = fraction
      self.seconds = seconds
    }
  }
}

/// A flag that stops an evaluation; safe to raise from a signal handler.
public final class CancellationFlag: Sendable {
  private let raised = Atomic<Bool>(false)

  public init() {}

  public var isRaised: Bool { raised.load(ordering: .relaxed) }

  public func raise() { raised.store(true, ordering: .relaxed) }

  public func lower() { raised.store(false, ordering: .relaxed) }
}

/// Why an evaluation ended without an answer.
public enum EvaluationError: Error, Hashable, Sendable {
  case interrupted(afterSeconds: Double, rowCount: Int)
  case timeLimit(seconds: Double)
  case memoryLimit(byteCount: Int)
  /// More terms than 32-bit handles can name.
  case dictionaryFull
  /// A function was to make a text longer than a term can be.
  case textTooLong(byteLimit: Int)
  /// Something the engine cannot evaluate, in words.
  case unsupported(String)
}
