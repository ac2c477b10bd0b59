import Algebra
import Diagnostics
import RDF

/// Turns the clauses of one question into algebra.
struct QuestionCompiler<Names: Lexicon> {
  let restriction: Restriction
  /// What is still to be asked of the first fact.
  var focus: Focus
  let lexicon: Names
  var blankCount = 0
  var warnings: [Diagnostic] = []
  /// Variables of each condition, with its place.
  var conditionVariables: [([Variable], SourceRange)] = []
  var boundVariables: Set<Variable> = []
  /// The first thing that has no meaning in algebra.
  var problem: Diagnostic?

  init(restriction: Restriction, focus: Focus, lexicon: Names) {
    self.restriction = restriction
    self.focus = focus
    self.lexicon = lexicon
  }

  /// Rows of the gaps, or yes and no where there are none.
  mutating func list(_ clause: Clause, gaps: [Variable]) -> Question {
    let asked = focus
    let pattern = compile(clause)
    bind(pattern)
    let shown = gaps.filter(boundVariables.contains)
    let extra: [Variable] =
      switch asked {
      case .none: []
      case .dates: Self.dateColumns
      case .speakers: [Self.speakerColumn]
      }
    let columns = extra + shown.filter { !extra.contains($0) }
    let isYesNo = columns.isEmpty
    let query =
      isYesNo ? Query(.ask, pattern) : Query(.select, .distinct(.project(pattern, columns)))
    return Question(
      isYesNo ? .yesNo : .list, query: query, columns: columns, reading: [],
      range: SourceRange(0, 0))
  }

  /// The number of different values of one gap.
  mutating func count(_ clause: Clause, of counted: Variable) -> Question {
    let pattern = compile(clause)
    bind(pattern)
    conditionVariables.append(([counted], SourceRange(0, 0)))
    let column = Variable("count")
    let aggregate = AggregateBinding(
      column, Aggregate(.count, .variable(counted), distinct: true))
    let query = Query(
      .select, .project(.group(pattern, by: [], aggregates: [aggregate]), [column]))
    return Question(
      .count, query: query, columns: [column], reading: [], range: SourceRange(0, 0))
  }

  static var dateColumns: [Variable] { [Variable("when"), Variable("from"), Variable("until")] }
  static var speakerColumn: Variable { Variable("whom") }

  private mutating func bind(_ pattern: Pattern) {
    boundVariables.formUnion(pattern.variablesInScope)
  }

  mutating func freshVariable() -> Variable {
    blankCount += 1
    return Variable(".\(blankCount)")
  }

  // MARK: Groups

  mutating func compile(_ clause: Clause) -> Pattern {
    var group = Group(.triples([]))
    add(clause, to: &group)
    return group.finished
  }

  /// The clause joined to solutions there are already; for pipelines.
  mutating func compile(_ clause: Clause, onto pattern: Pattern) -> Pattern {
    var group = Group(pattern)
    add(clause, to: &group)
    return group.finished
  }

  private mutating func add(_ clause: Clause, to group: inout Group) {
    switch clause {
    case .all(let clauses):
      for inner in clauses { add(inner, to: &group) }
    case .fact(let fact):
      add(fact, to: &group)
    case .condition(let expression, let range):
      conditionVariables.append((expression.variables, range))
      group.conditions.append(expression)
    case .not(let inner):
      let pattern = compile(inner)
      // Gaps inside are bound there, for the conditions there.
      group.conditions.append(.not(.exists(pattern)))
      bindConditions(inside: pattern)
    case .denied(let fact):
      conditionVariables.append((fact.subject.variables, fact.range))
      group.conditions.append(.not(.exists(compile(.fact(fact)))))
    case .maybe(let inner):
      var pattern = compile(inner)
      var condition: Expression?
      if case .filter(let expression, let filtered) = pattern {
        condition = expression
        pattern = filtered
      }
      group.flush()
      group.pattern = .leftJoin(group.pattern, pattern, condition: condition)
    case .any(let options):
      let patterns = options.map { compile($0) }
      group.join(Self.union(patterns[...]))
    }
  }

  private mutating func bindConditions(inside pattern: Pattern) {
    let inner = Set(pattern.variablesInScope)
    for index in conditionVariables.indices {
      conditionVariables[index].0.removeAll(where: inner.contains)
    }
  }

  /// Balanced, so that a long list is not a deep tree.
  static func union(_ patterns: ArraySlice<Pattern>) -> Pattern {
    guard let first = patterns.first else { return .triples([]) }
    guard patterns.count > 1 else { return first }
    let middle = patterns.startIndex + patterns.count / 2
    return .union(union(patterns[..<middle]), union(patterns[middle...]))
  }

  // MARK: Facts

  private mutating func add(_ fact: FactPattern, to group: inout Group) {
    let takesFocus = focus != .none && !fact.isClassGap
    let needsReifier =
      takesFocus || !fact.groups.isEmpty || restriction.day != nil
      || restriction.speaker != nil && !fact.isClassGap
    switch fact.relation {
    case .variable(let variable):
      let triple = TriplePattern(fact.subject, .variable(variable), fact.object)
      if needsReifier {
        addReified([triple], fact, takesFocus, to: &group)
      } else {
        group.triples.append(triple)
      }
      group.conditions.append(
        .oneOf(.variable(variable), Self.bookkeeping.map { .term(.iri($0)) }, negated: true))
    case .path(let path):
      if needsReifier {
        problem = problem ?? Self.noPath(fact.range)
        return
      }
      group.join(.path(fact.subject, path, fact.object))
    case .iri(let iri):
      add(fact, iri, needsReifier, takesFocus, to: &group)
    }
  }

  /// Relations that keep the books of the graph; `?r` never is one of them.
  static var bookkeeping: [String] {
    [Vocabulary.label, Vocabulary.reifies, Vocabulary.altLabel]
  }

  private static func noPath(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "path-with-qualifiers",
      "a path has no dates and sources of its own; ask for its single relations", at: range)
  }

  private mutating func add(
    _ fact: FactPattern, _ iri: String, _ needsReifier: Bool, _ takesFocus: Bool,
    to group: inout Group
  ) {
    let traits = lexicon.traits(ofRelation: iri)
    let forward = traits.forward.isEmpty ? [iri] : traits.forward
    if needsReifier {
      if traits.isTransitive {
        let name = lexicon.id(ofIRI: iri).map(lexicon.label) ?? iri
        warnings.append(
          Diagnostic(
            .warning, id: "direct-facts-only",
            "'\(name)' is transitive, but only direct facts have dates and sources",
            at: fact.range))
      }
      let triples =
        forward.map { TriplePattern(fact.subject, .term(.iri($0)), fact.object) }
        + traits.backward.map { TriplePattern(fact.object, .term(.iri($0)), fact.subject) }
      addReified(triples, fact, takesFocus, to: &group)
    } else if iri == Vocabulary.type, case .term(.iri(let classIRI)) = fact.object,
      lexicon.hasSubclasses(classIRI)
    {
      let path = Path.sequence(
        .predicate(.iri(iri)), .zeroOrMore(.predicate(.iri(Vocabulary.subClassOf))))
      group.join(.path(fact.subject, path, fact.object))
    } else if traits == RelationTraits(forward: [iri]) {
      group.triples.append(TriplePattern(fact.subject, .term(.iri(iri)), fact.object))
    } else {
      group.join(.path(fact.subject, SentenceParser.path(traits, iri), fact.object))
    }
  }

  private mutating func addReified(
    _ triples: [TriplePattern], _ fact: FactPattern, _ takesFocus: Bool, to group: inout Group
  ) {
    let asked = takesFocus ? focus : .none
    if takesFocus { focus = .none }
    let options = triples.map { reified($0, fact.groups, asked) }
    if options.count == 1 {
      group.join(options[0])
    } else {
      group.join(Self.union(options[...]))
    }
  }
}

/// A conjunction under construction: conditions hold for the whole of it.
struct Group {
  var pattern: Pattern
  /// Triples to be joined to `pattern` as one basic graph pattern.
  var triples: [TriplePattern] = []
  var conditions: [Expression] = []

  init(_ pattern: Pattern) {
    self.pattern = pattern
  }

  mutating func join(_ other: Pattern) {
    flush()
    if case .triples(let triples) = pattern, triples.isEmpty {
      pattern = other
    } else {
      pattern = .join(pattern, other)
    }
  }

  mutating func flush() {
    guard !triples.isEmpty else { return }
    let pending = triples
    triples = []
    if case .triples(let before) = pattern {
      pattern = .triples(before + pending)
    } else {
      pattern = .join(pattern, .triples(pending))
    }
  }

  /// The pattern under its conditions.
  var finished: Pattern {
    var copy = self
    copy.flush()
    guard let first = conditions.first else { return copy.pattern }
    let all = conditions.dropFirst().reduce(first) { .and($0, $1) }
    return .filter(all, copy.pattern)
  }
}
