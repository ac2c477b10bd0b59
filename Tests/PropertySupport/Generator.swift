import Algebra
import RDF

/// Random numbers from a seed. Source: SplitMix64 (Steele, Lea, Flood).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Random small graphs and random patterns over their vocabulary.
struct Generator {
  var random: Seeded

  init(seed: Int) {
    random = Seeded(state: UInt64(seed))
  }

  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

  // MARK: Terms

  static let variables = ["x", "y", "z", "w"].map(Variable.init)
  private static let nodes: [Term] =
    ["a", "b", "c", "d"].map { .iri($0) } + [.blankNode("m"), .blankNode("n")]
  static let predicates: [Term] = ["p", "q", "r"].map { .iri($0) }
  private static let literals: [Term] = [
    .literal(.integer(1)), .literal(.integer(2)), .literal(.integer(-3)),
    .literal(Literal("1.5", datatype: XSD.decimal)), .literal(Literal("s")),
    .literal(Literal("tt")), .literal(Literal("")), .literal(Literal("s", language: "en")),
    .literal(Literal("true", datatype: XSD.boolean)),
    .literal(Literal("false", datatype: XSD.boolean)),
    .literal(Literal("2020-04-12", datatype: XSD.date)),
    .literal(Literal("2021-01-01", datatype: XSD.date)), .literal(Literal("k", datatype: "dt")),
  ]

  mutating func object(depth: Int = 0) -> Term {
    switch below(10) {
    case 0..<5: return pick(Self.nodes)
    case 5..<9: return pick(Self.literals)
    default: return depth > 1 ? pick(Self.nodes) : .triple(triple(depth: depth + 1))
    }
  }

  mutating func triple(depth: Int = 0) -> Triple {
    Triple(pick(Self.nodes), pick(Self.predicates), object(depth: depth))
  }

  mutating func graph() -> [Triple] {
    var seen: Set<Triple> = []
    return (0..<below(26)).compactMap { _ in
      let triple = triple()
      return seen.insert(triple).inserted ? triple : nil
    }
  }

  /// As a query writes them.
  private static let graphIRIs: [Term] = ["g", "h", "a"].map { .iri($0) }
  private static let graphNames = graphIRIs + [.blankNode("m")]

  /// A dataset in which some graphs share triples, some are empty, and some names are nodes.
  mutating func dataset() -> ReferenceDataset {
    let triples = graph()
    var named: [Term: [Triple]] = [:]
    for name in Self.graphNames where below(2) == 0 {
      let own = below(3) == 0 ? [] : Array(graph().prefix(8))
      named[name] = own + triples.filter { !own.contains($0) }.prefix(below(4))
    }
    return ReferenceDataset(triples: triples, named: named)
  }

  /// Some graphs, one of which may not be there.
  mutating func datasetClause() -> DatasetClause {
    DatasetClause(
      defaultGraphs: (0..<below(4)).map { _ in pick(Self.graphNames) },
      namedGraphs: (0..<below(3)).map { _ in pick(Self.graphNames) })
  }

  // MARK: Templates

  mutating func template() -> [TriplePattern] {
    (0..<1 + below(2)).map { _ in triplePattern(triple()) }
  }

  mutating func modification() -> Modification {
    func quads(_ templates: [TriplePattern]) -> [QuadPattern] {
      templates.map { triple in
        let place = below(4)
        let graph: TermPattern? =
          place < 2
          ? nil : place == 2 ? .term(pick(Self.graphIRIs)) : .variable(variable())
        return QuadPattern(triple, graph: graph)
      }
    }
    return Modification(
      with: below(3) == 0 ? pick(Self.graphIRIs) : nil,
      delete: below(4) == 0 ? [] : quads(template()), insert: quads(template()),
      using: below(4) == 0 ? datasetClause() : nil, pattern: pattern(depth: 2))
  }

  // MARK: Patterns

  mutating func variable() -> Variable { pick(Self.variables) }

  private mutating func position(_ term: Term, depth: Int = 0) -> TermPattern {
    if below(3) > 0 { return .variable(variable()) }
    if case .triple(let triple) = term, depth < 2 {
      return .triple(triplePattern(triple, depth: depth + 1))
    }
    return .term(term)
  }

  private mutating func triplePattern(_ triple: Triple, depth: Int = 0) -> TriplePattern {
    TriplePattern(
      position(triple.subject, depth: depth),
      below(4) == 0 ? .variable(variable()) : .term(triple.predicate),
      position(triple.object, depth: depth))
  }

  mutating func path(depth: Int = 0) -> Path {
    switch below(depth > 2 ? 2 : 9) {
    case 0, 1: return .predicate(pick(Self.predicates))
    case 2: return .inverse(path(depth: depth + 1))
    case 3: return .sequence(path(depth: depth + 1), path(depth: depth + 1))
    case 4: return .alternative(path(depth: depth + 1), path(depth: depth + 1))
    case 5: return .zeroOrMore(path(depth: depth + 1))
    case 6: return .oneOrMore(path(depth: depth + 1))
    case 7: return .zeroOrOne(path(depth: depth + 1))
    default:
      let forward = (0..<below(3)).map { _ in pick(Self.predicates) }
      let inverse = (0..<below(2)).map { _ in pick(Self.predicates) }
      return .negated(
        forward: forward.isEmpty && inverse.isEmpty ? [pick(Self.predicates)] : forward,
        inverse: inverse)
    }
  }

  mutating func pattern(depth: Int = 0) -> Pattern {
    switch below(depth > 3 ? 5 : 19) {
    case 0..<4: return .triples((0..<below(4)).map { _ in triplePattern(triple()) })
    case 4: return .path(position(pick(Self.nodes)), path(), position(object(depth: 2)))
    case 5, 6: return .join(pattern(depth: depth + 1), pattern(depth: depth + 1))
    case 7, 8:
      return .leftJoin(
        pattern(depth: depth + 1), pattern(depth: depth + 1),
        condition: below(3) == 0 ? expression(depth: depth) : nil)
    case 9: return .union(pattern(depth: depth + 1), pattern(depth: depth + 1))
    case 10: return .minus(pattern(depth: depth + 1), pattern(depth: depth + 1))
    case 11, 12, 13: return .filter(expression(depth: depth), pattern(depth: depth + 1))
    case 14: return values()
    case 15: return extended(pattern(depth: depth + 1), depth: depth)
    case 16, 17:
      let name = below(3) == 0 ? TermPattern.term(pick(Self.graphIRIs)) : .variable(variable())
      return .graph(name, pattern(depth: depth + 1))
    default: return modified(pattern(depth: depth + 1), depth: depth)
    }
  }

  private mutating func values() -> Pattern {
    let variables = Array(Self.variables.shuffled(using: &random).prefix(1 + below(2)))
    let rows = (0..<below(4)).map { _ in
      variables.map { _ in below(4) == 0 ? nil : object() }
    }
    return .values(variables: variables, rows: rows)
  }

  private mutating func extended(_ inner: Pattern, depth: Int) -> Pattern {
    let taken = inner.variablesInScope
    let free = Self.variables.filter { !taken.contains($0) }
    return free.isEmpty ? inner : .extend(inner, pick(free), expression(depth: depth))
  }

  private mutating func modified(_ inner: Pattern, depth: Int) -> Pattern {
    let some = Self.variables.filter { _ in below(2) == 0 }
    switch below(4) {
    case 0: return .distinct(inner)
    case 1: return .distinct(.project(inner, some))
    case 2: return .project(inner, some)
    default:
      let functions: [Aggregate.Function] = [.count, .sum, .minimum, .maximum]
      let results = Self.variables.filter { !some.contains($0) }
      let aggregates = results.prefix(1 + below(2)).map { variable in
        let argument: Expression? = .variable(self.variable())
        let isStar = below(4) == 0
        return AggregateBinding(
          variable,
          Aggregate(
            isStar ? .count : pick(functions), isStar ? nil : argument, distinct: below(3) == 0))
      }
      return .group(inner, by: some, aggregates: aggregates)
    }
  }

  // MARK: Expressions

  mutating func expression(depth: Int) -> Expression {
    switch below(depth > 4 ? 4 : 16) {
    case 0, 1: return .variable(variable())
    case 2: return .term(pick(Self.literals + Self.nodes))
    case 3: return .bound(variable())
    case 4: return .not(expression(depth: depth + 1))
    case 5: return .and(expression(depth: depth + 1), expression(depth: depth + 1))
    case 6: return .or(expression(depth: depth + 1), expression(depth: depth + 1))
    case 7, 8, 9:
      return .compare(
        pick(Expression.Comparison.allCases), expression(depth: depth + 2),
        expression(depth: depth + 2))
    case 10:
      return .arithmetic(
        pick([.add, .subtract]), expression(depth: depth + 2), expression(depth: depth + 2))
    case 11:
      return .oneOf(
        .variable(variable()), (0..<below(3)).map { _ in expression(depth: depth + 2) },
        negated: below(2) == 0)
    case 12:
      return .conditional(
        expression(depth: depth + 1), expression(depth: depth + 1), expression(depth: depth + 1))
    case 13:
      return .coalesce((0..<below(3)).map { _ in expression(depth: depth + 1) })
    case 14: return call(depth: depth)
    default:
      let inner = Expression.exists(
        below(4) == 0 ? exclusion(depth: depth + 1) : pattern(depth: depth + 2))
      return below(2) == 0 ? inner : .not(inner)
    }
  }

  /// MINUS between sides that may have no variable, or none that is bound outside.
  mutating func exclusion(depth: Int) -> Pattern {
    let sides = (0..<2).map { _ in
      switch below(depth > 3 ? 4 : 6) {
      case 0, 1: Pattern.triples([])
      case 2:
        Pattern.triples([
          TriplePattern(.term(pick(Self.nodes)), .variable(variable()), .variable(variable()))
        ])
      case 3: pattern(depth: 4)
      case 4: Pattern.filter(.exists(exclusion(depth: depth + 1)), pattern(depth: 4))
      default: exclusion(depth: depth + 1)
      }
    }
    return .minus(sides[0], sides[1])
  }

  private mutating func call(depth: Int) -> Expression {
    let functions: [Function] = [
      .isIRI, .isBlank, .isLiteral, .isTriple, .isNumeric, .str, .lang, .datatype, .strlen,
      .subject, .object, .sameTerm,
    ]
    let function = pick(functions)
    return .call(
      function, (0..<(function == .sameTerm ? 2 : 1)).map { _ in expression(depth: depth + 1) })
  }
}
