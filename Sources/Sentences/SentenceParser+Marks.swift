public import Diagnostics

/// The pieces of a text that is still being typed.
extension SentenceParser {
  /// Sentences of more tokens are not searched for unknown names: that takes time by the square of their number.
  private static let maximumSearchedTokenCount = 60
  /// A name that is still typed is looked for among the names that begin with so many words.
  private static let maximumGrowingWordCount = 5
  /// Names of more words are not told apart from what is around them.
  private static let maximumMarkedNameWordCount = 12

  /// What the pieces of a text typed at the prompt are, in order; later marks lie over earlier ones.
  ///
  /// A name that still grows at the end is never called unknown; `beginsName` says whether a folded text begins one.
  public static func marks(
    of source: SourceText, cursor: Int, lexicon: some Lexicon, beginsName: ([UInt8]) -> Bool
  ) -> [TextMark] {
    var parser = SentenceParser(source: source, mode: .prompt)
    var marks: [TextMark] = []
    var end = 0
    while parser.lexer.readSentence(into: &parser.buffer) {
      if parser.buffer.isWord(0, "suppose"), parser.tokens.last?.kind == .period {
        _ = parser.lexer.readSentence(into: &parser.buffer, goingOn: true)
      }
      marks += parser.comments(from: end)
      end = parser.tokens.last?.end ?? end
      let (pieces, strangers) = parser.pieces(lexicon)
      marks += pieces
      marks += parser.brackets(at: cursor)
      if let problem = parser.lexer.problem {
        let isOpen = problem.id.hasPrefix("unclosed")
        if problem.id != "unclosed-bracket" {
          marks.append(TextMark(isOpen ? .unclosed : .wrong, problem.range))
        }
      } else if parser.tokens.count <= maximumSearchedTokenCount, !strangers.isEmpty {
        marks += parser.unknownNames(strangers, lexicon, beginsName)
      }
    }
    return marks + parser.comments(from: end, upTo: source.bytes.count)
  }

  // MARK: Tokens

  /// A mark for each token or known name, and the names and words that are neither known nor of the language.
  private func pieces(_ lexicon: some Lexicon) -> (marks: [TextMark], strangers: [SourceRange]) {
    var marks: [TextMark] = []
    var strangers: [SourceRange] = []
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      if let (role, end) = knownName(at: index, lexicon) {
        marks.append(TextMark(role == .relation ? .relation : .name, buffer.range(index, end)))
        index = end
        continue
      }
      if let kind = kind(of: token, at: index) {
        marks.append(TextMark(kind, token.range))
      } else if token.kind == .word || token.kind == .quotedName {
        strangers.append(token.range)
      }
      index += 1
    }
    return (marks, strangers)
  }

  private func kind(of token: Token, at index: Int) -> TextMark.Kind? {
    switch token.kind {
    case .variable: return .gap
    case .text, .date, .number: return .value
    case .iri, .prefixedName, .cell: return .name
    case .word:
      if token.reserved.isGap || token.reserved.isBlank || token.reserved == .which { return .gap }
      let isKeyword =
        token.reserved != .none || KeyWords.single.contains(buffer.foldedText(index, index + 1))
      return isKeyword ? .keyword : nil
    default: return nil
    }
  }

  /// The longest known name that begins at a token, and the token after it.
  private func knownName(at index: Int, _ lexicon: some Lexicon) -> (role: NameRole, end: Int)? {
    let first = tokens[index]
    if first.kind == .quotedName { return role(index, index + 1, lexicon).map { ($0, index + 1) } }
    guard first.isWordLike, first.reserved == .none else { return nil }
    var end = index + 1
    while end < tokens.count, tokens[end].isWordLike,
      end - index < Self.maximumMarkedNameWordCount
    {
      end += 1
    }
    for candidate in stride(from: end, to: index, by: -1) {
      if candidate == index + 1, first.kind == .number { return nil }
      if let role = role(index, candidate, lexicon) { return (role, candidate) }
    }
    return nil
  }

  private func role(_ low: Int, _ high: Int, _ lexicon: some Lexicon) -> NameRole? {
    let name = buffer.folded[buffer.foldedSpan(low, high)]
    guard !name.isEmpty else { return nil }
    return [NameRole.relation, .entity].first { lexicon.match(name.span, as: $0) != .unknown }
  }

  private func brackets(at cursor: Int) -> [TextMark] {
    var marks: [TextMark] = []
    for (index, token) in tokens.enumerated() {
      guard token.kind == .openParenthesis || token.kind == .openBrace else { continue }
      guard token.partner > index else {
        marks.append(TextMark(.unclosed, token.range))
        continue
      }
      let other = tokens[token.partner]
      if [token.start, token.end, other.start, other.end].contains(cursor) {
        marks += [TextMark(.partner, token.range), TextMark(.partner, other.range)]
      }
    }
    return marks
  }

  /// The comments before the first token that is read, or up to an offset.
  private func comments(from start: Int, upTo end: Int? = nil) -> [TextMark] {
    var marks: [TextMark] = []
    var position = start
    for place in tokens.map({ ($0.start, $0.end) }) + [(end ?? start, end ?? start)]
    where place.0 >= position {
      if let hash = source.bytes[position..<place.0].firstIndex(of: UInt8(ascii: "#")) {
        marks.append(TextMark(.comment, SourceRange(hash, place.0)))
      }
      position = place.1
    }
    return marks
  }

  // MARK: Unknown names

  /// Those of the strange words of the sentence just read that the parser takes for names nothing bears.
  private mutating func unknownNames(
    _ strangers: [SourceRange], _ lexicon: some Lexicon, _ beginsName: ([UInt8]) -> Bool
  ) -> [TextMark] {
    if tokens.last?.kind == .end { return unknownUnfinished(lexicon, beginsName) }
    do throws(Diagnostic) {
      switch try statement(lexicon) {
      case .facts, .suppose: return strangers.map { TextMark(.new, $0) }
      default: return []
      }
    } catch {
      return Self.unknownNames(error)
    }
  }

  private static func unknownNames(_ error: Diagnostic) -> [TextMark] {
    guard error.id == "unknown-name" else { return [] }
    let ranges = [error.range] + error.notes.compactMap(\.range)
    return ranges.map { TextMark(.unknown, $0) }
  }

  /// The same where the text may go on: whatever is missing at the end is supposed to come.
  private mutating func unknownUnfinished(
    _ lexicon: some Lexicon, _ beginsName: ([UInt8]) -> Bool
  ) -> [TextMark] {
    var all = buffer
    all.tokens.removeLast()
    let count = all.tokens.count
    let grows = all.tokens.last.map { $0.isWordLike && $0.end == source.bytes.count } ?? false
    isProbing = true
    defer { isProbing = false }
    for dropped in 0...(grows ? min(count, Self.maximumGrowingWordCount) : 0) {
      if dropped > 0, !all.tokens[count - dropped].isWordLike { break }
      if dropped > 1, !beginsName(Array(all.folded[all.foldedSpan(count - dropped, count)])) {
        continue
      }
      if canGoOn(all, count - dropped, lexicon) { return [] }
    }
    isProbing = false
    set(all, count, words: [], inner: 0, outer: 0)
    if let unknown = unknownNames(lexicon) { return unknown }
    for (inner, outer) in Self.fillers.dropFirst() {
      set(all, grows ? count - 1 : count, words: [], inner: inner, outer: outer)
      if let unknown = unknownNames(lexicon) { return unknown }
    }
    return []
  }

  /// The unknown names in the buffer, without one at the cursor; nil when the buffer is wrong in another way.
  private mutating func unknownNames(_ lexicon: some Lexicon) -> [TextMark]? {
    do throws(Diagnostic) {
      _ = try statement(lexicon)
      return nil
    } catch {
      guard error.id == "unknown-name" else { return nil }
      return Self.unknownNames(error).filter { $0.range.upperBound < source.bytes.count }
    }
  }

  /// Whether the tokens before one can be read when something comes after them.
  private mutating func canGoOn(
    _ all: TokenBuffer, _ start: Int, _ lexicon: some Lexicon
  ) -> Bool {
    for (inner, outer) in Self.fillers {
      for isFact in [false, true] {
        let isCut = start < all.tokens.count
        set(all, start, words: [], inner: inner + (isCut ? 1 : 0), outer: outer)
        if isReadable(isFact: isFact, lexicon) { return true }
      }
    }
    return false
  }
}
