/// How a run of the program ended, as its exit status says it.
package enum ExitStatus: Int32, Comparable, Sendable {
  /// An empty answer too.
  case success = 0
  /// Data, a sentence, a test or a check was wrong, or the system refused something.
  case failure = 1
  /// The command line was wrong.
  case usage = 2
  /// A limit on time or memory ended a question.
  case limit = 3
  case interrupted = 130

  package static func < (a: ExitStatus, b: ExitStatus) -> Bool { a.rawValue < b.rawValue }
}
