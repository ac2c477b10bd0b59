import Engine
import RDF
import Sentences

/// Turns facts as read into triples: interns what is new, names it, and builds reifiers.
extension KnowledgeBase {
  /// Adds a fact to `facts`. `lineBase` is the number of the source's first line, nil for no origin.
  func lower(
    _ fact: Fact, into facts: inout PendingFacts, lineBase: UInt32?,
    within budget: SearchBudget? = nil
  ) throws(EvaluationError) {
    let line = lineBase.map { $0 + UInt32(truncatingIfNeeded: fact.line - 1) } ?? Snapshot.noOrigin
    let subject = try intern(fact.subject, into: &facts, line: line)
    let relation = try intern(fact.relation, into: &facts, line: line)
    let object = try intern(fact.object, into: &facts, line: line)
    let triple = EncodedTriple(subject, relation, object)
    facts.append(triple, line: line)
    facts.note(fact: triple)
    learn(triple)
    if fact.qualifierGroups.isEmpty && defaults.isEmpty { return }
    let groups = fact.qualifierGroups.isEmpty ? [[]] : fact.qualifierGroups
    for group in groups {
      try budget?.step(64)
      var statements: [Qualification] = []
      for qualifier in group { statements.append(try intern(qualifier, into: &facts, line: line)) }
      try qualify(triple, with: withDefaults(statements), into: &facts, line: line)
    }
  }

  /// What a reifier says of its triple.
  struct Qualification: Hashable {
    var relation: TermID
    var object: TermID
  }

  /// The handles of a qualifier.
  func intern(
    _ qualifier: Qualifier, into facts: inout PendingFacts, line: UInt32
  ) throws(EvaluationError) -> Qualification {
    let relation = try intern(qualifier.relation, into: &facts, line: line)
    names.mark(relation, as: .relation)
    return Qualification(
      relation: relation, object: try intern(qualifier.object, into: &facts, line: line))
  }

  /// A group's own statements, and the defaults whose relations it does not have.
  private func withDefaults(_ group: [Qualification]) -> [Qualification] {
    group
      + defaults.filter { byDefault in !group.contains { $0.relation == byDefault.relation } }
  }

  /// Gives a triple a reifier, unless it has one that says the same.
  private func qualify(
    _ triple: EncodedTriple, with statements: [Qualification], into facts: inout PendingFacts,
    line: UInt32
  ) throws(EvaluationError) {
    if statements.isEmpty || isQualified(triple, with: Set(statements)) { return }
    let reifier = try dictionary.freshBlankNode()
    let term = try dictionary.internTriple(triple)
    facts.append(EncodedTriple(reifier, standard.reifies, term), line: line)
    for statement in statements {
      facts.append(EncodedTriple(reifier, statement.relation, statement.object), line: line)
    }
  }

  private func isQualified(_ triple: EncodedTriple, with statements: Set<Qualification>) -> Bool {
    guard snapshot.tripleCount > 0, let term = dictionary.lookup(triple: triple) else {
      return false
    }
    // Of what it must say, that which the fewest do.
    let rarest = statements.reduce(Qualification(relation: standard.reifies, object: term)) {
      snapshot.count(.none, $1.relation, $1.object) < snapshot.count(.none, $0.relation, $0.object)
        ? $1 : $0
    }
    var isFound = false
    snapshot.forEach(.none, rarest.relation, rarest.object) { candidate in
      var known: Set<Qualification> = []
      snapshot.forEach(candidate.subject, .none, .none) {
        known.insert(Qualification(relation: $0.predicate, object: $0.object))
        return true
      }
      let isOfTriple = known.remove(Qualification(relation: standard.reifies, object: term)) != nil
      isFound = isOfTriple && known == statements
      return !isFound
    }
    return isFound
  }

  /// The handle of what a piece of a fact stands for; a new name gets an IRI and a label.
  func intern(
    _ reference: Reference, into facts: inout PendingFacts, line: UInt32
  ) throws(EvaluationError) -> TermID {
    switch reference {
    case .known(let id): return id
    case .standard(let relation): return standard.id(relation)
    case .new(let name, let role):
      return try define(name, as: role, into: &facts, line: line)
    case .term(.blankNode(let label)):
      return try dictionary.intern(.blankNode(nodeScope + label))
    case .term(let term):
      let id = try dictionary.intern(term)
      if case .iri(let iri) = term { nameByIRI(id, iri) }
      return id
    case .claim(let subject, let relation, let object):
      let triple = EncodedTriple(
        try intern(subject, into: &facts, line: line),
        try intern(relation, into: &facts, line: line),
        try intern(object, into: &facts, line: line))
      names.mark(triple.predicate, as: .relation)
      return try dictionary.internTriple(triple)
    }
  }

  private func define(
    _ name: String, as role: NameRole, into facts: inout PendingFacts, line: UInt32
  ) throws(EvaluationError) -> TermID {
    let folded = NameFolding.fold(name)
    // Another piece of the same sentence may have defined it.
    if case .one(let id) = names.match(folded.span, as: role) { return id }
    let id = try dictionary.intern(.iri(SentenceWriter.iri(forName: name, base: base)))
    let label = try dictionary.intern(.literal(Literal(name)))
    facts.append(EncodedTriple(id, standard.label, label), line: line)
    facts.note(newName: name, role: role.word)
    switch role {
    case .entity: break
    case .class: names.mark(id, as: .class)
    case .relation: names.mark(id, as: .relation)
    }
    names.add(folded.span, bearer: id)
    return id
  }

  /// Keeps names and roles in step with a triple that is added.
  func learn(_ triple: EncodedTriple) {
    names.mark(triple.predicate, as: .relation)
    if triple.predicate == standard.type {
      names.mark(triple.object, as: .class)
    } else if triple.predicate == standard.subClassOf {
      names.mark(triple.subject, as: .class)
      names.mark(triple.object, as: .class)
    } else if triple.predicate == standard.subPropertyOf
      || triple.predicate == standard.inverseOf
    {
      names.mark(triple.subject, as: .relation)
      names.mark(triple.object, as: .relation)
    } else if standard.naming.contains(triple.predicate),
      case .literal(let literal) = dictionary.term(triple.object)
    {
      names.add(NameFolding.fold(literal.lexicalForm).span, bearer: triple.subject)
    }
  }

  /// An IRI that has no label is known by its local name.
  func nameByIRI(_ id: TermID, _ iri: String) {
    if snapshot.count(id, standard.label, .none) > 0 { return }
    names.add(NameFolding.fold(localName(ofIRI: iri)).span, bearer: id)
  }
}

extension NameRole {
  /// As the shell shows it.
  fileprivate var word: String {
    switch self {
    case .entity: "entity"
    case .class: "class"
    case .relation: "relation"
    }
  }
}
