import RDF

/// Writes names and terms as sentences have them.
public enum SentenceWriter {
  /// A name, in quotes only where a reader would take it for something else.
  public static func name(_ name: String, as role: NameRole) -> String {
    isBare(name) ? name : quoted(name)
  }

  /// A name in quotes.
  public static func quoted(_ name: String) -> String {
    var result = "'"
    for character in name {
      result.append(character)
      if character == "'" { result.append(character) }
    }
    return result + "'"
  }

  /// Whether the words of a name, once known, can stand without quotes.
  static func isBare(_ name: String) -> Bool {
    var lexer = Lexer(Array(name.utf8))
    var buffer = TokenBuffer()
    guard lexer.readSentence(into: &buffer), lexer.problem == nil else { return false }
    let words = buffer.tokens.dropLast()
    guard buffer.tokens.last?.kind == .end, words.first?.kind == .word,
      words.allSatisfy({ $0.isWordLike && $0.reserved == .none })
    else { return false }
    let bytes = lexer.bytes
    let written = words.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
    return written.joined(separator: " ") == name && !isKeyword(name)
  }

  /// Words that mean something by themselves where a name can stand.
  private static func isKeyword(_ name: String) -> Bool {
    ["true", "false"].contains(name.lowercased())
  }
}

extension SentenceWriter {
  /// The IRI a new name gets: spaces become `_`, the rest is percent-encoded.
  public static func iri(forName name: String, base: String) -> String {
    var result = base
    for byte in name.utf8 {
      switch byte {
      case 0x20: result += "_"
      case _ where CharacterClass.isLetter(byte) || CharacterClass.isDigit(byte),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += byte < 16 ? "%0" + digits : "%" + digits
      }
    }
    return result
  }
}
