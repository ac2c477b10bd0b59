import KnowledgeBase

@testable import Shell

/// A session as a person sees it: what is typed behind `kosh>`, and what comes of it.
struct Transcript {
  /// What was typed and what was shown for it.
  struct Step: Equatable {
    var entry: String
    var output: String
  }

  static let prompt = "kosh> "

  /// Lines before the first prompt.
  var preamble: [String] = []
  var steps: [Step] = []

  init(_ text: String) {
    var lines = Self.lines(of: text)[...]
    if lines.last == "" { lines.removeLast() }
    while let line = lines.first, !line.hasPrefix(Self.prompt) {
      preamble.append(line)
      lines.removeFirst()
    }
    while let line = lines.popFirst() {
      var entry = String(line.dropFirst(Self.prompt.count))
      while let next = lines.first, let rest = Self.continuation(next),
        KnowledgeBase.completeness(of: entry) != .complete
      {
        entry += "\n" + rest
        lines.removeFirst()
      }
      var output = ""
      while let next = lines.first, !next.hasPrefix(Self.prompt) {
        output += next + "\n"
        lines.removeFirst()
      }
      steps.append(Step(entry: entry, output: output))
    }
  }

  /// Cut at line feeds alone: a carriage return before one stays.
  static func lines(of text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// What stands behind a continuation prompt, such as `   (> `; nil for another line.
  private static func continuation(_ line: String) -> String? {
    guard let end = line.firstIndex(of: ">"), line[..<end].count >= 4 else { return nil }
    let cue = line[..<end].drop { $0 == " " }
    guard cue.count <= 5, !cue.contains(" ") else { return nil }
    return String(line[end...].dropFirst(line[end...].hasPrefix("> ") ? 2 : 1))
  }

  /// The text again, as it would be typed and shown.
  var text: String {
    var text = preamble.map { $0 + "\n" }.joined()
    for step in steps { text += Self.drawn(step.entry) + step.output }
    return text
  }

  private static func drawn(_ entry: String) -> String {
    var text = ""
    var typed = ""
    for line in lines(of: entry) {
      text +=
        (typed.isEmpty ? prompt : (Session.continuationCue(for: typed) ?? "    >") + " ") + line
        + "\n"
      typed += typed.isEmpty ? line : "\n" + line
    }
    return text
  }
}
