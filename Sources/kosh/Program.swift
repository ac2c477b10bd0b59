import Engine
import Glibc
import KnowledgeBase
import Shell
import Terminal

/// Wires the command line, the terminal and a session together.
enum Program {
  static func run(_ arguments: [String]) -> ExitStatus {
    Signals.ignoreBrokenPipe()
    let traits = TerminalTraits.adopt()
    let output = StandardOutput()
    defer { output.flush() }
    do throws(UsageError) {
      let invocation = try Invocation(arguments)
      return run(invocation, traits, output)
    } catch {
      output.writeError("kosh: \(error.message)\nTry 'kosh --help'.\n")
      return .usage
    }
  }

  private static func run(
    _ invocation: Invocation, _ traits: TerminalTraits, _ output: StandardOutput
  ) -> ExitStatus {
    switch invocation.action {
    case .help: output.write(HelpText.text)
    case .version: output.write("kosh \(Version.text)\n")
    case .test, .check, .session, .convert:
      let session = Session(
        knowledge: KnowledgeBase(), settings: settings(invocation, traits),
        cancellation: Interrupt.flag, output: output.write, errors: output.writeError)
      return perform(session, invocation, traits, output)
    }
    return .success
  }

  private static func perform(
    _ session: Session, _ invocation: Invocation, _ traits: TerminalTraits,
    _ output: StandardOutput
  ) -> ExitStatus {
    if invocation.byteCount == nil { ProcessMemory.keepForReuse() }
    // From the first load on, Ctrl-C says what it ended.
    Interrupt.catchSignals()
    switch invocation.action {
    case .help, .version: return .success
    case .test(let paths): return session.test(paths)
    case .check(let paths): return session.check(paths)
    case .convert(let conversion):
      return session.convert(conversion)
    case .session(let paths, _): return start(session, invocation, traits, output, named: paths)
    }
  }

  private static func settings(_ invocation: Invocation, _ traits: TerminalTraits) -> Settings {
    var settings = Settings()
    settings.format = invocation.format ?? .table
    settings.isForTerminal = traits.isOutputTerminal
    settings.style.isUnicode = traits.isUnicode || !traits.isOutputTerminal
    settings.style.width = traits.isOutputTerminal ? TerminalTraits.size()?.columns : nil
    settings.style.isColored = allows(invocation.color, traits.isOutputTerminal, traits)
    settings.style.hasPalette = traits.hasPalette
    settings.style.hasLinks = settings.style.isColored && traits.hasLinks
    settings.colorsErrors = allows(invocation.color, traits.isErrorTerminal, traits)
    settings.showsProgress = traits.isErrorTerminal && traits.allowsColor
    settings.seconds = invocation.seconds
    settings.byteCount = invocation.byteCount
    settings.keepsGoing = invocation.keepsGoing
    settings.isQuiet = invocation.isQuiet
    return settings
  }

  private static func allows(
    _ choice: Invocation.ColorChoice, _ isTerminal: Bool, _ traits: TerminalTraits
  ) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: isTerminal && traits.allowsColor
    }
  }

  /// Loads, then runs what is to be run: scripts, standard input, or the prompt.
  private static func start(
    _ session: Session, _ invocation: Invocation, _ traits: TerminalTraits,
    _ output: StandardOutput, named paths: [String]
  ) -> ExitStatus {
    let isFree = paths.isEmpty && access("knowledge", F_OK) == 0
    let loaded = session.load(isFree ? ["knowledge"] : paths)
    guard loaded == .success || invocation.keepsGoing else { return loaded }
    session.knowledge.isReadOnly = invocation.isReadOnly
    session.knowledge.loadDirectory = invocation.loadDirectory
    guard case .session(_, var scripts) = invocation.action else { return loaded }
    if scripts.isEmpty {
      if traits.isInputTerminal && traits.isOutputTerminal {
        let prompting = Prompting(session, traits, output, startFile: invocation.startFile)
        return max(loaded, prompting.run())
      }
      scripts = [.file("-")]
    }
    var worst = loaded
    for script in scripts {
      worst = max(worst, session.run(script))
      if session.isOver || worst == .interrupted { break }
      if worst != .success, !invocation.keepsGoing { break }
    }
    return worst
  }
}
