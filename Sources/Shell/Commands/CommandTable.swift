import Diagnostics

/// Every command: what is dispatched, completed, and listed by `.help`.
enum CommandTable {
  static let commands: [ShellCommand] = [
    ShellCommand(
      name: "help", usage: "[TOPIC]", help: "what can be typed; a topic or a command in detail",
      argument: .topic, run: Commands.help),
    ShellCommand(
      name: "format", usage: "[FORMAT]", help: "how answers are written",
      argument: .words(OutputFormat.allCases.map(\.rawValue))
    ) { session, words throws(CommandError) in try Commands.set(session, ["format"] + words) },
    ShellCommand(
      name: "last", usage: "[FORMAT]", help: "the last answer again, whole, in any format",
      argument: .words(OutputFormat.allCases.map(\.rawValue)), run: Commands.last),
    ShellCommand(
      name: "limit", usage: "[ROWS|all]", help: "how many rows of an answer are shown",
      argument: .words(["all"])
    ) { session, words throws(CommandError) in try Commands.set(session, ["limit"] + words) },
    ShellCommand(
      name: "width", usage: "[COLUMNS|auto]", help: "how wide answers are drawn",
      argument: .words(["auto"])
    ) { session, words throws(CommandError) in try Commands.set(session, ["width"] + words) },
    ShellCommand(
      name: "timer", usage: "[on|off]", help: "whether answers say how long they took",
      argument: .words(["on", "off"])
    ) { session, words throws(CommandError) in try Commands.set(session, ["timer"] + words) },
    ShellCommand(
      name: "set", usage: "[NAME [VALUE]]", help: "shows or changes a preference",
      argument: .preference, run: Commands.set),
    ShellCommand(
      name: "load", usage: "FILE|DIR ...", help: "adds knowledge to the graph", argument: .path,
      run: Commands.load),
    ShellCommand(
      name: "open", usage: "FILE|DIR ...", help: "loads knowledge in place of the graph",
      argument: .path, run: Commands.open),
    ShellCommand(
      name: "save", usage: "[FILE]", help: "keeps the graph in a file, later in the same again",
      argument: .path, run: Commands.save),
    ShellCommand(
      name: "export", usage: "FILE",
      help: "writes the graph as .kosh, .ttl, .trig, .nt or .nq, also .gz", argument: .path,
      run: Commands.export),
    ShellCommand(
      name: "read", usage: "FILE", help: "runs a script", argument: .path, run: Commands.read),
    ShellCommand(
      name: "status", usage: "", help: "what is loaded, and how the session is set",
      run: Commands.status),
    ShellCommand(
      name: "history", usage: "[COUNT]", help: "what was entered last", run: Commands.history),
    ShellCommand(
      name: "edit", usage: "[TEXT]", help: "the last entry, or a text, in $EDITOR",
      run: Commands.edit),
    ShellCommand(name: "quit", usage: "", help: "ends the session (Ctrl-D too)") {
      session, _ throws(CommandError) in session.isOver = true
    },
  ]

  /// The command that a name or an unambiguous beginning of one means.
  static func command(_ name: String) throws(CommandError) -> ShellCommand {
    if let exact = commands.first(where: { $0.name == name }) { return exact }
    let candidates = commands.filter { $0.name.hasPrefix(name) }
    if candidates.count == 1 { return candidates[0] }
    if candidates.isEmpty {
      let hint = nearest(name).map { ", did you mean '.\($0)'?" } ?? "; '.help' lists them"
      throw CommandError("there is no command '.\(name)'\(hint)")
    }
    let names = candidates.map { "'.\($0.name)'" }.joined(separator: ", ")
    throw CommandError("'.\(name)' could be \(names)")
  }

  private static func nearest(_ name: String) -> String? {
    commands.compactMap { command in
      editDistance(name.unicodeScalars, command.name.unicodeScalars, limit: 2)
        .map { (distance: $0, name: command.name) }
    }.min { $0.distance < $1.distance }?.name
  }
}

extension Session {
  /// Runs a line that is a command.
  func perform(_ line: String) -> ExitStatus {
    do throws(CommandError) {
      let words = try CommandWords.split(line)
      guard let first = words.first else { return .success }
      try CommandTable.command(String(first.dropFirst())).run(self, Array(words.dropFirst()))
      return .success
    } catch {
      if !error.message.isEmpty { report(error.message) }
      return error.status
    }
  }
}
