import Diagnostics
import RDF

/// How the parser words what is wrong.
extension SentenceParser {
  func unexpectedToken(_ index: Int, _ expected: String) -> Diagnostic {
    let token = tokens[index]
    let found = token.kind == .end ? "the text ends" : "found '\(source.text(token.range))'"
    return Diagnostic(
      id: "unexpected-token", "\(found) where \(expected) was expected", at: token.range)
  }

  /// A sentence that ends after a word or sign that needs more.
  func unfinished(_ index: Int) -> Diagnostic {
    Diagnostic(
      id: "unfinished", "something is missing after '\(source.text(tokens[index].range))'",
      at: tokens[index].range)
  }

  /// Nothing where a clause should be, before the token at `index`.
  func missingClause(_ index: Int) -> Diagnostic {
    let token = tokens[min(index, tokens.count - 1)]
    let text = source.text(token.range)
    let place = text.isEmpty ? "at the end" : "before '\(text)'"
    return Diagnostic(
      id: "missing-sentence", "a subject, relation and object are missing \(place)",
      at: token.range)
  }

  /// While probing nobody reads what is wrong, and suggestions are dear.
  private func wordless(_ range: SourceRange) -> Diagnostic {
    Diagnostic(id: "unreadable", "", at: range)
  }

  // MARK: Names

  func unknownName(_ low: Int, _ high: Int, _ role: NameRole, _ lexicon: some Lexicon)
    -> Diagnostic
  {
    let range = buffer.range(low, high)
    if isProbing { return wordless(range) }
    let name = writtenName(low, high)
    let message =
      switch role {
      case .entity: "nothing is named '\(name)'"
      case .class: "no class is named '\(name)'"
      case .relation: "no relation is named '\(name)'"
      }
    let fixIts = lexicon.suggestions(for: name, as: role).prefix(3).map {
      Diagnostic.FixIt(
        "did you mean '\($0)'?", replace: range, with: SentenceWriter.name($0, as: role))
    }
    return Diagnostic(id: "unknown-name", message, at: range, fixIts: Array(fixIts))
  }

  func ambiguousName(_ low: Int, _ high: Int, _ role: NameRole, _ lexicon: some Lexicon)
    -> Diagnostic
  {
    let range = buffer.range(low, high)
    if isProbing { return wordless(range) }
    let ids = lexicon.allMatches(buffer.foldedText(low, high), as: role).prefix(8)
    var notes: [Diagnostic.Note] = []
    var fixIts: [Diagnostic.FixIt] = []
    for id in ids {
      let label = lexicon.label(id)
      guard case .iri(let iri) = lexicon.term(id) else {
        notes.append(Diagnostic.Note(label))
        continue
      }
      notes.append(Diagnostic.Note("'\(label)' is <\(iri)>"))
      fixIts.append(Diagnostic.FixIt("write <\(iri)>", replace: range, with: "<\(iri)>"))
    }
    return Diagnostic(
      id: "ambiguous-name", "'\(writtenName(low, high))' is the name of \(ids.count) things",
      at: range, notes: notes, fixIts: fixIts)
  }

  func unreadableSide(_ low: Int, _ high: Int, _ role: SideRole, _ lexicon: some Lexicon)
    -> Diagnostic
  {
    let bare = tokens[low].reserved == .the && low + 1 < high ? low + 1 : low
    guard isRun(bare, high) else { return notOnePiece(low, high) }
    return allowsNewNames
      ? needsQuotes(low, high) : unknownName(bare, high, role.nameRole, lexicon)
  }

  private func notOnePiece(_ low: Int, _ high: Int) -> Diagnostic {
    Diagnostic(
      id: "not-a-name", "'\(source.text(buffer.range(low, high)))' is not one name or value",
      at: buffer.range(low, high))
  }

  private func needsQuotes(_ low: Int, _ high: Int) -> Diagnostic {
    let range = buffer.range(low, high)
    let quoted = SentenceWriter.quoted(writtenName(low, high))
    return Diagnostic(
      id: "quote-new-name", "a new name of this form needs quotes", at: range,
      fixIts: [Diagnostic.FixIt("write \(quoted)", replace: range, with: quoted)])
  }

  // MARK: Cuts

  /// Several readings, each with how to write it.
  func ambiguous(_ cuts: [Cut], hasSubject: Bool) -> Diagnostic {
    let range = buffer.range(cuts[0].low, cuts[0].high)
    let texts = cuts.map { quoted($0, hasSubject: hasSubject) }
    return Diagnostic(
      id: "ambiguous-sentence", "this can be read in \(cuts.count) ways", at: range,
      notes: texts.map { Diagnostic.Note("as \($0)") },
      fixIts: texts.map { Diagnostic.FixIt("write \($0)", replace: range, with: $0) })
  }

  /// The tokens of a cut with quotes around each bare name.
  private func quoted(_ cut: Cut, hasSubject: Bool) -> String {
    var parts: [String] = []
    if hasSubject { parts.append(quotedPiece(cut.low, cut.relationStart)) }
    parts.append(quotedPiece(cut.relationStart, cut.relationEnd))
    parts.append(quotedPiece(cut.relationEnd, cut.high))
    return parts.joined(separator: " ")
  }

  private func quotedPiece(_ low: Int, _ high: Int) -> String {
    let isNumber = tokens[low].kind == .number && (high == low + 1 || isMeasure(low + 1))
    guard isRun(low, high), !isNumber else { return source.text(buffer.range(low, high)) }
    return SentenceWriter.quoted(writtenName(low, high))
  }

  /// No cut fits: says which piece is unknown in the most plausible one.
  mutating func unreadable(
    _ low: Int, _ high: Int, hasSubject: Bool, _ lexicon: some Lexicon
  ) -> Diagnostic {
    guard low < high else { return missingClause(low) }
    if isProbing { return wordless(buffer.range(low, high)) }
    var diagnostic = unreadableClause(low, high, hasSubject: hasSubject, lexicon)
    if low == 0, let fixIt = misspeltWord() { diagnostic.fixIts.append(fixIt) }
    return diagnostic
  }

  /// A word of the language that the first word may be meant for.
  private func misspeltWord() -> Diagnostic.FixIt? {
    let first = tokens[0]
    guard first.kind == .word, first.reserved == .none else { return nil }
    let word = buffer.foldedText(0, 1)
    let near = KeyWords.beginnings.first {
      editDistance(word.unicodeScalars, $0.unicodeScalars, limit: word.utf8.count < 5 ? 1 : 2)
        != nil
    }
    guard let near, near != word else { return nil }
    return Diagnostic.FixIt("did you mean '\(near)'?", replace: first.range, with: near)
  }

  private mutating func unreadableClause(
    _ low: Int, _ high: Int, hasSubject: Bool, _ lexicon: some Lexicon
  ) -> Diagnostic {
    findCutPoints(low, high)
    let count = cutPoints.count - 1
    guard count >= (hasSubject ? 3 : 2) else { return tooShort(low, high, hasSubject) }
    guard let guess = mostPlausible(count, hasSubject: hasSubject, lexicon),
      allowsNewNames || !guess.unknown.isEmpty
    else {
      return Diagnostic(
        id: "unreadable", "expected a subject, a relation and an object",
        at: buffer.range(low, high))
    }
    if allowsNewNames {
      let text = quoted(guess.cut, hasSubject: hasSubject)
      return Diagnostic(
        id: "unclear-names", "cannot tell where the names begin and end; put new names in quotes",
        at: buffer.range(low, high),
        fixIts: [
          Diagnostic.FixIt("such as \(text)", replace: buffer.range(low, high), with: text)
        ])
    }
    var all = guess.unknown.map { unknownName($0.low, $0.high, $0.role, lexicon) }
    let main = all.firstIndex { !$0.fixIts.isEmpty } ?? 0
    var diagnostic = all.remove(at: main)
    diagnostic.notes += all.map { Diagnostic.Note($0.message, at: $0.range) }
    return diagnostic
  }

  private func tooShort(_ low: Int, _ high: Int, _ hasSubject: Bool)
    -> Diagnostic
  {
    let text = source.text(buffer.range(low, high))
    let parts = hasSubject ? "a subject, a relation and an object" : "a relation and an object"
    return Diagnostic(
      id: "incomplete-sentence", "expected \(parts), found only '\(text)'",
      at: buffer.range(low, high))
  }

  private struct Unknown {
    var low: Int
    var high: Int
    var role: NameRole
  }

  private struct Guess {
    var cut: Cut
    var unknown: [Unknown]
    var score: Int
  }

  private func mostPlausible(_ count: Int, hasSubject: Bool, _ lexicon: some Lexicon) -> Guess? {
    var best: Guess?
    let firsts = hasSubject ? 1..<(count - 1) : 0..<1
    for first in firsts.prefix(64) {
      for last in (first + 1)...min(count - 1, first + maximumRelationWordCount) {
        let guess = guess(
          cutPoints[0], cutPoints[first], cutPoints[last], cutPoints[count], lexicon)
        guard let guess, guess.score > best?.score ?? .min else { continue }
        best = guess
      }
    }
    return best
  }

  private func reservedCount(_ low: Int, _ high: Int) -> Int {
    (low..<high).count { tokens[$0].reserved != .none }
  }

  private func guess(
    _ low: Int, _ start: Int, _ end: Int, _ high: Int, _ lexicon: some Lexicon
  ) -> Guess? {
    var unknown: [Unknown] = []
    var score = 0
    let relation = fitRelation(start, end, inverted: false, lexicon)
    if relation.fit.level >= .several {
      score += 10 * max(relation.fit.knownWordCount, 1)
    } else {
      var bare = start
      while bare < end, tokens[bare].reserved.isCopula { bare += 1 }
      guard isRun(bare, end), bare < end else { return nil }
      score += isNewRelation(bare, end) ? 3 : -2 - 4 * reservedCount(bare, end)
      unknown.append(Unknown(low: bare, high: end, role: .relation))
    }
    let kind = relation.kind
    let sides = [(low, start, kind.subjectRole), (end, high, kind.objectRole)]
    for (sideLow, sideHigh, role) in sides where sideLow < sideHigh {
      let fit = fitSide(sideLow, sideHigh, role, lexicon)
      if fit.level >= .several {
        score += 10 * max(fit.knownWordCount, 1)
        continue
      }
      var bare = sideLow
      if bare + 1 < sideHigh, tokens[bare].reserved == .the || tokens[bare].reserved == .which {
        bare += 1
      }
      let isQuoted = sideHigh == bare + 1 && tokens[bare].kind == .quotedName
      guard isQuoted || isRun(bare, sideHigh) else { return nil }
      let isPlain = isQuoted || isNewEntity(bare, sideHigh)
      score += isPlain ? 3 : -2 - 4 * reservedCount(bare, sideHigh)
      let isClass = bare > sideLow && tokens[sideLow].reserved == .which
      unknown.append(
        Unknown(low: bare, high: sideHigh, role: isClass ? .class : role.nameRole))
    }
    unknown.sort { $0.low < $1.low }
    score -= 5 * unknown.count
    let cut = Cut(
      low: low, relationStart: start, relationEnd: end, high: high, subject: .value,
      relation: relation, object: .value)
    return Guess(cut: cut, unknown: unknown, score: score)
  }
}
