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
