/// The words of a command line: parted by blanks, quoted with `'` or `"` where they hold some.
enum CommandWords {
  static func split(_ line: String) throws(CommandError) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let ended = word { words.append(ended) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let quote { throw CommandError("a \(quote) is not closed") }
    return words + (word.map { [$0] } ?? [])
  }
}
