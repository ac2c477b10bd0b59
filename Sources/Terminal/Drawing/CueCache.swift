/// What stands before each line of an entry after the first; only what changed is asked for again.
struct CueCache {
  private var text = ""
  /// What stands before each further line, and where that line begins.
  private var cues: [(cue: String, start: Int)] = []
  /// Before a line where nothing is open.
  private static let plain = "    >"
  /// Behind so many bytes it is not asked what is open: each line reads all before it.
  private static let longest = 16_384

  subscript(line: Int) -> String { cues[line].cue }

  mutating func update(for newText: String, _ continuation: (String) -> String?) {
    guard newText.utf8.contains(UInt8(ascii: "\n")) else {
      (text, cues) = ("", [])
      return
    }
    let kept = zip(text.utf8, newText.utf8).prefix { $0 == $1 }.count
    cues.removeAll { $0.start > kept }
    var start = cues.last?.start ?? 0
    for (offset, byte) in newText.utf8.enumerated().dropFirst(start) where byte == 0x0A {
      start = offset + 1
      let before =
        offset > Self.longest
        ? nil : continuation(String(decoding: newText.utf8.prefix(offset), as: UTF8.self))
      cues.append((before ?? Self.plain, start))
    }
    text = newText
  }
}
