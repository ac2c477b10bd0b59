/// Writes `[…]` of XPath for PCRE2. Source: XML Schema 1.1 part 2, section G.4.1.
struct CharacterClassTranslator {
  private static let depthLimit = 100

  /// Takes a class; nil when it is none.
  static func translated(_ reader: inout PatternReader, depth: Int = 0) -> String? {
    guard depth < depthLimit, reader.take("[") else { return nil }
    var content = reader.take("^") ? "^" : ""
    var isEmpty = true
    while let next = reader.next {
      switch next {
      case "]":
        reader.advance()
        return isEmpty ? nil : "[\(content)]"
      case "-" where reader.peek(1) == "[" && !isEmpty:
        reader.advance()
        guard let without = translated(&reader, depth: depth + 1), reader.take("]") else {
          return nil
        }
        return "(?:(?!\(without))[\(content)])"
      case "[": return nil
      default:
        guard let item = item(&reader) else { return nil }
        content += item
        isEmpty = false
      }
    }
    return nil
  }

  /// A character, a range of them, or an escape that has several.
  private static func item(_ reader: inout PatternReader) -> String? {
    guard let first = character(&reader) else { return nil }
    guard case .one(let lower) = first else {
      if case .some(let content, _) = first { return content }
      return nil
    }
    guard reader.next == "-", let end = reader.peek(1), end != "]", end != "[" else {
      return CharacterSets.escaped(lower.value)
    }
    reader.advance()
    guard case .one(let upper)? = character(&reader), lower <= upper else { return nil }
    return CharacterSets.content([lower.value...upper.value], isComplement: false)
  }

  private static func character(_ reader: inout PatternReader) -> PatternReader.Escape? {
    guard let scalar = reader.take() else { return nil }
    return scalar == "\\" ? reader.takeEscape() : .one(scalar)
  }
}
