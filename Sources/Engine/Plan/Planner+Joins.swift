import Algebra
import RDF

/// Ordering the parts of a join group, and putting filters and optional parts over them.
extension Planner {
  mutating func plan(
    _ group: JoinGroup, on base: PlanNode, _ scope: inout Scope, depth: Int,
    demand: Demand? = nil
  ) throws(EvaluationError) -> PlanNode {
    var best = try direct(group, on: base, &scope, depth: depth, demand: demand)
    guard isThorough || best.cost > Self.otherPlanCost, base.columns.isEmpty else { return best }
    if let narrowed = try narrowed(group) {
      let other = try direct(narrowed, on: base, &scope, depth: depth, demand: demand)
      if other.cost < best.cost { best = other }
    }
    if let demand, demand.differenceCount > 0,
      let other = try difference(group, &scope, depth: depth, demand: demand),
      other.cost < best.cost
    {
      best = other
    }
    return best
  }

  /// In steps of a loop over rows: what the plan of a small group takes to make.
  private static let groupStepCount = 512
  /// What it holds.
  private static let groupByteCount = 1 << 10

  /// In rows: what another plan takes to make.
  private static let otherPlanCost = 8192.0

  private mutating func direct(
    _ group: JoinGroup, on base: PlanNode, _ scope: inout Scope, depth: Int, demand: Demand?
  ) throws(EvaluationError) -> PlanNode {
    guard group.items.count + group.optionals.count <= Self.itemLimit else {
      throw .unsupported("more than \(Self.itemLimit) patterns joined in one group")
    }
    // Long unions have many groups.
    try context.tick(Self.groupStepCount)
    try context.charge(byteCount: Self.groupByteCount)
    for case .triple(let pattern) in group.items
    where pattern.constants.object.isBound && !pattern.constants.predicate.isBound {
      try context.prepare(.order(.osp), of: group.graph)
    }
    var group = group
    group.filters = group.filters.map { simplified($0, in: group) }
    var wanted = demand
    for optional in group.optionals {
      let read = Set(optional.pattern.mentionedVariables).union(optional.condition?.variables ?? [])
      wanted?.slots.formUnion(SlotSet(read.compactMap { scope.position($0)?.slot }))
    }
    var assembly = JoinAssembly(
      group: group, current: base, context, demand: wanted, isThorough: isThorough)
    try assembly.run()
    var current = assembly.current
    var waiting = assembly.waiting
    for filter in waiting { wanted?.slots.formUnion(filter.slots) }
    for stage in 0...group.optionals.count {
      if stage > 0 {
        current = try leftJoin(
          current, group.optionals[stage - 1], &scope, group.graph, depth, wanted)
      }
      for filter in waiting where filter.stage <= stage {
        current = try self.filter(current, filter, &scope, depth: depth)
      }
      waiting.removeAll { $0.stage <= stage }
    }
    return current
  }

  /// A filter by any condition; EXISTS becomes a semijoin where that has the same meaning.
  private mutating func filter(
    _ input: PlanNode, _ filter: FilterItem, _ scope: inout Scope, depth: Int
  ) throws(EvaluationError) -> PlanNode {
    let planned = (scope: filter.planned.scope, graph: filter.planned.graph)
    switch filter.planned.expression {
    case .exists(let pattern):
      if let plan = try semiJoin(input, pattern, planned, negated: false, depth) { return plan }
    case .not(.exists(let pattern)):
      if let plan = try semiJoin(input, pattern, planned, negated: true, depth) { return plan }
    default: break
    }
    return JoinAssembly.filtered(input, filter)
  }

  private mutating func leftJoin(
    _ left: PlanNode, _ optional: OptionalItem, _ scope: inout Scope, _ graph: Graph, _ depth: Int,
    _ demand: Demand?
  ) throws(EvaluationError) -> PlanNode {
    let right = try plan(optional.pattern, &scope, graph, depth: depth + 1)
    let condition = optional.condition.map { condition in
      for variable in condition.variables { _ = slot(variable, &scope) }
      return PlannedExpression(expression: condition, scope: scope, graph: graph)
    }
    let estimate = max(left.estimate, left.estimate * min(1, right.estimate))
    if let (seed, row, inner) = try lateral(
      left, optional.pattern, optional.condition, &scope, graph, cheaperThan: right.cost, depth,
      demand)
    {
      return PlanNode(
        .lateralLeftJoin(seed, row: row), [left, inner],
        columns: inner.columns.filter { $0 != row }, certain: left.certain, estimate: estimate)
    }
    return PlanNode(
      .leftJoin(condition: condition), [left, right],
      columns: left.columns + right.columns.filter { !left.columns.contains($0) },
      certain: left.certain, estimate: estimate)
  }

  /// A plan for `pattern` that starts from the rows of `left`, when it means the same as joining
  /// and promises to be cheaper than evaluating the pattern alone.
  private mutating func lateral(
    _ left: PlanNode, _ pattern: Pattern, _ condition: Expression?, _ scope: inout Scope,
    _ graph: Graph, cheaperThan limit: Double, _ depth: Int, _ demand: Demand?
  ) throws(EvaluationError) -> (SeedID, Slot, PlanNode)? {
    var group = JoinGroup(graph: graph)
    try collect(pattern, into: &group, &scope, depth: depth + 1)
    guard group.isLookup else { return nil }
    let columns = SlotSet(group.items.flatMap(\.columns))
    let shared = SlotSet(left.columns).intersection(columns)
    guard shared.isSubset(of: left.certain) else { return nil }
    for conjunct in condition.map(Self.conjuncts) ?? [] {
      for variable in conjunct.variables { _ = slot(variable, &scope) }
      let slots = SlotSet(conjunct.variables.compactMap { scope.position($0)?.slot })
      group.filters.append(
        FilterItem(
          planned: PlannedExpression(expression: conjunct, scope: scope, graph: graph),
          slots: slots))
    }
    let row = freshSlot()
    let seed = freshSeed()
    let base = PlanNode(
      .seed(seed), columns: left.columns + [row], certain: left.certain.union(SlotSet([row])),
      estimate: left.estimate)
    var wanted = demand
    wanted?.slots.formUnion(SlotSet([row]))
    let plan = try direct(group, on: base, &scope, depth: depth, demand: wanted)
    return plan.cost < limit + left.estimate * 3 ? (seed, row, plan) : nil
  }

  /// The rows of `left` with (or without) a match of a pattern, where matching beforehand and joining
  /// afterwards mean the same.
  mutating func semiJoin(
    _ left: PlanNode, _ pattern: Pattern, _ place: (scope: Scope, graph: Graph), negated: Bool,
    _ depth: Int
  ) throws(EvaluationError) -> PlanNode? {
    var (core, residual) = (pattern, [Expression]())
    while case .filter(let condition, let inner) = core {
      residual.append(condition)
      core = inner
    }
    let outer = place.scope
    let certain = core.certainVariables
    let all = Set(core.variablesInScope)
    let joined = residual.flatMap(Self.conjuncts)
    guard core.isJoinLike(with: Set(outer.slots.keys)), !joined.contains(where: \.hasExists),
      joined.allSatisfy({ $0.variables.allSatisfy { certain.contains($0) || !all.contains($0) } })
    else { return nil }
    var scope = outer
    let whole = Self.conjunction(joined)
    if let whole { for variable in whole.variables { _ = slot(variable, &scope) } }
    let read =
      core.variablesInScope.map { slot($0, &scope) }.filter(left.columns.contains)
      + (whole?.variables.compactMap { scope.position($0)?.slot } ?? [])
    let right = try plan(
      core, &scope, place.graph, depth: depth + 1,
      demand: Demand(slots: SlotSet(read), duplicates: .dropped))
    let estimate = left.estimate / 2
    if let (seed, row, inner) = try lateral(
      left, core, whole, &scope, place.graph, cheaperThan: right.cost, depth,
      Demand(slots: SlotSet(), duplicates: .dropped))
    {
      return PlanNode(
        .lateralSemiJoin(seed, row: row, negated: negated), [left, inner], columns: left.columns,
        certain: left.certain, estimate: estimate)
    }
    let planned = whole.map {
      PlannedExpression(expression: $0, scope: scope, graph: place.graph)
    }
    return PlanNode(
      .semiJoin(condition: planned, negated: negated), [left, right], columns: left.columns,
      certain: left.certain, estimate: estimate)
  }

  private static func conjunction(_ list: [Expression]) -> Expression? {
    guard let first = list.first else { return nil }
    return list.dropFirst().reduce(first) { .and($0, $1) }
  }
}

extension JoinGroup {
  /// Whether every part can be looked up row by row, and the filters read nothing else.
  var isLookup: Bool {
    let certain = items.reduce(SlotSet()) { $0.union($1.certain) }
    return optionals.isEmpty && filters.allSatisfy { $0.slots.isSubset(of: certain) }
      && items.allSatisfy {
        if case .plan = $0 { false } else { true }
      }
  }
}
