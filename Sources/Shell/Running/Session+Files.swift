import Diagnostics
import KnowledgeBase

extension Session {
  /// How deep scripts may read scripts.
  static let deepestReading = 16

  /// Runs a script from a file; `-` is standard input.
  package func run(file path: String) -> ExitStatus {
    do throws(SystemFailure) {
      let bytes = try System.read(path, unless: cancellation)
      return run(script: SourceText(name: path == "-" ? "<stdin>" : path, bytes: bytes))
    } catch {
      if cancellation.isRaised { return .interrupted }
      report(FailureText.describe(error))
      return .failure
    }
  }

  /// Says what this is, and what the graph holds.
  package func greet() {
    let parts = ["kosh \(Version.text)", greeting, ".help shows what can be typed"]
    notice(settings.style.dotted(parts))
  }

  /// What the graph holds, in a line.
  var greeting: String {
    let facts = counted(knowledge.factCount, "fact")
    guard !loadedPaths.isEmpty else { return "an empty graph" }
    let paths = loadedPaths.prefix(3).map(printable).joined(separator: ", ")
    return "\(facts) from \(paths)" + (loadedPaths.count > 3 ? " and more" : "")
  }
}

extension Session {
  /// Runs one script of the command line.
  package func run(_ script: CommandLineWords.Script) -> ExitStatus {
    cancellation.lower()
    return switch script {
    case .text(let text): run(script: SourceText(name: "-c", text))
    case .file(let path): run(file: path)
    }
  }
}
