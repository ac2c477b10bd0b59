import Synchronization

/// The limits of a question while its text is read, which takes of what the evaluation may use.
///
/// One after the other, it serves all the questions of a text.
public final class ReadingLimits {
  private let limits: Limits
  /// In seconds; nil until a question is begun.
  private var start: Double?
  private var byteCount = 0
  private var end: EvaluationError?

  public init(_ limits: Limits) {
    self.limits = limits
  }

  /// Whether reading goes on that holds so many bytes. The first call begins a question.
  public func admit(byteCount: Int) -> Bool {
    self.byteCount = byteCount
    if start == nil { start = limits.start ?? System.seconds() }
    let elapsed = elapsed
    if limits.cancellation?.isRaised ?? false {
      end = .interrupted(afterSeconds: elapsed, rowCount: 0)
    } else if let seconds = limits.seconds, elapsed > seconds {
      end = .timeLimit(seconds: seconds)
    } else if let limit = limits.byteCount, byteCount > limit {
      end = .memoryLimit(byteCount: limit)
    }
    return end == nil
  }

  /// What is read of a text by a parser that asks whether to go on. Where that is much, it is read again from its beginning by
  /// a thread that nobody waits for once reading is to stop: what has been read takes long to free. Then the result is that
  /// of a part.
  public func read<R: Sendable>(
    _ parse: @escaping @Sendable (_ goesOn: @escaping (_ byteCount: Int) -> Bool) -> R
  ) -> R {
    var isMuch = false
    let part = parse { byteCount in
      isMuch = byteCount > Self.quicklyReadByteCount
      return !isMuch && self.admit(byteCount: byteCount)
    }
    guard isMuch else { return part }
    let progress = Progress()
    do throws(EvaluationError) {
      let result = try DetachedThread.result(of: { parse(progress.admit) }) {
        () throws(EvaluationError) in
        if !admit(byteCount: progress.byteCount.load(ordering: .relaxed)), let end {
          progress.isStopped.store(true, ordering: .relaxed)
          throw end
        }
      }
      byteCount = progress.byteCount.load(ordering: .relaxed)
      return result
    } catch {
      return part
    }
  }

  /// Of a thread that reads.
  private final class Progress: Sendable {
    let byteCount = Atomic(0)
    let isStopped = Atomic(false)

    func admit(byteCount: Int) -> Bool {
      self.byteCount.store(byteCount, ordering: .relaxed)
      return !isStopped.load(ordering: .relaxed)
    }
  }

  /// What is held of a few ten thousand words.
  private static let quicklyReadByteCount = 1 << 22

  private var elapsed: Double { start.map { System.seconds() - $0 } ?? 0 }

  /// The limits of the evaluation of what was read; throws what has ended the reading.
  public func finish() throws(EvaluationError) -> Limits {
    defer { (start, byteCount, end) = (nil, 0, nil) }
    if let end { throw end }
    var rest = limits
    rest.start = start ?? limits.start
    rest.readByteCount = byteCount
    return rest
  }
}
