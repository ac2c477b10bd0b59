import Algebra
import RDF

/// Paths: what can be said with triple patterns, joins and unions is; the rest is searched.
extension Planner {
  mutating func collect(
    _ subject: TermPattern, _ path: Path, _ object: TermPattern, into group: inout JoinGroup,
    _ scope: inout Scope, depth: Int
  ) throws(EvaluationError) {
    let from = try position(subject, &group, &scope, depth: 0)
    let to = try position(object, &group, &scope, depth: 0)
    try collect(from, path, to, into: &group, depth: depth)
  }

  private mutating func collect(
    _ from: Position, _ path: Path, _ to: Position, into group: inout JoinGroup, depth: Int
  ) throws(EvaluationError) {
    guard depth < Self.depthLimit else { throw .unsupported("paths nested too deeply") }
    switch path {
    case .predicate(let term):
      let predicate = Position.constant(try terms.intern(term))
      group.items.append(.triple(distinct(from, predicate, to, &group)))
    case .inverse(let inner):
      try collect(to, inner, from, into: &group, depth: depth + 1)
    case .sequence(let first, let second):
      let middle = Position.slot(freshSlot())
      try collect(from, first, middle, into: &group, depth: depth + 1)
      try collect(middle, second, to, into: &group, depth: depth + 1)
    case .alternative(let left, let right):
      var first = JoinGroup(graph: group.graph)
      var second = JoinGroup(graph: group.graph)
      try collect(from, left, to, into: &first, depth: depth + 1)
      try collect(from, right, to, into: &second, depth: depth + 1)
      group.items.append(.plan(try union(from, to, first, second)))
    case .negated(let forward, let inverse):
      try collectNegated(from, forward, inverse, to, into: &group)
    case .zeroOrMore, .oneOrMore, .zeroOrOne:
      group.items.append(
        .path(PathPattern(subject: from, path: try encoded(path, depth: depth), object: to)))
    }
  }

  private mutating func distinct(
    _ from: Position, _ predicate: Position, _ to: Position, _ group: inout JoinGroup
  ) -> ScanPattern {
    distinctSlots([from, predicate, to], &group)
  }

  /// One branch of a union, with the columns of the two ends only.
  private mutating func branch(
    _ from: Position, _ to: Position, _ group: JoinGroup
  ) throws(EvaluationError) -> PlanNode {
    var columns = [from, to].compactMap(\.slot)
    if columns.count == 2, columns[0] == columns[1] { columns.removeLast() }
    var scope = Scope()
    let plan = try plan(group, on: .unit, &scope, depth: 0)
    return PlanNode(
      .project, [plan], columns: columns, certain: SlotSet(columns), estimate: plan.estimate)
  }

  private mutating func union(
    _ from: Position, _ to: Position, _ left: JoinGroup, _ right: JoinGroup
  ) throws(EvaluationError) -> PlanNode {
    let branches = [try branch(from, to, left), try branch(from, to, right)]
    return PlanNode(
      .union, branches, columns: branches[0].columns, certain: branches[0].certain,
      estimate: branches[0].estimate + branches[1].estimate)
  }

  private mutating func collectNegated(
    _ from: Position, _ forward: [Term], _ inverse: [Term], _ to: Position,
    into group: inout JoinGroup
  ) throws(EvaluationError) {
    if inverse.isEmpty {
      try collectExcept(from, forward, to, into: &group)
    } else if forward.isEmpty {
      try collectExcept(to, inverse, from, into: &group)
    } else {
      var first = JoinGroup(graph: group.graph)
      var second = JoinGroup(graph: group.graph)
      try collectExcept(from, forward, to, into: &first)
      try collectExcept(to, inverse, from, into: &second)
      group.items.append(.plan(try union(from, to, first, second)))
    }
  }

  private mutating func collectExcept(
    _ from: Position, _ predicates: [Term], _ to: Position, into group: inout JoinGroup
  ) throws(EvaluationError) {
    let slot = freshSlot()
    group.items.append(.triple(distinct(from, .slot(slot), to, &group)))
    let variable = Variable(" p")
    var scope = Scope()
    scope.bind(variable, to: slot)
    for predicate in predicates {
      let test = Expression.not(.call(.sameTerm, [.variable(variable), .term(predicate)]))
      group.filters.append(
        FilterItem(
          planned: PlannedExpression(expression: test, scope: scope, graph: group.graph),
          slots: SlotSet([slot])))
    }
  }

  private func encoded(_ path: Path, depth: Int) throws(EvaluationError) -> EncodedPath {
    guard depth < Self.depthLimit else { throw .unsupported("paths nested too deeply") }
    switch path {
    case .predicate(let term): return .predicate(try terms.intern(term))
    case .inverse(let inner): return .inverse(try encoded(inner, depth: depth + 1))
    case .sequence(let a, let b):
      return .sequence(try encoded(a, depth: depth + 1), try encoded(b, depth: depth + 1))
    case .alternative(let a, let b):
      return .alternative(try encoded(a, depth: depth + 1), try encoded(b, depth: depth + 1))
    case .zeroOrMore(let inner): return .anyNumber(of: try encoded(inner, depth: depth + 1))
    case .oneOrMore(let inner): return .atLeastOne(of: try encoded(inner, depth: depth + 1))
    case .zeroOrOne(let inner): return .atMostOne(of: try encoded(inner, depth: depth + 1))
    case .negated(let forward, let inverse):
      return .negated(forward: try ids(forward), inverse: try ids(inverse))
    }
  }

  private func ids(_ terms: [Term]) throws(EvaluationError) -> [TermID] {
    var ids: [TermID] = []
    for term in terms { ids.append(try self.terms.intern(term)) }
    return ids
  }
}
