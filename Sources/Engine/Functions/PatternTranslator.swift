/// Writes a regular expression of XPath in the dialect of PCRE2, where the two differ: `.`, `\w`,
/// `\s`, the characters of names, blocks, subtraction in classes, back-references, and flag `x`.
///
/// What XPath has no meaning for is refused, except assertions as other dialects write them: `\b`,
/// `\B` and groups that begin with `(?`.
/// Source: XPath Functions and Operators 3.1, section 5.6.1; XML Schema 1.1 part 2, appendix G.
struct PatternTranslator {
  private var reader: PatternReader
  private let options: Options
  private var output: String
  /// The number of each open group, nil for one that captures nothing.
  private var openGroups: [Int?] = []
  private var groupCount = 0
  private var closedGroups: Set<Int> = []

  struct Options {
    var isDotAll = false
    var isMultiline = false
    var isCaseless = false
    var ignoresSpace = false
  }

  /// nil for a pattern that is none. Some others are left for PCRE2 to find.
  static func translated(_ pattern: String, _ options: Options) -> String? {
    var translator = PatternTranslator(
      reader: PatternReader(pattern, ignoringSpace: options.ignoresSpace), options: options)
    return translator.run() ? translator.output : nil
  }

  private init(reader: PatternReader, options: Options) {
    self.reader = reader
    self.options = options
    output = options.isMultiline ? "(*LF)" : "(*ANYCRLF)"
  }

  /// `.` is neither LF nor CR. Where no line end matters beside, it stays the dot of PCRE2, which
  /// knows that `.*` at the start need not be tried anew at each character.
  private var dot: String { options.isDotAll || !options.isMultiline ? "." : "[^\\n\\r]" }

  /// Never matched. As it names LF, PCRE2 does not step over CR and LF together.
  private static let lineFeed = "(?(DEFINE)\\n)"

  private mutating func run() -> Bool {
    while let next = reader.next {
      switch next {
      case "\\": guard escape() else { return false }
      case "[":
        guard let characters = CharacterClassTranslator.translated(&reader) else { return false }
        output += characters
      case ".":
        reader.advance()
        output += dot
      case "(": guard open() else { return false }
      case ")": guard close() else { return false }
      case "{": guard quantity() else { return false }
      default: copy()
      }
    }
    if !options.isMultiline { output += Self.lineFeed }
    return true
  }

  private mutating func copy() {
    guard let next = reader.take() else { return }
    output.unicodeScalars.append(next)
  }

  private mutating func open() -> Bool {
    copy()
    if reader.next == "*" { return false }
    var captures = true
    if reader.next == "?" {
      // `(?<name>` and `(?P<name>` capture, `(?<=` and `(?<!` do not.
      let name = reader.peek(1) == "P" ? 2 : 1
      captures = reader.peek(name) == "<" && !["=", "!"].contains(reader.peek(name + 1))
      copy()
    }
    if captures { groupCount += 1 }
    openGroups.append(captures ? groupCount : nil)
    return true
  }

  private mutating func close() -> Bool {
    guard let group = openGroups.popLast() else { return false }
    if let group { closedGroups.insert(group) }
    copy()
    return true
  }

  /// `{n}`, `{n,}` or `{n,m}`: other braces have to be escaped.
  private mutating func quantity() -> Bool {
    copy()
    guard copyDigits() else { return false }
    if reader.next == "," {
      copy()
      _ = copyDigits()
    }
    guard reader.next == "}" else { return false }
    copy()
    return true
  }

  private mutating func copyDigits() -> Bool {
    var hasSome = false
    while let next = reader.next, ("0"..."9").contains(next) {
      copy()
      hasSome = true
    }
    return hasSome
  }

  private mutating func escape() -> Bool {
    reader.advance()
    guard let letter = reader.next else { return false }
    if ("0"..."9").contains(letter) { return reference() }
    if letter == "b" || letter == "B" {
      output += "\\"
      copy()
      return true
    }
    guard let characters = reader.takeEscape() else { return false }
    switch characters {
    case .one(let scalar): output += "\\x{\(String(scalar.value, radix: 16))}"
    case .some(let content, let isCased):
      output += options.isCaseless && isCased ? "(?-i:[\(content)])" : "[\(content)]"
    }
    return true
  }

  /// The longest number that a group has; the group has to be closed.
  private mutating func reference() -> Bool {
    var number = 0
    while let digit = reader.next.flatMap({ Int(String($0)) }), number * 10 + digit <= groupCount {
      number = number * 10 + digit
      reader.advance()
      if number == 0 { return false }
    }
    guard closedGroups.contains(number) else { return false }
    output += "\\g{\(number)}"
    return true
  }
}
