import Algebra
import Diagnostics
import RDF

extension SentenceParser {
  /// `S R O {…}, O2`, `which C`, `is S R O`, `does S R O`, `what does S R`.
  mutating func pattern(
    _ low: Int, _ high: Int, _ kept: Kept, _ subject: inout TermPattern?, isDenied: Bool,
    _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Clause {
    let end = delimiter(low, high) ?? high
    guard low < end else { throw missingClause(low) }
    let firstClassGap = classGaps.count
    var facts: [FactPattern] = []
    if let fact = try keptPattern(low, end, kept, lexicon) {
      facts = [fact]
    } else if let only = try lonelyClass(low, end, lexicon) {
      subject = .variable(only)
    } else {
      let fact = try wholePattern(low, end, lexicon)
      facts = [fact]
      subject = fact.subject
    }
    try rest(end, high, &facts, lexicon)
    let types = classGaps[firstClassGap...].map { gap in
      Clause.fact(
        FactPattern(
          subject: .variable(gap.variable), relation: .iri(Vocabulary.type),
          object: .term(.iri(gap.classIRI)), range: buffer.range(low, high), isClassGap: true))
    }
    let all = types + facts.map { isDenied ? Clause.denied($0) : Clause.fact($0) }
    return all.count == 1 ? all[0] : .all(all)
  }

  /// `relation object` of the subject before: always after `;`, and after `and` where no other subject can be read.
  private mutating func keptPattern(
    _ low: Int, _ high: Int, _ kept: Kept, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> FactPattern? {
    guard let subject = kept.subject else { return nil }
    if !kept.isCertain, !tokens[low].reserved.isCopula {
      guard !isAuxiliary(low), try findClause(low, high, lexicon) == nil,
        let cut = try findPredicate(low, high, lexicon)
      else { return nil }
      return try predicatePattern(cut, subject, low, lexicon)
    }
    return try predicatePattern(try cutPredicate(low, high, lexicon), subject, low, lexicon)
  }

  /// Objects after commas and qualifiers in braces.
  private mutating func rest(
    _ low: Int, _ high: Int, _ facts: inout [FactPattern], _ lexicon: some Lexicon
  ) throws(Diagnostic) {
    var index = low
    while index < high {
      try step()
      guard var last = facts.last else { throw unexpectedToken(index, "the end") }
      switch tokens[index].kind {
      case .openBrace:
        let end = tokens[index].partner
        last.groups.append(try qualifierPatterns(index + 1, end, lexicon))
        facts[facts.count - 1] = last
        index = end + 1
      case .comma:
        let end = delimiter(index + 1, high) ?? high
        guard index + 1 < end else { throw unfinished(index) }
        let fit = fitSide(index + 1, end, .entity, lexicon)
        guard fit.level > .no else { throw unreadableSide(index + 1, end, .entity, lexicon) }
        let operand = try side(index + 1, end, .entity, fit, lexicon)
        last.object = try termPattern(operand, lexicon)
        last.groups = []
        facts.append(last)
        index = end
      default: throw unexpectedToken(index, "',', '{', 'and', 'or', '|' or the end")
      }
    }
  }

  /// `which Advisory` by itself: the members of the class.
  private mutating func lonelyClass(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Variable?
  {
    guard tokens[low].reserved == .which, low + 1 < high else { return nil }
    var end = high
    if end - low > 3, buffer.isWord(end - 1, "there"), tokens[end - 2].reserved == .are { end -= 2 }
    let fit = fitSide(low, end, .entity, lexicon)
    guard fit.level >= .several else { return nil }
    guard case .gap(let variable) = try side(low, end, .entity, fit, lexicon) else { return nil }
    return variable
  }

  private mutating func wholePattern(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> FactPattern
  {
    if tokens[low].reserved.isCopula, high - low >= 3 {
      notePiece(.word, tokens[low].range)
      return try inverted(low, high, lexicon)
    }
    if isAuxiliary(low) {
      notePiece(.word, tokens[low].range)
      return try factPattern(try cutClause(low + 1, high, lexicon), low, lexicon)
    }
    if let auxiliary = topLevelAuxiliary(low, high) {
      return try objectGap(low, auxiliary, high, lexicon)
    }
    if let cut = try findClause(low, high, lexicon) { return try factPattern(cut, low, lexicon) }
    // 'what is Zoom based in' has the gap in front, though it is the object.
    if let copula = frontedCopula(low, high), let found = objectGapCut(copula, high, lexicon) {
      return try objectGap(low, found, high, lexicon)
    }
    throw unreadable(low, high, hasSubject: true, lexicon)
  }

  /// The copula after a gap that begins the clause.
  private func frontedCopula(_ low: Int, _ high: Int) -> Int? {
    let first = tokens[low]
    guard first.reserved.isGap || first.kind == .variable || first.reserved == .which,
      let copula = topLevel(low, high, { $0.reserved.isCopula }), copula + 2 < high
    else { return nil }
    return copula
  }

  func isAuxiliary(_ index: Int) -> Bool {
    guard index < tokens.count, tokens[index].reserved == .none else { return false }
    return buffer.isWord(index, "does") || buffer.isWord(index, "did") || buffer.isWord(index, "do")
  }

  /// The `does` of `what does Zoom make` or `which feature did Zoom add`.
  private func topLevelAuxiliary(_ low: Int, _ high: Int) -> Int? {
    let first = tokens[low]
    if first.reserved.isGap || first.kind == .variable {
      return low + 3 < high && isAuxiliary(low + 1) ? low + 1 : nil
    }
    guard first.reserved == .which, low + 2 < high else { return nil }
    return ((low + 2)..<high).first { isAuxiliary($0) && $0 + 2 < high }
  }

  /// `what does S R`: the gap before the auxiliary is the object.
  private mutating func objectGap(
    _ low: Int, _ auxiliary: Int, _ high: Int, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> FactPattern {
    guard let found = objectGapCut(auxiliary, high, lexicon) else {
      throw unreadableQuestion(auxiliary + 1, high, lexicon)
    }
    return try objectGap(low, found, high, lexicon)
  }

  /// A subject and a relation at the end of a clause whose object stands before the auxiliary.
  private struct FrontedCut {
    var auxiliary: Int
    var relationStart: Int
    var subject: Fit
    var relation: RelationFit
  }

  private mutating func objectGapCut(_ auxiliary: Int, _ high: Int, _ lexicon: some Lexicon)
    -> FrontedCut?
  {
    findCutPoints(auxiliary + 1, high)
    for start in cutPoints.dropFirst().dropLast() {
      let relation = fitRelation(start, high, inverted: false, lexicon)
      guard relation.fit.level >= .several else { continue }
      let subject = fitSide(auxiliary + 1, start, relation.kind.subjectRole, lexicon)
      guard subject.level >= .several else { continue }
      return FrontedCut(
        auxiliary: auxiliary, relationStart: start, subject: subject, relation: relation)
    }
    return nil
  }

  private mutating func objectGap(
    _ low: Int, _ cut: FrontedCut, _ high: Int, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> FactPattern {
    let gapFit = fitSide(low, cut.auxiliary, .entity, lexicon)
    guard gapFit.level > .no else { throw unreadableSide(low, cut.auxiliary, .class, lexicon) }
    let gap = try side(low, cut.auxiliary, .entity, gapFit, lexicon)
    let subject = try side(
      cut.auxiliary + 1, cut.relationStart, cut.relation.kind.subjectRole, cut.subject, lexicon)
    let relation = try relation(cut.relationStart, high, cut.relation, lexicon)
    return try factPattern(subject, relation, gap, low, high, lexicon)
  }

  /// Says which piece of `S R` is unknown.
  private mutating func unreadableQuestion(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    -> Diagnostic
  {
    for start in cutPoints.dropFirst().dropLast() {
      guard fitSide(low, start, .entity, lexicon).level >= .several, isRun(start, high) else {
        continue
      }
      return unknownName(start, high, .relation, lexicon)
    }
    for start in cutPoints.dropFirst().dropLast() {
      guard fitRelation(start, high, inverted: false, lexicon).fit.level >= .several,
        isRun(low, start)
      else { continue }
      return unknownName(low, start, .entity, lexicon)
    }
    return Diagnostic(
      id: "unreadable", "expected a subject and a relation", at: buffer.range(low, high))
  }

  /// `is S R O`, `is S a C`, `is S Q`.
  private mutating func inverted(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> FactPattern
  {
    if let cut = try findClause(low + 1, high, inverted: true, lexicon) {
      return try factPattern(cut, low, lexicon)
    }
    findCutPoints(low + 1, high)
    var found: [(Int, Fit, Fit)] = []
    for start in cutPoints.dropFirst().dropLast() {
      let subject = fitSide(low + 1, start, .entity, lexicon)
      guard subject.level >= .several else { continue }
      let object = fitSide(start, high, .entity, lexicon)
      if object.level >= .several { found.append((start, subject, object)) }
    }
    guard found.count == 1, let (start, subjectFit, objectFit) = found.first else {
      throw qualityProblem(low + 1, high, lexicon)
        ?? unreadable(low + 1, high, hasSubject: true, lexicon)
    }
    let subject = try side(low + 1, start, .entity, subjectFit, lexicon)
    let object = try side(start, high, .entity, objectFit, lexicon)
    return try factPattern(
      subject, .reference(quality(lexicon)), object, low, high, lexicon)
  }

  /// Two names after `is`: says which is unknown.
  private func qualityProblem(_ low: Int, _ high: Int, _ lexicon: some Lexicon) -> Diagnostic? {
    guard high == low + 2, isRun(low, low + 1), isRun(low + 1, high) else { return nil }
    let isKnown = fitSide(low, low + 1, .entity, lexicon).level >= .several
    return isKnown
      ? unknownName(low + 1, high, .entity, lexicon) : unknownName(low, low + 1, .entity, lexicon)
  }

  // MARK: To algebra

  private mutating func factPattern(_ cut: Cut, _ low: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> FactPattern
  {
    let kind = cut.relation.kind
    let subject = try side(cut.low, cut.relationStart, kind.subjectRole, cut.subject, lexicon)
    let relation = try relation(cut.relationStart, cut.relationEnd, cut.relation, lexicon)
    let object = try object(cut, lexicon)
    return try factPattern(subject, relation, object, low, cut.high, lexicon)
  }

  private mutating func predicatePattern(
    _ cut: Cut, _ subject: TermPattern, _ low: Int, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> FactPattern {
    let relation = try relation(cut.relationStart, cut.relationEnd, cut.relation, lexicon)
    let object = try object(cut, lexicon)
    return FactPattern(
      subject: subject, relation: try relationPattern(relation, lexicon),
      object: try termPattern(object, lexicon), range: buffer.range(low, cut.high))
  }

  private func factPattern(
    _ subject: Operand, _ relation: RelationOperand, _ object: Operand, _ low: Int, _ high: Int,
    _ lexicon: some Lexicon
  ) throws(Diagnostic) -> FactPattern {
    FactPattern(
      subject: try termPattern(subject, lexicon),
      relation: try relationPattern(relation, lexicon),
      object: try termPattern(object, lexicon), range: buffer.range(low, high))
  }

  private func relationPattern(_ operand: RelationOperand, _ lexicon: some Lexicon)
    throws(Diagnostic) -> FactPattern.Relation
  {
    switch operand {
    case .gap(let variable): return .variable(variable)
    case .path(let path): return .path(path)
    case .reference(let reference):
      guard case .iri(let iri) = term(reference, lexicon) else {
        throw Diagnostic(
          id: "bad-relation", "a relation is a name or an IRI", at: buffer.range(0, tokens.count))
      }
      return .iri(iri)
    }
  }

  /// The decoded term of a reference; a new name has the IRI it would get.
  func term(_ reference: Reference, _ lexicon: some Lexicon) -> Term {
    switch reference {
    case .known(let id): lexicon.term(id)
    case .standard(let standard): .iri(standard.iri)
    case .term(let term): term
    case .new(let name, _): .iri(SentenceWriter.iri(forName: name, base: lexicon.base))
    case .claim(let subject, let relation, let object):
      .triple(Triple(term(subject, lexicon), term(relation, lexicon), term(object, lexicon)))
    }
  }

  func termPattern(_ operand: Operand, _ lexicon: some Lexicon) throws(Diagnostic) -> TermPattern {
    switch operand {
    case .reference(let reference): return .term(term(reference, lexicon))
    case .gap(let variable): return .variable(variable)
    case .claim(let subject, let relation, let object):
      let triple = TriplePattern(
        try termPattern(subject, lexicon), try termPattern(relation, lexicon),
        try termPattern(object, lexicon))
      guard case .term(let s) = triple.subject, case .term(let p) = triple.predicate,
        case .term(let o) = triple.object
      else { return .triple(triple) }
      return .term(.triple(Triple(s, p, o)))
    }
  }

  // MARK: Qualifiers

  private mutating func qualifierPatterns(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> [QualifierPattern]
  {
    readsQualifiers = true
    defer { readsQualifiers = false }
    var group: [QualifierPattern] = []
    var index = low
    while index < high {
      try step()
      let isOptional = tokens[index].reserved == .maybe
      if isOptional { index += 1 }
      let end = delimiter(index, high) ?? high
      guard index < end else { throw missingClause(index) }
      if end < high, tokens[end].kind != .comma, tokens[end].kind != .semicolon {
        throw unexpectedToken(end, "',' or '}'")
      }
      let cut = try cutPredicate(index, end, lexicon)
      group.append(try qualifierPattern(cut, isOptional, lexicon))
      if end == high - 1 { throw unfinished(end) }
      index = end + 1
    }
    return group
  }

  private mutating func qualifierPattern(
    _ cut: Cut, _ isOptional: Bool, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> QualifierPattern {
    let relation = try relation(cut.relationStart, cut.relationEnd, cut.relation, lexicon)
    let predicate: TermPattern
    switch relation {
    case .reference(let reference): predicate = .term(term(reference, lexicon))
    case .gap(let variable): predicate = .variable(variable)
    case .path:
      throw Diagnostic(
        id: "path-in-qualifier", "a qualifier has one relation, not a path",
        at: buffer.range(cut.low, cut.high))
    }
    let object = try object(cut, lexicon)
    return QualifierPattern(
      predicate: predicate, object: try termPattern(object, lexicon), isOptional: isOptional)
  }
}
