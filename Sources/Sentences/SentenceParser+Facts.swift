import Algebra
import Diagnostics
import RDF

extension SentenceParser {
  /// `subject relation object` with `;`, `,`, `and` and qualifiers.
  mutating func facts(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> [Fact]
  {
    allowsNewNames = true
    defer { allowsNewNames = false }
    var facts: [Fact] = []
    var index = low
    while true {
      try step()
      let end = delimiter(index, high) ?? high
      try appendClause(index, end, after: index > low ? index - 1 : nil, &facts, lexicon)
      index = try readQualifiers(end, high, &facts, lexicon)
      guard index < high else { return facts }
      let token = tokens[index]
      let goesOn =
        token.kind == .comma || token.kind == .semicolon || token.reserved == .and
      guard goesOn else { throw notInFact(index) }
      index += 1
      guard index < high else { throw unfinished(index - 1) }
    }
  }

  private func notInFact(_ index: Int) -> Diagnostic {
    let token = tokens[index]
    guard token.reserved.isConnective else {
      return unexpectedToken(index, "',', ';', 'and', '{' or the end")
    }
    return Diagnostic(
      id: "not-in-fact", "'\(token.reserved.rawValue)' has no place in a fact: say only what holds",
      at: token.range)
  }

  /// One clause: whole after `and`, without its subject after `;`, an object after `,`.
  private mutating func appendClause(
    _ low: Int, _ high: Int, after separator: Int?, _ facts: inout [Fact],
    _ lexicon: some Lexicon
  ) throws(Diagnostic) {
    guard low < high else { throw missingClause(low) }
    if tokens[high].reserved.isConnective, tokens[high].reserved != .and { throw notInFact(high) }
    let range = buffer.range(low, high)
    let line = tokens[low].line
    guard let separator, let last = facts.last else {
      let cut = try cutClause(low, high, lexicon)
      facts.append(try fact(cut, range, line, lexicon))
      return
    }
    if tokens[separator].kind == .comma {
      let role = listRole
      let fit = fitSide(low, high, role, lexicon)
      guard fit.level > .no else { throw unreadableSide(low, high, role, lexicon) }
      let object = try reference(try side(low, high, role, fit, lexicon))
      facts.append(Fact(last.subject, last.relation, object, range: range, line: line))
    } else if tokens[separator].kind == .semicolon || tokens[low].reserved.isCopula {
      let cut = try cutPredicate(low, high, lexicon)
      let (relation, object) = try predicate(cut, lexicon)
      facts.append(Fact(last.subject, relation, object, range: range, line: line))
    } else if let cut = try findClause(low, high, lexicon) {
      facts.append(try fact(cut, range, line, lexicon))
    } else if let cut = try findPredicate(low, high, lexicon) {
      let (relation, object) = try predicate(cut, lexicon)
      facts.append(Fact(last.subject, relation, object, range: range, line: line))
    } else {
      throw unreadable(low, high, hasSubject: true, lexicon)
    }
  }

  private mutating func fact(
    _ cut: Cut, _ range: SourceRange, _ line: Int, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Fact {
    if let trait = relationTrait(cut, lexicon) {
      let subject = try side(
        cut.low, cut.relationStart, .relation,
        fitSide(cut.low, cut.relationStart, .relation, lexicon), lexicon)
      return Fact(
        try reference(subject), .standard(.isA), .term(.iri(trait)), range: range, line: line)
    }
    let subject = try side(
      cut.low, cut.relationStart, cut.relation.kind.subjectRole, cut.subject, lexicon)
    if case .reference(.term(.literal)) = subject {
      throw Diagnostic(
        id: "literal-subject", "a text, number or date cannot be the subject of a fact",
        at: buffer.range(cut.low, cut.relationStart))
    }
    let (relation, object) = try predicate(cut, lexicon)
    return Fact(try reference(subject), relation, object, range: range, line: line)
  }

  /// `R is transitive` and `R is symmetric`, where R is a relation and no entity.
  private func relationTrait(_ cut: Cut, _ lexicon: some Lexicon) -> String? {
    guard case .quality = cut.relation.kind, cut.high == cut.relationEnd + 1 else { return nil }
    let iri: String
    if buffer.isWord(cut.relationEnd, "transitive") {
      iri = Vocabulary.transitiveProperty
    } else if buffer.isWord(cut.relationEnd, "symmetric") {
      iri = Vocabulary.symmetricProperty
    } else {
      return nil
    }
    let asEntity = fitSide(cut.low, cut.relationStart, .entity, lexicon)
    guard asEntity.level < .several else { return nil }
    return fitSide(cut.low, cut.relationStart, .relation, lexicon).level > .no ? iri : nil
  }

  private mutating func predicate(_ cut: Cut, _ lexicon: some Lexicon)
    throws(Diagnostic) -> (Reference, Reference)
  {
    let relation = try relation(cut.relationStart, cut.relationEnd, cut.relation, lexicon)
    guard case .reference(let name) = relation else {
      throw Diagnostic(
        id: "path-in-fact", "a fact has one relation, not a path",
        at: buffer.range(cut.relationStart, cut.relationEnd))
    }
    listRole = cut.relation.kind.objectRole
    return (name, try reference(try object(cut, lexicon)))
  }

  /// The operand as part of a fact.
  func reference(_ operand: Operand) throws(Diagnostic) -> Reference {
    switch operand {
    case .reference(let reference): reference
    case .claim(let subject, let relation, let object):
      .claim(
        subject: try reference(subject), relation: try reference(relation),
        object: try reference(object))
    case .gap(let variable):
      throw Diagnostic(
        id: "gap-in-fact", "a fact has no gaps such as ?\(variable.name)",
        at: buffer.range(0, tokens.count))
    }
  }

  // MARK: Qualifiers

  /// Adds every group of braces at `low` to the last fact; gives the index after them.
  private mutating func readQualifiers(
    _ low: Int, _ high: Int, _ facts: inout [Fact], _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Int {
    var index = low
    while index < high, tokens[index].kind == .openBrace {
      try step()
      let end = tokens[index].partner
      let group = try qualifiers(index + 1, end, lexicon)
      if !group.isEmpty { facts[facts.count - 1].qualifierGroups.append(group) }
      index = end + 1
    }
    return index
  }

  /// What stands between braces: relations with values, separated by `,` or `;`.
  mutating func qualifiers(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> [Qualifier]
  {
    readsQualifiers = true
    defer { readsQualifiers = false }
    var group: [Qualifier] = []
    var index = low
    while index < high {
      try step()
      let end = delimiter(index, high) ?? high
      guard index < end else { throw missingClause(index) }
      if end < high, tokens[end].kind != .comma, tokens[end].kind != .semicolon {
        throw unexpectedToken(end, "',' or '}'")
      }
      group.append(try qualifier(index, end, after: group.last, lexicon))
      index = end + 1
      if end == high - 1 { throw unfinished(end) }
    }
    return group
  }

  private mutating func qualifier(
    _ low: Int, _ high: Int, after last: Qualifier?, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Qualifier {
    if let cut = try findPredicate(low, high, lexicon) {
      let (relation, object) = try predicate(cut, lexicon)
      return Qualifier(relation, object)
    }
    if let last {
      let fit = fitSide(low, high, .entity, lexicon)
      if fit.level > .no {
        return Qualifier(last.relation, try reference(try side(low, high, .entity, fit, lexicon)))
      }
    }
    throw unreadable(low, high, hasSubject: false, lexicon)
  }
}
