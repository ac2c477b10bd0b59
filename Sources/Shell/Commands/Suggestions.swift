package import KnowledgeBase

/// What can be typed at the cursor.
package struct Suggestions: Sendable {
  /// The UTF-8 offset where the unfinished text begins.
  package var start: Int
  /// Each replaces the unfinished text, and what it is; best first.
  package var items: [(text: String, description: String)]
}

extension Session {
  /// What can stand at a UTF-8 offset of an entry.
  package func complete(
    _ text: String, at byteOffset: Int, for purpose: CompletionPurpose = .list
  ) -> Suggestions {
    if Script.isCommand(text) || text == "." {
      return CommandCompletion.suggestions(for: text, at: byteOffset)
    }
    let found = knowledge.complete(text, at: byteOffset, for: purpose)
    return Suggestions(
      start: found.range.lowerBound,
      items: found.items.map { (text: $0.text, description: describe($0)) })
  }

  private func describe(_ completion: Completion) -> String {
    switch completion.kind {
    case .keyword, .entity, .question: completion.detail
    case .value: settings.style.dotted(["value", completion.detail])
    case .class: settings.style.dotted(["kind", completion.detail])
    case .relation: settings.style.dotted(["relation", completion.detail])
    }
  }

  /// What stands before the next line of an entry that is not complete, with what is open in it: `   (>`.
  package static func continuationCue(for text: String) -> String? {
    if Script.isCommand(text) { return nil }
    switch KnowledgeBase.completeness(of: text) {
    case .complete: return nil
    case .incomplete(let open): return padded(open, to: 4, alignsRight: true) + ">"
    }
  }
}

/// Completion of commands and of what follows them.
enum CommandCompletion {
  static func suggestions(for text: String, at byteOffset: Int) -> Suggestions {
    let before = String(decoding: text.utf8.prefix(byteOffset), as: UTF8.self)
    let words = before.split(whereSeparator: \.isWhitespace).map(String.init)
    let endsInBlank = before.last?.isWhitespace ?? false
    let unfinished = endsInBlank ? "" : words.last ?? ""
    let start = byteOffset - unfinished.utf8.count
    guard words.count > 1 || endsInBlank else {
      let commands = CommandTable.commands.filter { ("." + $0.name).hasPrefix(unfinished) }
      return Suggestions(start: start, items: commands.map { ("." + $0.name, $0.help) })
    }
    guard let name = words.first?.dropFirst(),
      let command = try? CommandTable.command(String(name))  // no such command has no arguments
    else { return Suggestions(start: start, items: []) }
    let arguments = endsInBlank ? words.count - 1 : words.count - 2
    let items = values(of: command, after: Array(words.dropFirst().prefix(arguments)), unfinished)
    return Suggestions(start: start, items: items.filter { $0.text.hasPrefix(unfinished) })
  }

  private static func values(
    of command: ShellCommand, after earlier: [String], _ unfinished: String
  ) -> [(text: String, description: String)] {
    switch command.argument {
    case .none: return []
    case .words(let words): return earlier.isEmpty ? words.map { ($0, "") } : []
    case .path: return paths(unfinished)
    case .topic:
      return HelpTopic.all.map { ($0.name, $0.summary) }
        + CommandTable.commands.map { ($0.name, $0.help) }
    case .preference:
      if earlier.isEmpty { return Preference.all.map { ($0.name, $0.help) } }
      let preference = Preference.all.first { $0.name == earlier[0] }
      return preference?.values.map { ($0, "") } ?? []
    }
  }

  private static func paths(_ unfinished: String) -> [(text: String, description: String)] {
    let slash = unfinished.lastIndex(of: "/")
    let directory = slash.map { String(unfinished[...$0]) } ?? ""
    let name = slash.map { unfinished[unfinished.index(after: $0)...] } ?? unfinished[...]
    return System.entries(directory.isEmpty ? "." : directory)
      .filter { name.hasPrefix(".") || !$0.hasPrefix(".") }
      .map { (directory + $0, "") }
  }
}
