/// A command of the shell, which is no sentence: it begins with a period.
struct ShellCommand: Sendable {
  /// What Tab offers after the command's name.
  enum Argument: Sendable {
    case none
    case words([String])
    case path
    case preference
    case topic
  }

  /// Without the period.
  var name: String
  /// What may follow the name, such as `[FORMAT]`.
  var usage: String
  /// One line, without a final period.
  var help: String
  var argument: Argument = .none
  var run: @Sendable (Session, [String]) throws(CommandError) -> Void
}

/// Why a command did nothing, in the user's words.
struct CommandError: Error {
  var message: String
  var status: ExitStatus

  init(_ message: String, status: ExitStatus = .failure) {
    self.message = message
    self.status = status
  }
}
