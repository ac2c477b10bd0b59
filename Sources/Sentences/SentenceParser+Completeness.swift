public import Diagnostics

extension SentenceParser {
  /// What is open at the end of a text typed so far, such as `(`, `{`, `"""`, `and` or `,`; nil when it is complete.
  ///
  /// A quoted name and a one-line text cannot go on after their line, so they are errors, not open.
  public static func completeness(of source: SourceText) -> String? {
    var parser = SentenceParser(source: source, mode: .prompt)
    while parser.skipSentence() {}
    return parser.openMark
  }

  /// Passes over the next sentence; false at the end of the text.
  public mutating func skipSentence() -> Bool { lexer.readSentence(into: &buffer) }

  /// What is open at the end of the sentence that was passed over last.
  public var openMark: String? {
    let tokens = buffer.tokens.dropLast()
    if buffer.tokens.last?.kind != .end {
      let waits = buffer.isWord(0, "suppose") && buffer.tokens.last?.kind == .period
      return waits ? "suppose" : nil
    }
    if let problem = lexer.problem {
      let text = source.text(problem.range)
      let goesOn =
        problem.id == "unclosed-bracket" || problem.id == "unclosed-text" && text.count == 3
      return goesOn ? text : nil
    }
    guard let last = tokens.last else { return nil }
    switch last.kind {
    case .comma, .semicolon, .bar, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .caret, .slash:
      return source.text(last.range)
    case .word where last.reserved.isConnective || last.reserved == .which:
      return source.text(last.range)
    default: return nil
    }
  }
}
