import Diagnostics

/// One token of a sentence.
struct Token: BitwiseCopyable {
  enum Kind: UInt8 {
    case word
    case number
    case quotedName
    case text
    case date
    case iri
    case prefixedName
    case variable
    /// `$3`, `$who`, `$3:who`: a cell of the answer shown last.
    case cell
    case openParenthesis
    case closeParenthesis
    case openBrace
    case closeBrace
    case comma
    case semicolon
    case bar
    case plus
    case star
    case caret
    case slash
    case colon
    case equal
    case notEqual
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
    /// Whatever the place wants; stands at the cursor while the parser says what that is.
    case wildcard
    /// `.`
    case period
    /// `?`
    case questionMark
    /// The end of the text where no mark was written.
    case end
  }

  /// What the first character of a word says about it.
  enum Shape: UInt8 {
    case lowerCase
    /// Upper case, or a script without case, or a digit followed by letters.
    case capitalised
    /// A word of the language that completion tries: never part of a new name.
    case fixed
  }

  var kind: Kind
  var shape: Shape
  /// Whether the word is one of the reserved ones, or `.none`.
  var reserved: ReservedWord
  var start: Int
  var end: Int
  /// Where the folded text of a word, number or quoted name lies in `TokenBuffer.folded`.
  var foldStart: Int
  var foldEnd: Int
  /// From 1.
  var line: Int
  /// The index of the other bracket.
  var partner: Int

  init(_ kind: Kind, start: Int, end: Int, line: Int) {
    self.kind = kind
    shape = .lowerCase
    reserved = .none
    self.start = start
    self.end = end
    foldStart = 0
    foldEnd = 0
    self.line = line
    partner = 0
  }

  var range: SourceRange { SourceRange(start, end) }

  /// Whether it can be one of several words of a name.
  @inline(__always)
  var isWordLike: Bool { kind.rawValue <= Kind.number.rawValue }

  var isMark: Bool { kind.rawValue >= Kind.period.rawValue }
}

/// Words that no bare name begins with. Source: language.md, section 1.
enum ReservedWord: String, CaseIterable {
  case none = ""
  case and, or, not, maybe, `if`
  case a, an, the
  case `is`, are, was, were
  case who, whom, what, when, `where`, which
  case someone, something, somewhere

  var isCopula: Bool {
    switch self {
    case .is, .are, .was, .were: true
    default: false
    }
  }

  var isArticle: Bool { self == .a || self == .an }

  /// Gaps that are shown, named after the word.
  var isGap: Bool {
    switch self {
    case .who, .whom, .what, .when, .where: true
    default: false
    }
  }

  /// Gaps that are not shown.
  var isBlank: Bool {
    switch self {
    case .someone, .something, .somewhere: true
    default: false
    }
  }

  /// Whether the word stands between patterns, never in one.
  var isConnective: Bool {
    switch self {
    case .and, .or, .not, .maybe, .if: true
    default: false
    }
  }

  /// The reserved word with this folded text.
  static func of(_ folded: ArraySlice<UInt8>) -> ReservedWord {
    guard let first = folded.first, mayBe(first, folded.count) else { return .none }
    for (text, word) in table[folded.count] where folded.elementsEqual(text) { return word }
    return .none
  }

  /// Whether a word with this first byte and length can be reserved.
  @inline(__always)
  static func mayBe(_ first: UInt8, _ length: Int) -> Bool {
    guard length <= 9 else { return false }
    return switch first {
    case UInt8(ascii: "a"), UInt8(ascii: "i"), UInt8(ascii: "m"), UInt8(ascii: "n"),
      UInt8(ascii: "o"), UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "w"):
      true
    default: false
    }
  }

  /// By length.
  private static let table: [[([UInt8], ReservedWord)]] = (0...9).map { length in
    allCases.filter { $0 != .none && $0.rawValue.utf8.count == length }
      .map { (Array($0.rawValue.utf8), $0) }
  }
}

/// The tokens of one sentence, with the folded text of its words; reused from sentence to sentence.
struct TokenBuffer {
  var tokens: [Token] = []
  /// Folded words with one space between: the words i..<j of a run are one span.
  var folded: [UInt8] = []

  mutating func removeAll() {
    tokens.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
  }

  /// The folded text of the tokens `low..<high` of one run.
  @inline(__always)
  func foldedSpan(_ low: Int, _ high: Int) -> Range<Int> {
    tokens[low].foldStart..<tokens[high - 1].foldEnd
  }

  func foldedText(_ low: Int, _ high: Int) -> String {
    String(decoding: folded[foldedSpan(low, high)], as: UTF8.self)
  }

  func isWord(_ index: Int, _ text: StaticString) -> Bool {
    guard index < tokens.count, tokens[index].kind == .word else { return false }
    return spans(tokens[index].foldStart..<tokens[index].foldEnd, text)
  }

  /// Whether the folded bytes of a range are this ASCII text.
  func spans(_ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { folded[range].elementsEqual($0) }
  }

  func range(_ low: Int, _ high: Int) -> SourceRange {
    guard low < high else {
      let place = low < tokens.count ? tokens[low].start : tokens.last?.end ?? 0
      return SourceRange(place, place)
    }
    return SourceRange(tokens[low].start, tokens[high - 1].end)
  }
}
