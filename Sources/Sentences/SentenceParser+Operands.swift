import Algebra
import Diagnostics
import RDF

extension SentenceParser {
  /// What stands in subject or object place, given how it fits.
  mutating func side(
    _ low: Int, _ high: Int, _ role: SideRole, _ fit: Fit, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Operand {
    if fit.id.isBound {
      note(role == .class ? .class : .entity, low, high, fit.id, lexicon)
      return .reference(.known(fit.id))
    }
    let first = tokens[low]
    if first.reserved == .the { return try side(low + 1, high, role, fit, lexicon) }
    if fit.level == .several { throw ambiguousName(low, high, role.nameRole, lexicon) }
    if first.kind == .wildcard { return .reference(wildcard(low, role.nameRole)) }
    if first.kind == .openParenthesis { return try claim(low + 1, first.partner, lexicon) }
    if first.kind == .variable || first.reserved.isGap || first.reserved.isBlank
      || first.reserved == .which
    {
      return .gap(try gap(low, high, lexicon))
    }
    if role == .name, first.kind == .quotedName || first.isWordLike && !isNumber(low, high) {
      return .reference(.term(.literal(Literal(writtenName(low, high)))))
    }
    if let value = try value(low, high, lexicon) {
      notePiece(.value, buffer.range(low, high))
      return .reference(.term(value))
    }
    return .reference(try newName(low, high, role, lexicon))
  }

  private func isNumber(_ low: Int, _ high: Int) -> Bool {
    tokens[low].kind == .number && (high == low + 1 || high == low + 2 && isMeasure(low + 1))
  }

  /// A name that the graph does not have.
  private mutating func newName(
    _ low: Int, _ high: Int, _ role: SideRole, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Reference {
    guard allowsNewNames else { throw unknownName(low, high, role.nameRole, lexicon) }
    let name = writtenName(low, high)
    var nameRole = role.nameRole
    if role == .anything, tokens[low].kind != .quotedName, isNewRelation(low, high) {
      nameRole = .relation
    }
    warnIfNear(name, nameRole, buffer.range(low, high), lexicon)
    return .new(name, nameRole)
  }

  /// A name as written: its words with one space between, or what the quotes hold.
  func writtenName(_ low: Int, _ high: Int) -> String {
    if tokens[low].kind == .quotedName {
      let range = tokens[low].range
      // While it is being typed the name may be no more than its opening quote.
      let end = max(range.lowerBound + 1, range.upperBound - 1)
      let inner = source.text(SourceRange(range.lowerBound + 1, end))
      return Self.collapsed(inner).replacingQuotes()
    }
    return (low..<high).map { source.text(tokens[$0].range) }.joined(separator: " ")
  }

  private static func collapsed(_ text: String) -> String {
    text.split { $0.isWhitespace }.joined(separator: " ")
  }

  /// Relations and classes are few, so a slip of the pen shows; entities are compared at the prompt only.
  private mutating func warnIfNear(
    _ name: String, _ role: NameRole, _ range: SourceRange, _ lexicon: some Lexicon
  ) {
    guard mode == .prompt || role != .entity, !isProbing else { return }
    guard comparedNames.updateValue(role, forKey: name) != role else { return }
    let near = lexicon.nearNames(to: name, as: role)
    guard let best = near.first, isNear(name, best) else { return }
    let fixIts = near.prefix(3).map {
      Diagnostic.FixIt(
        "did you mean '\($0)'?", replace: range, with: SentenceWriter.name($0, as: role))
    }
    warnings.append(
      Diagnostic(
        .warning, id: "near-name", "'\(name)' is new and close to '\(best)'", at: range,
        fixIts: Array(fixIts)))
  }

  /// Short words differ by a letter or two without being slips: `likes` and `makes`.
  private func isNear(_ name: String, _ other: String) -> Bool {
    let a = NameFolding.key(name).unicodeScalars
    let b = NameFolding.key(other).unicodeScalars
    guard let distance = editDistance(a, b, limit: 2) else { return true }
    return distance <= (min(a.count, b.count) < 8 ? 1 : 2)
  }

  // MARK: Gaps

  private mutating func gap(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Variable
  {
    let token = tokens[low]
    let range = buffer.range(low, high)
    if allowsNewNames {
      throw Diagnostic(
        id: "gap-in-fact", "a fact has no gaps; a question ends in '?'", at: range)
    }
    if token.reserved == .which { return try classGap(low + 1, high, range, lexicon) }
    if token.reserved.isBlank {
      notePiece(.gap, range)
      return newBlank()
    }
    let name =
      token.kind == .variable
      ? source.text(SourceRange(token.start + 1, token.end)) : token.reserved.rawValue
    return use(Variable(name), range)
  }

  mutating func use(_ variable: Variable, _ range: SourceRange) -> Variable {
    notePiece(.gap, range, "?" + variable.name)
    gaps.append(GapUse(variable: variable, range: range))
    return variable
  }

  /// A variable that no text can write.
  mutating func newBlank() -> Variable {
    blankCount += 1
    return Variable(".\(blankCount)")
  }

  /// `which Advisory`: the gap `?advisory`, a member of the class.
  private mutating func classGap(
    _ low: Int, _ high: Int, _ range: SourceRange, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Variable {
    let (iri, name) = try classTerm(low, high, lexicon)
    let variable = use(Variable(Self.variableName(name)), range)
    classGaps.append(ClassGap(variable: variable, classIRI: iri))
    return variable
  }

  /// The IRI and the name of the class the tokens name.
  mutating func classTerm(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> (iri: String, name: String)
  {
    if tokens[low].reserved == .the { return try classTerm(low + 1, high, lexicon) }
    let fit = fitClass(low, high, lexicon)
    if fit.level == .several { throw ambiguousName(low, high, .class, lexicon) }
    if fit.id.isBound, case .iri(let iri) = lexicon.term(fit.id) {
      note(.class, low, high, fit.id, lexicon)
      return (iri, lexicon.label(fit.id))
    }
    if tokens[low].kind == .wildcard {
      _ = wildcard(low, .class)
      return (wildcardIRI(low), "it")
    }
    if let term = try value(low, high, lexicon), case .iri(let iri) = term {
      notePiece(.class, buffer.range(low, high), iri)
      return (iri, String(iri.split { "/#:".contains($0) }.last ?? "it"))
    }
    throw unknownName(low, high, .class, lexicon)
  }

  /// A class's name as a variable: `Security Advisory` is `security_advisory`.
  static func variableName(_ name: String) -> String {
    var result = ""
    for scalar in name.lowercased().unicodeScalars {
      if CharacterClass.isVariableScalar(scalar) {
        result.unicodeScalars.append(scalar)
      } else if !result.hasSuffix("_") {
        result += "_"
      }
    }
    return result
  }

  // MARK: Relations

  /// What stands in relation place, given how it fits.
  mutating func relation(
    _ low: Int, _ high: Int, _ fit: RelationFit, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> RelationOperand {
    let range = buffer.range(low, high)
    switch fit.kind {
    case .standard(let standard):
      notePiece(.relation, range, standard.rawValue)
      return .reference(.standard(standard))
    case .quality:
      notePiece(.relation, range, "is")
      return .reference(quality(lexicon))
    case .path:
      return .path(try path(low, high, lexicon))
    case .gap:
      if allowsNewNames { throw gapInFact(range) }
      let variable = Variable(source.text(SourceRange(tokens[low].start + 1, tokens[low].end)))
      return .gap(use(variable, range))
    case .name:
      return .reference(try relationName(skipNoise(low, high), high, fit.fit, lexicon))
    }
  }

  private func gapInFact(_ range: SourceRange) -> Diagnostic {
    Diagnostic(id: "gap-in-fact", "a fact has no gaps; a question ends in '?'", at: range)
  }

  /// The relation of a bare copula.
  func quality(_ lexicon: some Lexicon) -> Reference {
    let key: [UInt8] = [0x69, 0x73]
    if case .one(let id) = lexicon.match(key.span, as: .relation) { return .known(id) }
    return .new("is", .relation)
  }

  /// Past the copula and articles before a relation's name.
  private func skipNoise(_ low: Int, _ high: Int) -> Int {
    var index = low
    while index < high - 1,
      tokens[index].reserved.isCopula || tokens[index].reserved.isArticle
        || tokens[index].reserved == .the
    {
      index += 1
    }
    return index
  }

  private mutating func relationName(
    _ low: Int, _ high: Int, _ fit: Fit, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Reference {
    if fit.id.isBound {
      note(.relation, low, high, fit.id, lexicon)
      return .known(fit.id)
    }
    if fit.level == .several { throw ambiguousName(low, high, .relation, lexicon) }
    if tokens[low].kind == .wildcard { return wildcard(low, .relation) }
    if [.iri, .prefixedName, .cell].contains(tokens[low].kind) {
      let range = buffer.range(low, high)
      guard let term = try value(low, high, lexicon), case .iri = term else {
        throw Diagnostic(id: "bad-relation", "a relation is a name or an IRI", at: range)
      }
      notePiece(.relation, range)
      return .term(term)
    }
    return try newName(low, high, .relation, lexicon)
  }

  private mutating func note(
    _ role: Piece.Role, _ low: Int, _ high: Int, _ id: TermID, _ lexicon: some Lexicon
  ) {
    guard !allowsNewNames, !isProbing else { return }
    notePiece(role, buffer.range(low, high), lexicon.label(id))
  }

  /// Remembers how a piece was read; only for questions, facts need no reading.
  mutating func notePiece(_ role: Piece.Role, _ range: SourceRange, _ text: String) {
    guard !allowsNewNames, !isProbing else { return }
    pieces.append(Piece(role, text, at: range))
  }

  /// The same, for a piece that is shown as it was written.
  mutating func notePiece(_ role: Piece.Role, _ range: SourceRange) {
    guard !allowsNewNames, !isProbing else { return }
    pieces.append(Piece(role, source.text(range), at: range))
  }

  // MARK: Claims

  /// One sentence in parentheses.
  mutating func claim(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Operand
  {
    if let stray = delimiter(low, high), stray < high {
      throw Diagnostic(
        id: "claim-of-several", "a claim is one sentence: subject, relation, object",
        at: tokens[stray].range)
    }
    let cut = try cutClause(low, high, lexicon)
    return try operands(cut, lexicon)
  }

  /// The object of a cut; after `on`, `from` and `until` a bare `2020` is a year.
  mutating func object(_ cut: Cut, _ lexicon: some Lexicon) throws(Diagnostic) -> Operand {
    if case .standard(let standard) = cut.relation.kind, standard.takesDates,
      cut.high == cut.relationEnd + 1, isYear(cut.relationEnd),
      let year = try dateValue(cut.relationEnd, cut.high, lexicon)
    {
      notePiece(.value, buffer.range(cut.relationEnd, cut.high))
      return .reference(.term(year))
    }
    return try side(
      cut.relationEnd, cut.high, cut.relation.kind.objectRole, cut.object, lexicon)
  }

  private mutating func operands(_ cut: Cut, _ lexicon: some Lexicon) throws(Diagnostic) -> Operand
  {
    let subject = try side(
      cut.low, cut.relationStart, cut.relation.kind.subjectRole, cut.subject, lexicon)
    let relation = try relation(cut.relationStart, cut.relationEnd, cut.relation, lexicon)
    let object = try object(cut, lexicon)
    switch relation {
    case .reference(let reference): return .claim(subject, .reference(reference), object)
    case .gap(let variable): return .claim(subject, .gap(variable), object)
    case .path:
      throw Diagnostic(
        id: "path-in-claim", "a claim has one relation, not a path",
        at: buffer.range(cut.relationStart, cut.relationEnd))
    }
  }

  /// The next token in `low..<high` that ends a clause, or `high`; brackets are skipped.
  func delimiter(_ low: Int, _ high: Int) -> Int? {
    var index = low
    while index < high {
      let token = tokens[index]
      switch token.kind {
      case .openParenthesis: index = token.partner
      case .comma, .semicolon, .bar, .openBrace, .closeBrace, .closeParenthesis: return index
      case .word where token.reserved.isConnective: return index
      default: break
      }
      index += 1
    }
    return nil
  }
}

extension String {
  /// `''` in a quoted name is one quote.
  fileprivate func replacingQuotes() -> String {
    var result = String.UnicodeScalarView()
    var skips = false
    for scalar in unicodeScalars {
      if scalar == "'", skips {
        skips = false
        continue
      }
      skips = scalar == "'"
      result.append(scalar)
    }
    return String(result)
  }
}
