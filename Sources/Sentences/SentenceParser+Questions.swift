import Algebra
import Diagnostics
import RDF

extension SentenceParser {
  /// A whole question with its prefixes and its pipeline.
  mutating func question(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Question
  {
    beginQuestion()
    let bar = topLevel(low, high) { $0.kind == .bar } ?? high
    var index = low
    var restriction = Restriction()
    while let next = try prefix(index, bar, &restriction, lexicon) { index = next }
    let focus = takeFocus(&index, bar)
    guard index < bar else { throw missingClause(index) }
    var compiler = QuestionCompiler(restriction: restriction, focus: focus, lexicon: lexicon)
    compiler.blankCount = blankCount
    var question: Question
    if isHowMany(index) {
      question = try howMany(index + 2, bar, &compiler, lexicon)
    } else {
      let clause =
        focus == .none ? try identity(index, bar, lexicon) : nil
      let body = if let clause { clause } else { try alternatives(index, bar, lexicon) }
      compiler.blankCount = blankCount
      question = compiler.list(body, gaps: shownGaps)
    }
    warnings += compiler.warnings
    blankCount = compiler.blankCount
    if let problem = compiler.problem { throw problem }
    question.range = buffer.range(low, high)
    try checkBound(compiler)
    if bar < high { try pipeline(bar, high, &question, lexicon) }
    question.reading = pieces
    return question
  }

  /// Bounds the depth of the algebra.
  private static let maximumUnitCount = 500

  mutating func beginQuestion() {
    unitCount = 0
    allowsNewNames = false
    pieces.removeAll()
    gaps.removeAll()
    classGaps.removeAll()
    blankCount = 0
  }

  /// The gaps to show, each once, in the order they were written.
  private var shownGaps: [Variable] {
    var seen: Set<Variable> = []
    return gaps.map(\.variable).filter { seen.insert($0).inserted }
  }

  /// A gap that only conditions or `not` mention has no value to compare.
  func checkBound(_ compiler: QuestionCompiler<some Lexicon>) throws(Diagnostic) {
    for (variables, range) in compiler.conditionVariables {
      for variable in variables where !compiler.boundVariables.contains(variable) {
        throw Diagnostic(
          id: "unbound-gap", "no part of the question says what ?\(variable.name) is", at: range)
      }
    }
  }

  /// The first token outside brackets that satisfies a condition.
  func topLevel(_ low: Int, _ high: Int, _ isWanted: (Token) -> Bool) -> Int? {
    var index = low
    while index < high {
      let token = tokens[index]
      if isWanted(token) { return index }
      let isOpen = token.kind == .openParenthesis || token.kind == .openBrace
      index = isOpen ? token.partner + 1 : index + 1
    }
    return nil
  }

  // MARK: Prefixes

  /// Reads `as of D,` or `according to X,`; gives the index after the comma.
  private mutating func prefix(
    _ low: Int, _ high: Int, _ restriction: inout Restriction, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Int? {
    let isAsOf = buffer.isWord(low, "as") && buffer.isWord(low + 1, "of")
    let isAccording =
      buffer.isWord(low, "according") && buffer.isWord(low + 1, "to")
      && tokens[low + 2].reserved != .whom
    guard isAsOf || isAccording, low + 2 < high else { return nil }
    guard let comma = topLevel(low + 2, high, { $0.kind == .comma }), comma > low + 2 else {
      let example = isAsOf ? "as of 2020-03-31, who …?" : "according to X, who …?"
      throw Diagnostic(
        id: "missing-comma", "expected a comma, as in '\(example)'",
        at: buffer.range(low, low + 2))
    }
    notePiece(.word, buffer.range(low, low + 2), isAsOf ? "as of" : "according to")
    if isAsOf {
      guard case .literal(let literal) = try dateValue(low + 2, comma, lexicon) else {
        throw Diagnostic(
          id: "expected-date", "expected a date such as 2020-03-31",
          at: buffer.range(low + 2, comma))
      }
      restriction.day = literal.lexicalForm
      notePiece(.value, buffer.range(low + 2, comma), literal.lexicalForm)
    } else {
      restriction.speaker = try entity(low + 2, comma, lexicon)
    }
    return comma + 1
  }

  /// A known thing or a value, by itself.
  mutating func entity(_ low: Int, _ high: Int, _ lexicon: some Lexicon) throws(Diagnostic) -> Term
  {
    guard low < high else { throw missingName(low) }
    let fit = fitSide(low, high, .anything, lexicon)
    guard fit.level > .no else { throw unreadableSide(low, high, .entity, lexicon) }
    let operand = try side(low, high, .anything, fit, lexicon)
    guard case .term(let term) = try termPattern(operand, lexicon) else {
      throw Diagnostic(
        id: "unexpected-gap", "expected a name, not a gap", at: buffer.range(low, high))
    }
    return term
  }

  func missingName(_ index: Int) -> Diagnostic {
    Diagnostic(
      id: "missing-name", "a name is missing here",
      at: tokens[min(max(index, 1) - 1, tokens.count - 1)].range)
  }

  /// `when …` and `according to whom …` ask about the fact instead of its gaps.
  private mutating func takeFocus(_ index: inout Int, _ high: Int) -> Focus {
    guard index + 1 < high else { return .none }
    if tokens[index].reserved == .when {
      notePiece(.word, tokens[index].range, "when")
      index += 1
      return .dates
    }
    let isAccording =
      buffer.isWord(index, "according") && buffer.isWord(index + 1, "to")
      && index + 2 < high && tokens[index + 2].reserved == .whom
    guard isAccording else { return .none }
    notePiece(.word, buffer.range(index, index + 3), "according to whom")
    index += 3
    return .speakers
  }

  /// `who is X` and `what is X`, as the whole question: what X is, and what is X.
  private mutating func identity(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Clause?
  {
    guard low + 2 < high, tokens[low].reserved == .who || tokens[low].reserved == .what,
      tokens[low + 1].reserved.isCopula
    else { return nil }
    let fit = fitSide(low + 2, high, .entity, lexicon)
    guard fit.level == .several || fit.id.isBound else { return nil }
    let gap = TermPattern.variable(
      use(Variable(tokens[low].reserved.rawValue), tokens[low].range))
    notePiece(.relation, tokens[low + 1].range)
    let operand = try side(low + 2, high, .entity, fit, lexicon)
    let thing = try termPattern(operand, lexicon)
    guard case .iri(let quality) = term(quality(lexicon), lexicon) else { return nil }
    let range = buffer.range(low, high)
    return .any([
      .fact(
        FactPattern(
          subject: thing, relation: .iri(Vocabulary.type), object: gap, range: range)),
      .fact(FactPattern(subject: thing, relation: .iri(quality), object: gap, range: range)),
      .fact(FactPattern(subject: gap, relation: .iri(quality), object: thing, range: range)),
    ])
  }

  // MARK: How many

  private func isHowMany(_ index: Int) -> Bool {
    buffer.isWord(index, "how") && buffer.isWord(index + 1, "many")
  }

  /// `how many C R O` or `how many ?x where …`: what follows the two words.
  private mutating func howMany(
    _ low: Int, _ high: Int, _ compiler: inout QuestionCompiler<some Lexicon>,
    _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Question {
    notePiece(.word, buffer.range(low - 2, low), "how many")
    guard low < high else { throw missingClause(low) }
    let counted: Variable
    let clause: Clause
    if tokens[low].kind == .variable, low + 1 < high, tokens[low + 1].reserved == .where {
      counted = Variable(source.text(SourceRange(tokens[low].start + 1, tokens[low].end)))
      clause = try alternatives(low + 2, high, lexicon)
    } else if tokens[low].kind == .variable {
      counted = Variable(source.text(SourceRange(tokens[low].start + 1, tokens[low].end)))
      clause = try alternatives(low, high, lexicon)
    } else {
      // 'many' stands where 'which' would: the class name that follows is the gap.
      buffer.tokens[low - 1].reserved = .which
      clause = try alternatives(low - 1, high, lexicon)
      guard let first = classGapVariable else { throw missingClause(low) }
      counted = first
    }
    compiler.blankCount = blankCount
    return compiler.count(clause, of: counted)
  }

  private var classGapVariable: Variable? { gaps.first?.variable }

  // MARK: Connectives

  /// `A or B`.
  mutating func alternatives(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Clause
  {
    var options: [Clause] = []
    var index = low
    while true {
      let end = topLevel(index, high) { $0.reserved == .or } ?? high
      if index == end, index > low { throw unfinished(index - 1) }
      options.append(try conjunction(index, end, lexicon))
      guard end < high else { break }
      index = end + 1
    }
    return options.count == 1 ? options[0] : .any(options)
  }

  /// `A and B; relation object`.
  private mutating func conjunction(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Clause
  {
    var clauses: [Clause] = []
    var subject: TermPattern?
    var index = low
    var separator: Int?
    while true {
      let end =
        topLevel(index, high) { $0.reserved == .and || $0.kind == .semicolon } ?? high
      guard index < end else {
        if let separator { throw unfinished(separator) }
        throw missingClause(index)
      }
      let isSemicolon = separator.map { tokens[$0].kind == .semicolon } ?? false
      if isSemicolon, subject == nil { throw noSubject(index) }
      let kept = Kept(subject: separator == nil ? nil : subject, isCertain: isSemicolon)
      clauses.append(try unary(index, end, kept, &subject, lexicon))
      guard end < high else { break }
      separator = end
      index = end + 1
    }
    return clauses.count == 1 ? clauses[0] : .all(clauses)
  }

  private func noSubject(_ index: Int) -> Diagnostic {
    Diagnostic(
      id: "no-subject", "there is no subject before this to go on with", at: tokens[index].range)
  }

  /// `not A`, `maybe A`, `(A or B)`, or one pattern.
  private mutating func unary(
    _ low: Int, _ high: Int, _ kept: Kept, _ subject: inout TermPattern?,
    _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Clause {
    guard low < high else { throw unfinished(low - 1) }
    let first = tokens[low]
    unitCount += 1
    guard unitCount <= Self.maximumUnitCount else {
      throw Diagnostic(
        id: "too-long", "a question has at most \(Self.maximumUnitCount) patterns", at: first.range)
    }
    switch first.reserved {
    case .not, .maybe:
      notePiece(.word, first.range)
      guard low + 1 < high else { throw unfinished(low) }
      // A run of 'not not …' is bounded like brackets are.
      guard negationDepth < Lexer.maximumDepth else {
        throw Diagnostic(
          id: "too-deep", "'not' and 'maybe' are nested too deep", at: first.range)
      }
      negationDepth += 1
      defer { negationDepth -= 1 }
      let inner = try unary(low + 1, high, kept, &subject, lexicon)
      return first.reserved == .not ? .not(inner) : .maybe(inner)
    case .if: throw rulesNotYet(first.range)
    default: break
    }
    if first.kind == .openParenthesis, first.partner == high - 1 {
      guard low + 1 < first.partner else { throw missingClause(first.partner) }
      return try alternatives(low + 1, first.partner, lexicon)
    }
    if let condition = try condition(low, high, lexicon) { return condition }
    let isDenied = takeDenial(low, high)
    return try pattern(low, high, kept, &subject, isDenied: isDenied, lexicon)
  }

  /// Makes noise of the `not` in `S is not R O` and `S does not R O`; whether there is one.
  private mutating func takeDenial(_ low: Int, _ high: Int) -> Bool {
    guard let not = topLevel(low, high, { $0.reserved == .not }), not > low, not + 1 < high
    else { return false }
    guard tokens[not - 1].reserved.isCopula || isAuxiliary(not - 1) else { return false }
    if isAuxiliary(not - 1) { buffer.tokens[not - 1].reserved = .is }
    buffer.tokens[not].reserved = .the
    return true
  }

  func rulesNotYet(_ range: SourceRange) -> Diagnostic {
    Diagnostic(id: "rules-not-yet", "rules are not in this version of kosh", at: range)
  }
}
