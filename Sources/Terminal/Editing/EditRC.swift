/// What the user's editrc says about keys.
enum EditRC {
  /// The keys of its `bind` lines that concern this program, as written there.
  static func boundKeys() -> Set<String> {
    let path =
      System.environment("EDITRC") ?? System.environment("HOME").map { $0 + "/.editrc" }
    guard let path, let bytes = System.readFile(path) else { return [] }
    return boundKeys(in: String(decoding: bytes, as: UTF8.self))
  }

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
