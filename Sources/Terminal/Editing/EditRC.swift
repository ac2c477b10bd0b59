import CEditLine
import Glibc

/// What the user's editrc says about keys.
///
/// It is given to libedit command by command, because some of what it may say would damage memory: see `replacements`.
/// And libedit acts on the keys of a macro by itself, in whatever state one leaves the line to the next, so they go
/// through the reader instead.
enum EditRC {
  /// What stands in for those of libedit's functions that keep no bounds, or act where the reader does not see it.
  static let replacements: [String: String] = [
    // They take what is typed for a regular expression, and leave a line shorter than the cursor's place.
    "em-inc-search-next": "kosh-search-history",
    "em-inc-search-prev": "kosh-search-history",
    "vi-search-next": "kosh-find-entry",
    "vi-search-prev": "kosh-find-entry",
    "vi-repeat-search-next": "kosh-find-older",
    "vi-repeat-search-prev": "kosh-find-newer",
    "ed-search-next-history": "kosh-down",
    "ed-search-prev-history": "kosh-up",
    // The line of commands reads memory that is not set.
    "ed-command": "ed-unassigned",
    // It multiplies how often a key is done, up to millions.
    "em-universal-argument": "ed-unassigned",
    // They go by a mark that is lost when the line is enlarged.
    "em-copy-region": "ed-unassigned",
    "em-kill-region": "ed-unassigned",
    "em-exchange-mark": "ed-unassigned",
    "vi-redo": "kosh-repeat",
    "vi-histedit": "kosh-edit",
    // It lets the terminal send Ctrl-C as a key.
    "ed-quoted-insert": "kosh-insert-next",
  ]

  /// Longer words are no keys; libedit copies them into arrays of 1,024 without a look at their length.
  private static let longestWord = 300

  /// Does what the file says of keys and of the terminal.
  ///
  /// libedit's other commands are about its own drawing and its history, which are not used.
  static func apply(to handle: OpaquePointer) {
    guard let text = text(), let tokenizer = tok_init(nil) else { return }
    defer { tok_end(tokenizer) }
    for line in text.split(separator: "\n") {
      tok_reset(tokenizer)
      var count: Int32 = 0
      var start: UnsafeMutablePointer<UnsafePointer<CChar>?>?
      guard tok_str(tokenizer, String(line), &count, &start) == 0, let start else { continue }
      let words = (0..<Int(count)).compactMap { start[$0].map { String(cString: $0) } }
      if let safe = safeCommand(words) { parse(safe, handle) }
    }
  }

  private static func parse(_ words: [String], _ handle: OpaquePointer) {
    let copies = words.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    var pointers: [UnsafePointer<CChar>?] = copies.map { $0.map { UnsafePointer($0) } } + [nil]
    _ = el_parse(handle, Int32(words.count), &pointers)
  }

  /// A command as libedit gets it; nil when it is left out.
  static func safeCommand(_ words: [String]) -> [String]? {
    guard let first = words.first, !first.hasPrefix("#"),
      words.allSatisfy({ $0.utf8.count <= longestWord })
    else { return nil }
    switch first.split(separator: ":", maxSplits: 1).last {
    case "setty": return words
    case "bind": return safeBinding(words)
    default: return nil
    }
  }

  private static func safeBinding(_ words: [String]) -> [String] {
    let flags = words.dropFirst().prefix { $0.hasPrefix("-") }
    let target = flags.count + 2
    guard target < words.count else { return words }
    var safe = words
    if flags.contains(where: { $0.hasPrefix("-s") }) {
      safe[target] = KeyBindings.playEscape + words[target]
      return safe
    }
    safe[target] = replacements[words[target]] ?? words[target]
    // The reader keeps counts short, which it knows by the escape that begins them.
    let isEscaped = words[target - 1].hasPrefix("\\e") || words[target - 1].hasPrefix("^[")
    if safe[target] == "ed-argument-digit", !isEscaped { safe[target] = "ed-digit" }
    return safe
  }

  private static func text() -> String? {
    let path =
      System.environment("EDITRC") ?? System.environment("HOME").map { $0 + "/.editrc" }
    guard let path, let bytes = System.readFile(path) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The keys of its `bind` lines that concern this program, as written there.
  static func boundKeys() -> Set<String> { text().map { boundKeys(in: $0) } ?? [] }

  static func boundKeys(in text: String) -> Set<String> {
    var keys: Set<String> = []
    for line in text.split(separator: "\n") {
      var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      let parts = first.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0] != "kosh" { continue }
      guard parts.last == "bind" else { continue }
      words.removeFirst()
      words.removeAll { $0.hasPrefix("-") }
      if words.count >= 2 { keys.insert(words[0].trimmingQuotes) }
    }
    return keys
  }
}

extension String {
  fileprivate var trimmingQuotes: String {
    guard count >= 2, let first, first == last, first == "\"" || first == "'" else { return self }
    return String(dropFirst().dropLast())
  }
}
