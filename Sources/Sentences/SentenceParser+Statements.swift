import Algebra
import Diagnostics
import RDF

extension SentenceParser {
  /// The sentence in the buffer.
  mutating func statement(_ lexicon: some Lexicon) throws(Diagnostic) -> Statement {
    let high = tokens.count - 1
    let mark = tokens[high]
    guard high > 0 else {
      throw Diagnostic(
        id: "empty-sentence", "there is no sentence before '\(source.text(mark.range))'",
        at: mark.range)
    }
    if mark.kind == .end, mode != .prompt { throw missingMark(high) }
    try rejectRules(high)
    if let verb = verb(mark) {
      beginQuestion()
      return try statement(verb, 1, high, lexicon)
    }
    guard mark.kind == .period else {
      if let name = try loneName(high, lexicon) { return .about(name) }
      return .question(try question(0, high, lexicon))
    }
    if isQuestionLike(high) {
      throw Diagnostic(
        id: "question-with-period", "a question ends in '?'", at: mark.range,
        fixIts: [Diagnostic.FixIt("write ?", replace: mark.range, with: "?")])
    }
    return .facts(try facts(0, high, lexicon))
  }

  /// A known name, or a cell of the answer shown last, by itself is a question about it.
  private mutating func loneName(_ high: Int, _ lexicon: some Lexicon) throws(Diagnostic) -> Term? {
    let first = tokens[0]
    if first.kind == .cell, high == 1 { return try thing(0, high, lexicon) }
    guard first.kind == .quotedName && high == 1 || first.isWordLike && isRun(0, high) else {
      return nil
    }
    for role in [SideRole.entity, .class, .relation] {
      if lookUp(0, high, role, lexicon).level >= .several { return try thing(0, high, lexicon) }
    }
    return nil
  }

  private func missingMark(_ high: Int) -> Diagnostic {
    let last = tokens[high - 1]
    return Diagnostic(
      id: "missing-mark",
      "the last sentence needs its mark: '.' after a fact, '?' after a question",
      at: last.range)
  }

  private func rejectRules(_ high: Int) throws(Diagnostic) {
    if tokens[0].kind == .word, tokens[0].shape == .lowerCase {
      let isRule =
        buffer.isWord(0, "never")
        || buffer.isWord(0, "rule") && high > 2 && tokens[1].kind == .quotedName
          && tokens[2].kind == .colon
      if isRule { throw rulesNotYet(tokens[0].range) }
    }
    if let index = tokens.firstIndex(where: { $0.reserved == .if }) {
      throw rulesNotYet(tokens[index].range)
    }
  }

  private func isQuestionLike(_ high: Int) -> Bool {
    let first = tokens[0].reserved
    if first == .none {
      let isPhrase =
        buffer.isWord(0, "how") && buffer.isWord(1, "many")
        || buffer.isWord(0, "as") && buffer.isWord(1, "of")
        || buffer.isWord(0, "according") && buffer.isWord(1, "to")
      return isPhrase
    }
    return first.isGap || first == .which || first.isCopula
  }

  // MARK: Verbs

  /// The verb the sentence begins with. Capitalised, it is one only where no fact can begin.
  private func verb(_ mark: Token) -> Verb? {
    let first = tokens[0]
    guard first.kind == .word, first.shape == .lowerCase || mark.kind != .period,
      let verb = Verb(rawValue: buffer.foldedText(0, 1))
    else { return nil }
    if verb.standsAlone { return tokens.count == 2 ? verb : nil }
    return verb
  }

  private mutating func statement(
    _ verb: Verb, _ low: Int, _ high: Int, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Statement {
    switch verb {
    case .kinds: return .kinds
    case .relations: return .relations
    case .sources: return .sources
    case .rules: return .rules
    case .undo: return .undo
    case .redo: return .redo
    case .about: return .about(try thing(low, high, lexicon))
    case .timeline:
      return .timeline(low < high ? try thing(low, high, lexicon) : nil)
    case .path:
      let (from, to) = try ends(low, high, lexicon)
      return .path(from: from, to: to)
    case .paths: return try paths(low, high, lexicon)
    case .map: return try map(low, high, lexicon)
    case .why:
      if low < high, tokens[low].reserved == .not {
        return .whyNot(try whole(low + 1, high, lexicon))
      }
      if high == low + 1, tokens[low].kind == .number {
        return .whyRow(try wholeNumber(low, high), tokens[low].range)
      }
      return .why(try whole(low, high, lexicon))
    case .explain: return .explain(try whole(low, high, lexicon))
    case .forget: return .forget(try whole(low, high, lexicon))
    case .suppose: return try suppose(low, high, lexicon)
    case .expect: return try expect(low, high, lexicon)
    case .prefix: return try prefixDeclaration(low, high)
    case .base: return .base(iri: try iriOnly(low, high))
    case .with: return try defaults(low, high, lexicon)
    }
  }

  private mutating func whole(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Question
  {
    guard low < high else { throw unfinished(low - 1) }
    return try question(low, high, lexicon)
  }

  /// A known entity, class or relation by itself.
  private mutating func thing(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Term
  {
    guard low < high else { throw unfinished(low - 1) }
    if tokens[low].kind == .wildcard, high == low + 1 { _ = wildcard(low, .relation) }
    for role in [SideRole.entity, .class, .relation] {
      let fit = fitSide(low, high, role, lexicon)
      guard fit.level >= .several else { continue }
      let operand = try side(low, high, role, fit, lexicon)
      guard case .term(let term) = try termPattern(operand, lexicon) else {
        throw Diagnostic(
          id: "unexpected-gap", "expected a name, not a gap", at: buffer.range(low, high))
      }
      return term
    }
    throw unreadableSide(low, high, .entity, lexicon)
  }

  // MARK: Paths and maps

  /// `X to Y`, where a name may itself contain 'to'.
  private mutating func ends(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> (Term, Term)
  {
    let start = low < high && buffer.isWord(low, "from") ? low + 1 : low
    let places = (start..<max(start, high)).filter { buffer.isWord($0, "to") }
    guard let first = places.first else {
      throw Diagnostic(
        id: "missing-to", "expected two names, as in 'path X to Y'", at: buffer.range(low - 1, high)
      )
    }
    let fitting = places.first {
      fitSide(start, $0, .entity, lexicon).level >= .several
        && fitSide($0 + 1, high, .entity, lexicon).level >= .several
    }
    let place = fitting ?? first
    return (try thing(start, place, lexicon), try thing(place + 1, high, lexicon))
  }

  private mutating func paths(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Statement
  {
    guard let within = (low..<max(low, high)).last(where: { buffer.isWord($0, "within") }) else {
      let (from, to) = try ends(low, high, lexicon)
      return .paths(from: from, to: to, within: 4)
    }
    let limit = try wholeNumber(within + 1, high)
    let (from, to) = try ends(low, within, lexicon)
    return .paths(from: from, to: to, within: limit)
  }

  private mutating func map(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Statement
  {
    var end = high
    var depth: Int?
    var file: String?
    while end - low >= 3 {
      if file == nil, tokens[end - 1].kind == .text, buffer.isWord(end - 2, "to"),
        case .literal(let name) = try text(tokens[end - 1], lexicon)
      {
        file = name.lexicalForm
      } else if depth == nil, tokens[end - 1].kind == .number, buffer.isWord(end - 2, "depth") {
        depth = try wholeNumber(end - 1, end)
      } else {
        break
      }
      end -= 2
    }
    return .map(try thing(low, end, lexicon), depth: depth, file: file)
  }

  // MARK: Suppositions and expectations

  /// `suppose F. Q?`, `suppose F, then Q?` or `suppose F then Q?`.
  private mutating func suppose(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Statement
  {
    let middle = (low..<max(low, high)).first {
      tokens[$0].kind == .period || buffer.isWord($0, "then")
    }
    guard let middle, middle + 1 < high, tokens[high].kind != .period else {
      throw Diagnostic(
        id: "missing-question", "expected a fact and a question, as in 'suppose F. Q?'",
        at: tokens[low - 1].range)
    }
    let factsEnd = tokens[middle - 1].kind == .comma ? middle - 1 : middle
    guard low < factsEnd else { throw missingClause(middle) }
    let facts = try facts(low, factsEnd, lexicon)
    let supposed = SupposedLexicon(base: lexicon, facts: facts)
    return .suppose(facts, try question(middle + 1, high, supposed))
  }

  /// `expect Q = a, b.`, `expect no Q.`, and `expect Q.` for a question without gaps.
  private mutating func expect(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Statement
  {
    guard low < high else { throw unfinished(low - 1) }
    if buffer.isWord(low, "no") { return .expectNo(try whole(low + 1, high, lexicon)) }
    guard let sign = (low..<high).last(where: { tokens[$0].kind == .equal }) else {
      let question = try question(low, high, lexicon)
      guard question.kind == .yesNo else {
        throw Diagnostic(
          id: "missing-answers", "expected '=' and the answers, as in 'expect who heads X = Y.'",
          at: tokens[high - 1].range)
      }
      return .expect(question, answers: [Self.yes])
    }
    let question = try question(low, sign, lexicon)
    guard sign + 1 < high else { throw unfinished(sign) }
    if question.kind == .yesNo, high == sign + 2 {
      if buffer.isWord(sign + 1, "yes") { return .expect(question, answers: [Self.yes]) }
      if buffer.isWord(sign + 1, "no") { return .expectNo(question) }
    }
    return .expect(question, answers: try answers(sign + 1, high, lexicon))
  }

  private static var yes: Term { .literal(Literal("true", datatype: XSD.boolean)) }

  private mutating func answers(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> [Term]
  {
    var answers: [Term] = []
    var index = low
    while index < high {
      try step()
      let end = topLevel(index, high) { $0.kind == .comma } ?? high
      guard index < end else { throw missingName(index) }
      answers.append(try thing(index, end, lexicon))
      index = end + 1
    }
    if tokens[high - 1].kind == .comma { throw unfinished(high - 1) }
    return answers
  }

  // MARK: Declarations

  private mutating func prefixDeclaration(_ low: Int, _ high: Int) throws(Diagnostic) -> Statement {
    guard low < high, tokens[low].kind == .prefixedName,
      source.bytes[tokens[low].end - 1] == UInt8(ascii: ":")
    else {
      throw Diagnostic(
        id: "bad-prefix", "expected a prefix, as in 'prefix schema: <https://schema.org/>.'",
        at: tokens[min(low, high)].range)
    }
    let name = source.text(SourceRange(tokens[low].start, tokens[low].end - 1))
    return .prefix(name, iri: try iriOnly(low + 1, high))
  }

  private func iriOnly(_ low: Int, _ high: Int) throws(Diagnostic) -> String {
    guard high == low + 1, tokens[low].kind == .iri, case .iri(let iri) = try iri(tokens[low].range)
    else {
      throw Diagnostic(
        id: "expected-iri", "expected one IRI in angle brackets", at: buffer.range(low - 1, high))
    }
    return iri
  }

  /// `with {on D, source X}`.
  private mutating func defaults(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Statement
  {
    guard low < high, tokens[low].kind == .openBrace, tokens[low].partner == high - 1 else {
      throw Diagnostic(
        id: "expected-braces", "expected qualifiers in braces, as in 'with {source X}.'",
        at: buffer.range(low - 1, high))
    }
    allowsNewNames = true
    defer { allowsNewNames = false }
    return .defaults(try qualifiers(low + 1, high - 1, lexicon))
  }
}

/// Words that begin a sentence of their own kind.
enum Verb: String, CaseIterable {
  case about, why, path, paths, timeline, map
  case kinds, relations, sources, rules, undo, redo
  case explain, forget, suppose, expect, prefix, base, with

  /// Verbs only when nothing follows.
  var standsAlone: Bool {
    switch self {
    case .kinds, .relations, .sources, .rules, .undo, .redo: true
    case .about, .why, .path, .paths, .timeline, .map, .explain, .forget, .suppose, .expect,
      .prefix, .base, .with:
      false
    }
  }
}
