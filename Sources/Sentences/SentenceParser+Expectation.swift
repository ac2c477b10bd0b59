import Algebra
public import Diagnostics
import RDF

/// Completion asks the parser itself: it reads the text before the cursor with a wildcard in the place of the unfinished
/// words, and says as what the wildcard was read.
extension SentenceParser {
  /// What can stand at a byte offset of a text typed at the prompt; nothing inside texts and comments, nor in the place of
  /// unfinished words of fewer bytes than `shortest`.
  public static func expectation(
    at byteOffset: Int, in source: SourceText, shortest: Int = 0, lexicon: some Lexicon
  ) -> Expectation {
    let cursor = max(0, min(byteOffset, source.bytes.count))
    let before = SourceText(name: source.name, bytes: Array(source.bytes[..<cursor]))
    var parser = SentenceParser(source: before, mode: .prompt)
    parser.isProbing = true
    return parser.expectation(shortest, lexicon)
  }

  /// Names of more words than this are not completed from their first word.
  private static let maximumPartialWordCount = 6
  /// How much is read for one completion, in squares of tokens, which a reading takes time by: all there is for a dozen.
  static let readingBudget = 120_000
  /// Pieces that may be missing after the cursor: a relation and an object, or those after a bracket.
  static let fillers = [(0, 0), (1, 0), (2, 0), (0, 2), (1, 2)]

  private mutating func expectation(_ shortest: Int, _ lexicon: some Lexicon) -> Expectation {
    let cursor = source.bytes.count
    let nothing = SourceRange(cursor, cursor)
    readLastSentence()
    if let mark = takeGapMark(cursor) { return gapExpectation(mark) }
    guard lexer.problem.map({ Self.isOpenEnd($0.id) }) ?? true else {
      return Expectation(candidates: [], words: [], wordPartial: nothing)
    }
    let all = buffer
    let touches = all.tokens.last.map { $0.end == cursor && !$0.isMark } ?? false
    var result = Expectation(candidates: [], words: [], wordPartial: nothing)
    result.hasGap = all.tokens.contains { $0.kind == .variable || $0.reserved.isGap }
    let isQuoting = lexer.problem?.id == "unclosed-quote"
    for count in 0...Self.maximumPartialWordCount where count <= all.tokens.count {
      let start = all.tokens.count - count
      if count == 0, touches, all.tokens[start - 1].isCompletable { continue }
      if count > 0 {
        let token = all.tokens[start]
        guard token.isWordLike && token.reserved == .none || isQuoting && count == 1 else { break }
      }
      let partial = SourceRange(count == 0 ? cursor : all.tokens[start].start, cursor)
      guard cursor - partial.lowerBound >= shortest else { continue }
      let (roles, patterns) = roles(all, start, lexicon)
      guard !roles.isEmpty else { continue }
      let (relation, subject) = contextBefore(all, start, lexicon)
      result.candidates.append(
        Expectation.Candidate(
          partial: partial, roles: roles, relation: relation, subject: subject, patterns: patterns))
      if isQuoting { break }
    }
    guard !isQuoting else { return result }
    let isPartial = touches && all.tokens.last?.isCompletable == true
    let start = isPartial ? all.tokens.count - 1 : all.tokens.count
    if isPartial { result.wordPartial = SourceRange(all.tokens[start].start, cursor) }
    guard cursor - result.wordPartial.lowerBound >= shortest else { return result }
    result.words = words(all, start, source.text(result.wordPartial), lexicon)
    return result
  }

  private static func isOpenEnd(_ id: String) -> Bool {
    id == "unclosed-bracket" || id == "unclosed-quote"
  }

  /// Leaves the tokens of the sentence the cursor is in, without an end.
  private mutating func readLastSentence() {
    while lexer.readSentence(into: &buffer) {}
    if let last = buffer.tokens.last, last.kind == .end {
      buffer.tokens.removeLast()
    } else if let last = buffer.tokens.last, last.isMark, takeGapMark(last.end) == nil {
      let isSupposing = buffer.isWord(0, "suppose") && last.kind == .period
      if !isSupposing { buffer.removeAll() }
    }
  }

  /// A `?` just before the cursor, after a space: the beginning of a gap.
  private func takeGapMark(_ cursor: Int) -> SourceRange? {
    let isGap =
      source.bytes.last == UInt8(ascii: "?") && cursor > 1
      && [0x20, 0x0A, 0x28].contains(source.bytes[cursor - 2])
    return isGap ? SourceRange(cursor - 1, cursor) : nil
  }

  private mutating func gapExpectation(_ mark: SourceRange) -> Expectation {
    var gaps: [String] = []
    for token in buffer.tokens where token.kind == .variable {
      let gap = source.text(token.range)
      if !gaps.contains(gap) { gaps.append(gap) }
    }
    return Expectation(candidates: [], words: gaps, wordPartial: mark)
  }

  /// As what a name from the token `start` on can be read, and what the questions are that it is read in.
  private mutating func roles(
    _ all: TokenBuffer, _ start: Int, _ lexicon: some Lexicon
  ) -> (Set<NameRole>, [Pattern]) {
    probedRoles = []
    var patterns: [Pattern] = []
    for isFact in [false, true] {
      for (inner, outer) in Self.fillers {
        set(all, start, words: [], inner: inner + 1, outer: outer)
        probedIndex = start
        if case .question(let question) = reading(isFact: isFact, lexicon),
          !patterns.contains(question.query.pattern)
        {
          patterns.append(question.query.pattern)
        }
      }
      if !probedRoles.isEmpty { break }
    }
    probedIndex = nil
    return (probedRoles, patterns)
  }

  /// The known names just before a token: a relation with its subject, or a subject alone.
  private func contextBefore(
    _ all: TokenBuffer, _ start: Int, _ lexicon: some Lexicon
  ) -> (relation: TermID?, subject: TermID?) {
    let relation = nameBefore(all, start, .relation, lexicon)
    var end = relation?.start ?? start
    while end > 0, all.tokens[end - 1].reserved.isCopula { end -= 1 }
    return (relation?.id, nameBefore(all, end, .entity, lexicon)?.id)
  }

  /// The longest known name that ends before a token.
  private func nameBefore(
    _ all: TokenBuffer, _ end: Int, _ role: NameRole, _ lexicon: some Lexicon
  ) -> (id: TermID, start: Int)? {
    var found: (TermID, Int)?
    var low = end - 1
    while low >= 0, end - low <= maximumRelationWordCount {
      let token = all.tokens[low]
      let isQuoted = token.kind == .quotedName && low == end - 1
      guard isQuoted || token.isWordLike else { break }
      let name = all.folded[all.foldedSpan(low, end)]
      if !name.isEmpty, case .one(let id) = lexicon.match(name.span, as: role) {
        found = (id, low)
      }
      if isQuoted { break }
      low -= 1
    }
    return found
  }

  /// Words that lead on from the token `start`, of those that begin as typed.
  private mutating func words(
    _ all: TokenBuffer, _ start: Int, _ typed: String, _ lexicon: some Lexicon
  ) -> [String] {
    let prefix = typed.lowercased()
    var found = KeyWords.all.filter { word in
      guard word.hasPrefix(prefix), word != prefix else { return false }
      let parts = word.split(separator: " ").map(String.init)
      return [false, true].contains { isFact in
        Self.fillers.contains { inner, outer in
          // To put the words there takes as long as there is text.
          guard readingBudget > 0 else { return false }
          set(all, start, words: parts, inner: inner, outer: outer)
          return isReadable(isFact: isFact, lexicon)
        }
      }
    }
    for token in all.tokens[..<start] where token.kind == .variable {
      let gap = source.text(token.range)
      if gap.hasPrefix(typed), gap != typed, !found.contains(gap) { found.append(gap) }
    }
    return found
  }

  /// Whether the buffer can be read; not when the budget is spent.
  mutating func isReadable(isFact: Bool, _ lexicon: some Lexicon) -> Bool {
    reading(isFact: isFact, lexicon) != nil
  }

  private mutating func reading(isFact: Bool, _ lexicon: some Lexicon) -> Statement? {
    guard readingBudget > 0 else { return nil }
    readingBudget -= buffer.tokens.count * buffer.tokens.count
    if isFact { buffer.tokens[buffer.tokens.count - 1].kind = .period }
    do throws(Diagnostic) {
      return try statement(lexicon)
    } catch {
      return nil
    }
  }

  /// Puts the tokens before `start`, some words, wildcards and what closes the open brackets into the buffer.
  mutating func set(
    _ all: TokenBuffer, _ start: Int, words: [String], inner: Int, outer: Int
  ) {
    buffer = all
    buffer.tokens.removeSubrange(start...)
    allowsNewNames = false
    negationDepth = 0
    for word in words { appendWord(word) }
    for _ in 0..<inner { append(.wildcard) }
    for index in openBrackets().reversed() {
      let isBrace = buffer.tokens[index].kind == .openBrace
      buffer.tokens[index].partner = buffer.tokens.count
      append(isBrace ? .closeBrace : .closeParenthesis)
      buffer.tokens[buffer.tokens.count - 1].partner = index
    }
    for _ in 0..<outer { append(.wildcard) }
    append(.end)
  }

  private func openBrackets() -> [Int] {
    var open: [Int] = []
    for (index, token) in buffer.tokens.enumerated() {
      switch token.kind {
      case .openBrace, .openParenthesis: open.append(index)
      case .closeBrace, .closeParenthesis: _ = open.popLast()
      default: break
      }
    }
    return open
  }

  private mutating func append(_ kind: Token.Kind) {
    let cursor = source.bytes.count
    buffer.tokens.append(Token(kind, start: cursor, end: cursor, line: lexer.line))
  }

  private mutating func appendWord(_ word: String) {
    var kind = Token.Kind.word
    if let sign = KeyWords.signs[word] { kind = sign }
    append(kind)
    guard kind == .word else { return }
    let last = buffer.tokens.count - 1
    if !buffer.folded.isEmpty { buffer.folded.append(0x20) }
    buffer.tokens[last].foldStart = buffer.folded.count
    buffer.folded += Array(word.utf8)
    buffer.tokens[last].foldEnd = buffer.folded.count
    buffer.tokens[last].shape = .fixed
    buffer.tokens[last].reserved = ReservedWord.of(Array(word.utf8)[...])
  }

  /// The wildcard as a term; remembers its role where it stands at the cursor.
  mutating func wildcard(_ index: Int, _ role: NameRole) -> Reference {
    if index == probedIndex { probedRoles.insert(role) }
    return .term(.iri(wildcardIRI(index)))
  }

  func wildcardIRI(_ index: Int) -> String {
    Expectation.wildcard + (index == probedIndex ? "" : String(index))
  }
}

extension Token {
  /// Whether more letters could go on with it.
  fileprivate var isCompletable: Bool {
    kind == .word || kind == .number || kind == .variable || kind == .quotedName
  }
}

/// The words of the language that completion offers.
enum KeyWords {
  /// Words that a sentence begins with.
  static let beginnings: [String] =
    ["who", "what", "when", "where", "which", "how", "does", "did", "according"]
    + Verb.allCases.map(\.rawValue)

  /// Each word of them on its own.
  static let single = Set(all.flatMap { $0.split(separator: " ").map(String.init) })

  static let signs: [String: Token.Kind] = ["|": .bar, "{": .openBrace]

  static let all: [String] =
    [
      "who", "whom", "what", "when", "where", "which", "someone", "something", "somewhere",
      "how many", "according to", "according to whom", "as of", "is", "are", "was", "were",
      "does", "did", "is a", "is an", "and", "or", "not", "maybe", "true", "false",
      "before", "after", "since", "until", "contains", "starts with", "ends with", "matches",
      "| where", "| count", "| sum", "| avg", "| min", "| max", "| sort", "| first", "| skip",
      "| show", "count", "sum", "avg", "min", "max", "sort", "first", "skip", "show", "by",
      "down", "to", "within", "depth", "then", "there", "kind of", "also known as", "implies",
      "inverse of", "same as", "source", "on", "from", "quote",
    ] + Verb.allCases.map(\.rawValue)
}
