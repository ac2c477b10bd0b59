/// A place in a regular expression.
struct PatternReader {
  private let scalars: [Unicode.Scalar]
  private var position = 0

  /// With flag `x`, white space outside of classes is no part of the pattern.
  init(_ pattern: String, ignoringSpace: Bool) {
    scalars = ignoringSpace ? Self.withoutSpace(pattern) : Array(pattern.unicodeScalars)
  }

  private static func withoutSpace(_ pattern: String) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    var depth = 0
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if depth == 0, [" ", "\t", "\n", "\r"].contains(scalar) { continue }
      kept.append(scalar)
      if !isEscaped, scalar == "[" { depth += 1 }
      if !isEscaped, scalar == "]" { depth = max(0, depth - 1) }
      isEscaped = !isEscaped && scalar == "\\"
    }
    return kept
  }

  var next: Unicode.Scalar? { peek(0) }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  mutating func advance() { position += 1 }

  mutating func take() -> Unicode.Scalar? {
    defer { position += 1 }
    return next
  }

  /// Takes a character if it is the next.
  mutating func take(_ expected: Unicode.Scalar) -> Bool {
    guard next == expected else { return false }
    position += 1
    return true
  }

  /// What stands after a backslash.
  enum Escape {
    case one(Unicode.Scalar)
    /// What stands in the brackets of a class that has all of them; whether it tells the case.
    case some(String, isCased: Bool)
  }

  /// Takes what stands after a backslash; nil when it is no escape of XPath. Signs that need none
  /// may be escaped, too.
  mutating func takeEscape() -> Escape? {
    guard let letter = take() else { return nil }
    switch letter {
    case "n": return .one("\n")
    case "r": return .one("\r")
    case "t": return .one("\t")
    case "p", "P": return property(isComplement: letter == "P")
    default: break
    }
    if let content = CharacterSets.content(of: letter) { return .some(content, isCased: false) }
    let isSign = letter.isASCII && !letter.properties.isAlphabetic && !("0"..."9").contains(letter)
    return isSign ? .one(letter) : nil
  }

  /// `{Lu}`, `{IsBasicLatin}`.
  private mutating func property(isComplement: Bool) -> Escape? {
    guard take("{") else { return nil }
    var name = ""
    while let scalar = take(), scalar != "}" { name.unicodeScalars.append(scalar) }
    guard position <= scalars.count, !name.isEmpty, name.unicodeScalars.allSatisfy(Self.isOfName)
    else { return nil }
    if name.hasPrefix("Is") {
      guard let block = UnicodeBlocks.range(of: String(name.dropFirst(2))) else { return nil }
      return .some(
        CharacterSets.content([block], isComplement: isComplement), isCased: false)
    }
    return .some(
      "\\\(isComplement ? "P" : "p"){\(name)}", isCased: ["Lu", "Ll", "Lt"].contains(name))
  }

  private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "-" || scalar == "_")
      || ("0"..."9").contains(scalar)
  }
}
