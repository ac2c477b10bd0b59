import Algebra
import RDF

/// What is asked of a fact through its reifiers. Source: RDF 1.2 Concepts, section 1.5.
extension QuestionCompiler {
  /// One triple with its qualifiers, restrictions, and what `when` or `according to whom` ask.
  mutating func reified(
    _ triple: TriplePattern, _ groups: [[QualifierPattern]], _ asked: Focus
  ) -> Pattern {
    var group = Group(.triples([]))
    if let speaker = restriction.speaker {
      group.join(spoken(triple, by: .term(speaker)))
    } else if asked == .speakers {
      group.join(spoken(triple, by: .variable(Self.speakerColumn)))
    } else {
      group.triples.append(triple)
    }
    for qualifiers in groups { add(qualifiers, of: triple, to: &group) }
    if asked == .dates { addDates(of: triple, to: &group) }
    if let day = restriction.day { group.conditions.append(isValid(triple, on: day)) }
    return group.finished
  }

  private mutating func reifier(of triple: TriplePattern, in group: inout Group) -> TermPattern {
    let reifier = TermPattern.variable(freshVariable())
    group.triples.append(
      TriplePattern(reifier, .term(.iri(Vocabulary.reifies)), Self.tripleTerm(triple)))
    return reifier
  }

  /// The triple as a term.
  static func tripleTerm(_ triple: TriplePattern) -> TermPattern {
    if case .term(let s) = triple.subject, case .term(let p) = triple.predicate,
      case .term(let o) = triple.object
    {
      return .term(.triple(Triple(s, p, o)))
    }
    return .triple(triple)
  }

  private mutating func add(
    _ qualifiers: [QualifierPattern], of triple: TriplePattern, to group: inout Group
  ) {
    let reifier = reifier(of: triple, in: &group)
    for qualifier in qualifiers where !qualifier.isOptional {
      group.triples.append(TriplePattern(reifier, qualifier.predicate, qualifier.object))
    }
    for qualifier in qualifiers where qualifier.isOptional {
      group.flush()
      let optional = TriplePattern(reifier, qualifier.predicate, qualifier.object)
      group.pattern = .leftJoin(group.pattern, .triples([optional]), condition: nil)
    }
  }

  private static var dateRelations: [String] {
    [Vocabulary.date, Vocabulary.validFrom, Vocabulary.validThrough]
  }

  /// The dates of one reifier, at least one of which there is.
  private mutating func addDates(of triple: TriplePattern, to group: inout Group) {
    let reifier = reifier(of: triple, in: &group)
    addOptionalDates(of: reifier, as: Self.dateColumns, to: &group)
  }

  private func addOptionalDates(
    of reifier: TermPattern, as variables: [Variable], to group: inout Group
  ) {
    group.flush()
    for (relation, variable) in zip(Self.dateRelations, variables) {
      let date = TriplePattern(reifier, .term(.iri(relation)), .variable(variable))
      group.pattern = .leftJoin(group.pattern, .triples([date]), condition: nil)
    }
    let bound = variables.map { Expression.bound($0) }
    group.conditions.append(.or(.or(bound[0], bound[1]), bound[2]))
  }

  /// Facts with the source, and claims that somebody says.
  private mutating func spoken(_ triple: TriplePattern, by speaker: TermPattern) -> Pattern {
    var sourced = Group(.triples([triple]))
    let reifier = reifier(of: triple, in: &sourced)
    sourced.triples.append(TriplePattern(reifier, .term(.iri(Vocabulary.source)), speaker))
    let says = TriplePattern(speaker, .term(.iri(saysIRI)), Self.tripleTerm(triple))
    return .union(sourced.finished, .triples([says]))
  }

  /// The relation named `says`.
  private var saysIRI: String {
    let key: [UInt8] = Array("says".utf8)
    if case .one(let id) = lexicon.match(key.span, as: .relation),
      case .iri(let iri) = lexicon.term(id)
    {
      return iri
    }
    return SentenceWriter.iri(forName: "says", base: lexicon.base)
  }

  /// No reifier of the triple is dated, or one is whose time includes the day.
  private mutating func isValid(_ triple: TriplePattern, on day: String) -> Expression {
    var dated = Group(.triples([]))
    let anyReifier = reifier(of: triple, in: &dated)
    let anyDate = TermPattern.variable(freshVariable())
    let options = Self.dateRelations.map {
      Pattern.triples([TriplePattern(anyReifier, .term(.iri($0)), anyDate)])
    }
    dated.join(Self.union(options[...]))
    var including = Group(.triples([]))
    let reifier = reifier(of: triple, in: &including)
    let on = freshVariable()
    let from = freshVariable()
    let until = freshVariable()
    addOptionalDates(of: reifier, as: [on, from, until], to: &including)
    let date = Expression.term(.literal(Literal(day)))
    let start = Expression.coalesce([.variable(from), .variable(on)])
    let hasStart = Expression.or(.bound(from), .bound(on))
    // It has begun when its first day is not after the day asked for; so too at its end.
    including.conditions.append(
      .or(.not(hasStart), .not(DateCondition.comparison(.greater, start, date))))
    let endsLater = Expression.not(DateCondition.comparison(.less, .variable(until), date))
    including.conditions.append(.or(.not(.bound(until)), endsLater))
    return .or(.not(.exists(dated.finished)), .exists(including.finished))
  }
}

extension Expression {
  /// The variables whose values it needs, with repeats; those inside `exists` are left out.
  var variables: [Variable] {
    switch self {
    case .term, .exists: []
    case .variable(let variable), .bound(let variable): [variable]
    case .not(let inner), .negate(let inner): inner.variables
    case .and(let a, let b), .or(let a, let b), .compare(_, let a, let b),
      .arithmetic(_, let a, let b):
      a.variables + b.variables
    case .oneOf(let value, let options, _): value.variables + options.flatMap(\.variables)
    case .conditional(let a, let b, let c), .triple(let a, let b, let c):
      a.variables + b.variables + c.variables
    case .coalesce(let all), .call(_, let all), .callIRI(_, let all): all.flatMap(\.variables)
    }
  }
}
