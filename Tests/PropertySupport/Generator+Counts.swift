import Algebra

/// Questions about many solutions at once, for which equal ones may be put together.
extension Generator {
  mutating func summary() -> Pattern {
    let inner = conditioned()
    let some = Self.variables.filter { _ in below(3) == 0 }
    if below(4) == 0 { return .distinct(.project(inner, some)) }
    let results = Self.variables.filter { !some.contains($0) }
    let aggregates = results.prefix(1 + below(2)).map { result in
      let argument: Expression? = below(2) == 0 ? nil : .variable(variable())
      let function: Aggregate.Function =
        argument == nil || below(3) > 0 ? .count : pick([.minimum, .maximum, .sum])
      return AggregateBinding(
        result,
        Aggregate(function, argument, distinct: argument != nil && below(3) == 0))
    }
    return .group(inner, by: some, aggregates: Array(aggregates))
  }

  /// A join with conditions whose opposite is another join.
  private mutating func conditioned() -> Pattern {
    var pattern = Pattern.triples((0..<1 + below(4)).map { _ in edge() })
    if below(5) == 0 {
      let path = Path.oneOrMore(.predicate(pick(Self.predicates)))
      pattern = .join(pattern, .path(.variable(variable()), path, .variable(variable())))
    }
    if below(4) == 0 { pattern = .leftJoin(pattern, .triples([edge()]), condition: nil) }
    for _ in 0..<below(4) {
      let (a, b) = (Expression.variable(variable()), Expression.variable(variable()))
      let condition: Expression =
        switch below(5) {
        case 0: .compare(.notEqual, a, b)
        case 1: .not(.call(.sameTerm, [a, b]))
        case 2: .compare(.equal, a, b)
        case 3: .not(.exists(exclusion(depth: 2)))
        default: .not(.exists(.triples([edge()])))
        }
      pattern = .filter(condition, pattern)
    }
    return pattern
  }

  private mutating func edge() -> TriplePattern {
    TriplePattern(
      .variable(variable()), .term(pick(Self.predicates)),
      below(6) == 0 ? .term(object()) : .variable(variable()))
  }
}
