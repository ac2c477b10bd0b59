import Diagnostics
import KnowledgeBase

/// What the commands do.
enum Commands {
  static func last(_ session: Session, _ words: [String]) throws(CommandError) {
    guard let outcome = session.lastOutcome else {
      throw CommandError("there is no answer yet")
    }
    let format = try words.first.map { (name) throws(CommandError) in try Preference.format(name) }
    session.cancellation.lower()
    try demand(session.write(outcome, as: format ?? session.settings.format, rowLimit: nil))
  }

  static func set(_ session: Session, _ words: [String]) throws(CommandError) {
    guard let name = words.first else { return showAll(session) }
    let preference = try preference(name)
    guard words.count > 1 else {
      return session.print("\(preference.name)  \(preference.get(session))\n")
    }
    guard words.count == 2 else { throw CommandError("'\(preference.name)' takes one value") }
    try preference.set(session, words[1])
  }

  private static func preference(_ name: String) throws(CommandError) -> Preference {
    if let exact = Preference.all.first(where: { $0.name == name }) { return exact }
    let candidates = Preference.all.filter { $0.name.hasPrefix(name) }
    if candidates.count == 1 { return candidates[0] }
    let names = (candidates.isEmpty ? Preference.all : candidates).map(\.name)
    let list = names.joined(separator: ", ")
    throw CommandError(
      candidates.isEmpty
        ? "there is no preference '\(name)'; there are \(list)" : "'\(name)' could be \(list)")
  }

  private static func showAll(_ session: Session) {
    let rows = Preference.all.map { ($0.name, $0.get(session), $0.help) }
    let valueWidth = rows.map { displayWidth($0.1) }.max() ?? 0
    for (name, value, help) in rows {
      let text = "\(padded(name, to: 8))  \(padded(value, to: valueWidth))"
      let widest = displayWidth(text)
      session.print(explained(text, widest: widest, help, indent: 0, session.settings.style))
    }
  }

  static func load(_ session: Session, _ words: [String]) throws(CommandError) {
    let paths = try paths(words, of: ".load")
    let before = session.knowledge.factCount
    try demand(session.load(paths))
    session.notice("\(counted(session.knowledge.factCount - before, "new fact"))")
  }

  static func open(_ session: Session, _ words: [String]) throws(CommandError) {
    let paths = try paths(words, of: ".open")
    let former = (session.knowledge, session.loadedPaths, session.savedPath)
    session.replace(with: KnowledgeBase())
    let status = session.load(paths)
    if status != .success, !session.settings.keepsGoing {
      session.replace(with: former.0)
      session.loadedPaths = former.1
      session.savedPath = former.2
    }
    try demand(status)
    session.notice(session.greeting)
  }

  static func save(_ session: Session, _ words: [String]) throws(CommandError) {
    guard words.count <= 1, let path = words.first ?? session.savedPath else {
      throw CommandError(".save needs one file, such as mine.kosh")
    }
    try write(session, to: path)
    session.savedPath = path
    session.notice("saved \(counted(session.knowledge.factCount, "fact")) in \(path)")
  }

  static func export(_ session: Session, _ words: [String]) throws(CommandError) {
    guard words.count == 1 else { throw CommandError(".export needs one file") }
    try write(session, to: words[0])
    session.notice("written to \(words[0])")
  }

  private static func write(_ session: Session, to path: String) throws(CommandError) {
    do throws(SystemFailure) {
      try session.knowledge.export(to: path)
    } catch {
      throw CommandError(FailureText.describe(error))
    }
  }

  /// Leaves when a command's work went wrong; what did is said already.
  private static func demand(_ status: ExitStatus) throws(CommandError) {
    if status != .success { throw CommandError("", status: status) }
  }

  private static func paths(
    _ words: [String], of command: String
  ) throws(CommandError) -> [String] {
    if words.isEmpty { throw CommandError("\(command) needs a file or a directory") }
    return words
  }

  /// What comes back stands at the next prompt.
  static func edit(_ session: Session, _ words: [String]) throws(CommandError) {
    let earlier = session.history().last { !Script.isCommand($0) }
    let text = words.isEmpty ? earlier ?? "" : words.joined(separator: " ")
    guard let edited = session.edit(text) else {
      throw CommandError("the editor failed; $EDITOR names it")
    }
    session.draft = edited
  }

  static func read(_ session: Session, _ words: [String]) throws(CommandError) {
    guard words.count == 1 else { throw CommandError(".read needs one file") }
    guard session.readingDepth < Session.deepestReading else {
      throw CommandError(
        "'\(words[0])': scripts read each other more than \(Session.deepestReading) deep")
    }
    session.readingDepth += 1
    defer { session.readingDepth -= 1 }
    try demand(session.run(file: words[0]))
  }

  static func status(_ session: Session, _ words: [String]) throws(CommandError) {
    let loaded = session.loadedPaths.map(printable).joined(separator: " ")
    session.print("version   kosh \(Version.text)\n")
    session.print("loaded    \(loaded.isEmpty ? "nothing" : loaded)\n")
    session.print("facts     \(grouped(session.knowledge.factCount))\n")
    showAll(session)
  }

  static func history(_ session: Session, _ words: [String]) throws(CommandError) {
    guard let count = words.isEmpty ? 20 : Int(words[0]), count > 0 else {
      throw CommandError("'\(words[0])' is not a number above 0")
    }
    let entries = session.history()
    let digits = String(entries.count).count
    for (number, entry) in entries.enumerated().suffix(count) {
      let label = padded(String(number + 1), to: digits, alignsRight: true)
      let lines = entry.split(separator: "\n", omittingEmptySubsequences: false)
      let indent = "\n" + String(repeating: " ", count: digits + 2)
      let shown = lines.map { printable(String($0)) }.joined(separator: indent)
      session.print(session.settings.style.dim(label) + "  " + shown + "\n")
    }
  }
}
