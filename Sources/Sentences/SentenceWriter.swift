public import RDF

/// Writes names, terms and facts as sentences that read back as the same.
public enum SentenceWriter {
  // MARK: Names

  /// A known name as it can stand in a sentence: in quotes only where it would be taken for something else.
  public static func name(_ name: String, as role: NameRole) -> String {
    isBare(name) ? name : quoted(name)
  }

  /// A name that the reader may not know, so that its form has to say where it ends.
  static func newName(_ name: String, as role: NameRole) -> String {
    guard isBare(name) else { return quoted(name) }
    let words = name.split(separator: " ")
    let isNew =
      role == .relation
      ? words.allSatisfy { startsLower($0) } && !isStandard(name)
      : startsUpper(words[0]) && words.allSatisfy { startsUpper($0) || isNumber($0) }
    return isNew ? name : quoted(name)
  }

  /// A name in quotes, on one line.
  public static func quoted(_ name: String) -> String {
    var result = "'"
    for scalar in name.unicodeScalars {
      result.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
      if scalar == "'" { result += "'" }
    }
    return result + "'"
  }

  static func startsLower(_ word: Substring) -> Bool {
    word.unicodeScalars.first?.properties.isLowercase ?? false
  }

  private static func startsUpper(_ word: Substring) -> Bool {
    word.unicodeScalars.first?.properties.isUppercase ?? false
  }

  private static func isNumber(_ word: Substring) -> Bool {
    word.utf8.allSatisfy(CharacterClass.isDigit)
  }

  private static func isStandard(_ name: String) -> Bool {
    StandardRelation(rawValue: NameFolding.key(name)) != nil
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
    return written.joined(separator: " ").utf8.elementsEqual(name.utf8)
      && !["true", "false"].contains(name.lowercased())
  }

  // MARK: Terms

  /// How IRIs are written.
  public struct Naming {
    /// The name of an IRI in a role, or nil where it has none of its own there.
    var name: (String, NameRole) -> String?
    /// The IRI itself: `<…>`, or a prefixed name.
    var notation: (String) -> String
    /// Whether the words of the language stand for their relations.
    var usesWords: Bool

    public init(
      usesWords: Bool = true, name: @escaping (String, NameRole) -> String?,
      notation: @escaping (String) -> String = { "<\($0)>" }
    ) {
      self.usesWords = usesWords
      self.name = name
      self.notation = notation
    }

    /// Nothing but IRIs in brackets: longest, and never read as anything else.
    public static var plain: Naming { Naming(usesWords: false, name: { _, _ in nil }) }

    func text(_ iri: String, as role: NameRole) -> String {
      name(iri, role).map { newName($0, as: role) } ?? notation(iri)
    }
  }

  /// A term in the place of a role.
  static func term(_ term: Term, as role: NameRole = .entity, _ naming: Naming) -> String {
    switch term {
    case .iri(let iri): naming.text(iri, as: role)
    case .blankNode(let name): "_:" + name
    case .literal(let literal): self.literal(literal, naming)
    case .triple(let triple): "(" + sentence(triple, naming) + ")"
    }
  }

  /// A literal: bare where its form says its datatype, else as a text.
  public static func literal(_ literal: Literal) -> String {
    self.literal(literal, Naming(name: { _, _ in nil }))
  }

  private static func literal(_ literal: Literal, _ naming: Naming) -> String {
    let text = literal.lexicalForm
    let isBare =
      switch literal.datatype {
      case XSD.integer, XSD.decimal, XSD.double: NumberForm.datatype(text) == literal.datatype
      case XSD.date: text.utf8.count == 10 && isDate(text)
      case XSD.gYearMonth: text.utf8.count == 7 && isDate(text)
      case XSD.dateTime: DateForm.isDateTime(text)
      case XSD.boolean: text == "true" || text == "false"
      default: false
      }
    if isBare { return text }
    let quoted = "\"" + escaped(text) + "\""
    if let language = literal.language {
      return quoted + "@" + language + (literal.direction.map { "--" + $0.rawValue } ?? "")
    }
    return literal.datatype == XSD.string
      ? quoted : quoted + "^^" + naming.notation(literal.datatype)
  }

  private static func isDate(_ text: String) -> Bool {
    let isFormed = text.utf8.enumerated().allSatisfy { index, byte in
      index == 4 || index == 7 ? byte == UInt8(ascii: "-") : CharacterClass.isDigit(byte)
    }
    return isFormed && DateForm.isDate(text.utf8)
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

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

/// The written form of numbers. Source: language.md, section 1.
enum NumberForm {
  /// The datatype a bare number has, or nil where the text is not read as one, or not as written.
  static func datatype(_ text: String) -> String? {
    var lexer = Lexer(Array(text.utf8))
    var buffer = TokenBuffer()
    guard lexer.readSentence(into: &buffer), lexer.problem == nil, buffer.tokens.count == 2,
      buffer.tokens[0].kind == .number, buffer.tokens[0].end == text.utf8.count,
      !text.contains("_"), !text.contains("E")
    else { return nil }
    return datatype(ofNumber: text)
  }

  static func datatype(ofNumber text: String) -> String {
    if text.contains("e") { return XSD.double }
    return text.contains(".") ? XSD.decimal : XSD.integer
  }
}
