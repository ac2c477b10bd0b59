import Diagnostics

/// Where a statement of SPARQL begins in a text that may also hold sentences.
struct StatementStart {
  var offset: Int
  /// Whether the word `explain` stands before it.
  var isExplained = false

  /// The start of the statement at a byte offset, after space and comments; nil when a sentence or nothing stands there.
  static func find(in bytes: [UInt8], at offset: Int, isSPARQL: Bool) -> StatementStart? {
    var cursor = Cursor(bytes, offset)
    if cursor.isAtEnd { return nil }
    var start = StatementStart(offset: cursor.position)
    if cursor.word() == "EXPLAIN" {
      start = StatementStart(offset: cursor.position, isExplained: true)
    }
    return isSPARQL || begins(Cursor(bytes, start.offset)) ? start : nil
  }

  /// The keyword that the word at a byte offset seems to be meant for: with it, a statement would begin there.
  static func nearKeyword(
    in bytes: [UInt8], at offset: Int
  ) -> (range: SourceRange, keyword: String)? {
    var cursor = Cursor(bytes, offset)
    let start = cursor.position
    let word = cursor.word()
    let keywords = ["SELECT", "CONSTRUCT", "DESCRIBE", "INSERT", "DELETE", "PREFIX"]
    let near = keywords.compactMap { keyword in
      editDistance(word.unicodeScalars, keyword.unicodeScalars, limit: 2).map { ($0, keyword) }
    }
    guard let best = near.min(by: { $0 < $1 }), best.0 > 0, begins(with: best.1, cursor) else {
      return nil
    }
    return (SourceRange(start, start + word.utf8.count), best.1)
  }

  /// Whether the line at a byte offset begins as a query does, without space before it.
  static func isQuery(in bytes: [UInt8], at offset: Int) -> Bool {
    // Before a cursor is made, which would skip all comments that follow, from each of them.
    guard offset < bytes.count, Cursor.isLetter(bytes[offset]) else { return false }
    var cursor = Cursor(bytes, offset)
    let keyword = cursor.word()
    return ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"].contains(keyword)
      && begins(with: keyword, cursor)
  }

  private static func begins(_ start: Cursor) -> Bool {
    var cursor = start
    let keyword = cursor.word()
    return begins(with: keyword, cursor)
  }

  /// Whether a statement begins with a keyword before the cursor.
  ///
  /// A keyword alone does not tell, as a name may be spelt like one (`Ask is a Company.`): what follows it must be what
  /// SPARQL has there. A `PREFIX` or `BASE` without a period at its end is SPARQL's; with one it is a sentence.
  private static func begins(with keyword: String, _ rest: Cursor) -> Bool {
    var cursor = rest
    switch keyword {
    case "SELECT":
      return cursor.isNext("?$*(") || cursor.isNextWord(["DISTINCT", "REDUCED"])
        || cursor.isNextAggregate
    case "ASK": return cursor.isNext("{") || cursor.isNextWord(["WHERE", "FROM"])
    case "CONSTRUCT": return cursor.isNext("{") || cursor.isNextWord(["WHERE", "FROM"])
    case "DESCRIBE": return cursor.isNext("?$*") || cursor.isNextIRI
    case "INSERT": return cursor.isNext("{") || cursor.isNextWord(["DATA"])
    case "DELETE": return cursor.isNext("{") || cursor.isNextWord(["DATA", "WHERE"])
    case "WITH": return cursor.isNextIRI
    case "LOAD": return cursor.isNextIRI || cursor.isNextWord(["SILENT"])
    case "CLEAR", "DROP":
      return cursor.isNextWord(["SILENT", "GRAPH", "DEFAULT", "NAMED", "ALL"])
    case "CREATE": return cursor.isNextWord(["SILENT", "GRAPH"])
    case "ADD", "MOVE", "COPY":
      return cursor.isNextIRI || cursor.isNextWord(["SILENT", "GRAPH", "DEFAULT"])
    case "VERSION": return cursor.isNext("\"'")
    case "PREFIX", "BASE":
      if keyword == "PREFIX" { guard cursor.skipPrefix() else { return false } }
      return cursor.skipIRI() && !cursor.isNext(".")
    default: return false
    }
  }

  private struct Cursor {
    private let bytes: [UInt8]
    private(set) var position: Int

    init(_ bytes: [UInt8], _ position: Int) {
      self.bytes = bytes
      self.position = position
      skipSpace()
    }

    var isAtEnd: Bool { position == bytes.count }

    private mutating func skipSpace() {
      while position < bytes.count {
        switch bytes[position] {
        case 0x20, 0x09, 0x0A, 0x0D: position += 1
        case UInt8(ascii: "#"):
          while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        default: return
        }
      }
    }

    /// The letters at the cursor in capitals, at most as many as a keyword has; then skips space.
    mutating func word() -> String {
      let start = position
      while position < bytes.count, Self.isLetter(bytes[position]), position - start < 16 {
        position += 1
      }
      let word = String(decoding: bytes[start..<position], as: UTF8.self).uppercased()
      skipSpace()
      return word
    }

    func isNext(_ characters: String) -> Bool {
      position < bytes.count && characters.utf8.contains(bytes[position])
    }

    func isNextWord(_ words: Set<String>) -> Bool {
      var copy = self
      return words.contains(copy.word())
    }

    /// Whether an aggregate stands here without the parentheses that it needs.
    var isNextAggregate: Bool {
      var copy = self
      let aggregates: Set = ["COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE"]
      return aggregates.contains(copy.word()) && copy.isNext("(")
    }

    /// Whether an IRI in angle brackets or a prefixed name stands here.
    var isNextIRI: Bool {
      if isNext("<") { return true }
      var index = position
      while index < bytes.count, Self.isNameByte(bytes[index]) { index += 1 }
      return index < bytes.count && bytes[index] == UInt8(ascii: ":")
    }

    /// Skips `ex:`; false when something else stands here.
    mutating func skipPrefix() -> Bool {
      while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
      guard isNext(":") else { return false }
      position += 1
      skipSpace()
      return true
    }

    mutating func skipIRI() -> Bool {
      guard isNext("<"), let end = bytes[position...].firstIndex(of: UInt8(ascii: ">")) else {
        return false
      }
      position = end + 1
      skipSpace()
      return true
    }

    static func isLetter(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
      isLetter(byte) || byte >= 0x80 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
  }
}
