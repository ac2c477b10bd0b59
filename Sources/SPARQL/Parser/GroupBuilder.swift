import Algebra

/// Puts a group's elements together in their order. Source: SPARQL 1.2 Query, section 18.3.2.6.
struct GroupBuilder {
  /// What is joined since the last element that sees all before it.
  private var joined: [Pattern] = []
  private var joinedHeight = 1
  private var filters: [Expression] = []
  private var filterHeight = 0
  /// The variables in scope of all but `unseen`.
  private var scope: Set<Variable> = []
  private var unseen: [Pattern] = []

  /// Of what `build` gives.
  var height: Int {
    let pattern = balancedHeight(joined.count, of: joinedHeight)
    if filters.isEmpty { return pattern }
    return max(pattern, balancedHeight(filters.count, of: filterHeight)) + 1
  }

  mutating func build() -> Group {
    Group(
      unfiltered: folded,
      filter: filters.isEmpty ? nil : balanced(filters[...], Expression.and))
  }

  private var folded: Pattern {
    joined.isEmpty ? .triples([]) : balanced(joined[...], Pattern.join)
  }

  mutating func isInScope(_ variable: Variable) -> Bool {
    for pattern in unseen { scope.formUnion(pattern.variablesInScope) }
    unseen = []
    return scope.contains(variable)
  }

  // MARK: Elements

  /// Joins triples and paths, and takes them away.
  mutating func add(_ statements: inout Statements) {
    statements.endTriples()
    for pattern in statements.patterns { join(pattern, height: statements.height) }
    statements = Statements()
  }

  mutating func add(filter: Expression, height: Int) {
    filters.append(filter)
    filterHeight = max(filterHeight, height)
  }

  mutating func join(_ pattern: Pattern, height: Int) {
    if pattern == .triples([]) { return }
    joined.append(pattern)
    unseen.append(pattern)
    joinedHeight = max(joinedHeight, height)
  }

  mutating func leftJoin(_ right: Group, height: Int) {
    replace(
      by: .leftJoin(folded, right.unfiltered, condition: right.filter), height: height)
    unseen.append(right.unfiltered)
  }

  mutating func minus(_ right: Pattern, height: Int) {
    replace(by: .minus(folded, right), height: height)
  }

  mutating func extend(_ variable: Variable, _ value: Expression, height: Int) {
    replace(by: .extend(folded, variable, value), height: height)
    scope.insert(variable)
  }

  /// Makes an operator over all so far, with another operand of this height, the one pattern.
  private mutating func replace(by pattern: Pattern, height: Int) {
    joinedHeight = max(balancedHeight(joined.count, of: joinedHeight), height) + 1
    joined = [pattern]
  }
}
