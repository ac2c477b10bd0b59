import Engine
import KnowledgeBase

/// Words for a question that ended without an answer.
enum EvaluationText {
  static func describe(_ error: EvaluationError) -> String {
    switch error {
    case .interrupted(let seconds, let rowCount):
      let time = duration(milliseconds: seconds * 1000)
      return "interrupted after \(time), \(counted(rowCount, "row")) so far"
    case .timeLimit(let seconds):
      return "stopped: it took longer than the limit of \(trimmed(seconds)) s"
    case .memoryLimit(let byteCount):
      return "stopped: it needed more memory than the limit of \(byteText(byteCount))"
    case .dictionaryFull:
      return "the graph holds as many different terms as it can"
    case .textTooLong(let byteLimit):
      return "stopped: it made a text longer than the limit of \(byteText(byteLimit))"
    case .unsupported(let what):
      return "not possible yet: \(what)"
    }
  }

  static func status(of error: EvaluationError) -> ExitStatus {
    switch error {
    case .interrupted: .interrupted
    case .timeLimit, .memoryLimit, .dictionaryFull, .textTooLong: .limit
    case .unsupported: .failure
    }
  }

  private static func trimmed(_ seconds: Double) -> String {
    seconds == seconds.rounded() ? fixed(seconds, digits: 0) : "\(seconds)"
  }
}

/// Words for what the outside world refused.
enum FailureText {
  static func describe(_ failure: SystemFailure) -> String {
    "cannot \(failure.operation) \(failure.subject): \(failure.cause)"
  }
}

/// A number of bytes as people write it: `512 MB`.
func byteText(_ byteCount: Int) -> String {
  for (unit, size) in [("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10)]
  where byteCount >= size {
    return byteCount % size == 0
      ? "\(byteCount / size) \(unit)"
      : fixed(Double(byteCount) / Double(size), digits: 1) + " \(unit)"
  }
  return "\(byteCount) bytes"
}
