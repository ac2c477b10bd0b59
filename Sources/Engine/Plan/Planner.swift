import Algebra
import RDF

/// Turns a pattern into a plan: variables into slots, terms into handles, joins into an order.
struct Planner {
  let dataset: Snapshot
  let terms: QueryTerms
  let context: ExecutionContext
  /// Whether better plans are looked for even where that takes longer than they save.
  let isThorough: Bool
  private(set) var slotCount = 0
  private var seedCount = 0

  init(_ context: ExecutionContext) {
    self.context = context
    dataset = context.dataset
    terms = context.terms
    isThorough = context.isThorough
  }

  /// Patterns nested deeper than this are refused.
  static let depthLimit = 600
  /// So are groups of more patterns.
  static let itemLimit = 1000
  /// And plans with more operators one above the other: they are walked recursively. A pattern of a
  /// group may take three, itself and putting equal rows together.
  static let heightLimit = 4000

  mutating func freshSlot() -> Slot {
    slotCount += 1
    return slotCount - 1
  }

  mutating func freshSeed() -> SeedID {
    seedCount += 1
    return seedCount
  }

  mutating func slot(_ variable: Variable, _ scope: inout Scope) -> Slot {
    scope.slot(variable, &slotCount)
  }

  /// The plan of a pattern whose variables live in `scope`. With a demand, what is not in it may
  /// be left out, and its word on equal rows holds.
  mutating func plan(
    _ pattern: Pattern, _ scope: inout Scope, _ graph: Graph, depth: Int = 0,
    demand: Demand? = nil
  ) throws(EvaluationError) -> PlanNode {
    guard depth < Self.depthLimit else { throw .unsupported("patterns nested too deeply") }
    switch pattern {
    case .triples, .path, .join, .leftJoin, .filter, .values, .graph:
      var group = JoinGroup(graph: graph)
      try collect(pattern, into: &group, &scope, depth: depth)
      return try plan(group, on: .unit, &scope, depth: depth, demand: demand)
    case .union(let left, let right):
      return union(
        try plan(left, &scope, graph, depth: depth + 1, demand: demand),
        try plan(right, &scope, graph, depth: depth + 1, demand: demand))
    case .minus(let left, let right):
      return try minus(
        try plan(left, &scope, graph, depth: depth + 1), right, &scope, graph, depth: depth)
    case .extend: return try extend(pattern, &scope, graph, depth: depth, demand: demand)
    case .group(let inner, let keys, let aggregates):
      return try group(inner, keys, aggregates, &scope, graph, depth: depth)
    case .orderBy(let inner, let keys):
      return try sort(inner, keys, limit: nil, &scope, graph, depth: depth)
    case .project(let inner, let variables):
      return try project(
        inner, variables, limit: nil, &scope, graph, depth: depth, demand: demand)
    case .distinct(let inner), .reduced(let inner):
      if let other = inner.orderedLast {
        return try plan(other, &scope, graph, depth: depth + 1, demand: demand)
      }
      let wanted = SlotSet(inner.variablesInScope.map { slot($0, &scope) })
      let plan = try plan(
        inner, &scope, graph, depth: depth + 1,
        demand: Demand(slots: wanted, duplicates: .dropped))
      let shown = visible(plan, inner.variablesInScope, &scope)
      return PlanNode(
        .distinct, [shown], columns: shown.columns, certain: shown.certain,
        estimate: shown.estimate)
    case .slice(let inner, let offset, let limit):
      return try slice(inner, offset, limit, &scope, graph, depth: depth)
    case .service(let name, _, let silent):
      if silent { return .unit }
      throw .unsupported(Self.refusal(ofService: name))
    }
  }

  /// A plan with the columns of some variables only, where others must not tell rows apart.
  private mutating func visible(
    _ plan: PlanNode, _ variables: [Variable], _ scope: inout Scope
  ) -> PlanNode {
    let named = SlotSet(variables.map { slot($0, &scope) })
    let columns = plan.columns.filter(named.contains)
    if columns.count == plan.columns.count { return plan }
    return PlanNode(
      .project, [plan], columns: columns, certain: plan.certain, estimate: plan.estimate)
  }

  private func union(_ left: PlanNode, _ right: PlanNode) -> PlanNode {
    let more = right.columns.filter { !left.columns.contains($0) }
    return PlanNode(
      .union, [left, right], columns: left.columns + more,
      certain: left.certain.intersection(right.certain), estimate: left.estimate + right.estimate)
  }

  /// In the pattern of an EXISTS both sides bind what is fixed from outside, so they always share a variable.
  private mutating func minus(
    _ left: PlanNode, _ pattern: Pattern, _ scope: inout Scope, _ graph: Graph, depth: Int
  ) throws(EvaluationError) -> PlanNode {
    let hasContext = !scope.constants.isEmpty
    if hasContext, pattern.isJoinLike(with: Set(scope.slots.keys)),
      let plan = try semiJoin(left, pattern, (scope, graph), negated: true, depth)
    {
      return plan
    }
    let right = try plan(pattern, &scope, graph, depth: depth + 1)
    if hasContext {
      return PlanNode(
        .semiJoin(condition: nil, negated: true), [left, right], columns: left.columns,
        certain: left.certain, estimate: left.estimate)
    }
    if SlotSet(left.columns).isDisjoint(with: SlotSet(right.columns)) { return left }
    return PlanNode(
      .minus, [left, right], columns: left.columns, certain: left.certain,
      estimate: left.estimate)
  }

  /// A chain of extensions. Where one makes blank nodes by label, the rows below it are numbered:
  /// a label means one node a row.
  private mutating func extend(
    _ pattern: Pattern, _ scope: inout Scope, _ graph: Graph, depth: Int, demand: Demand?
  ) throws(EvaluationError) -> PlanNode {
    var steps: [(variable: Variable, value: Expression)] = []
    var bottom = pattern
    while case .extend(let inner, let variable, let value) = bottom {
      steps.append((variable, value))
      bottom = inner
    }
    let below = Self.widened(demand, by: steps.map(\.value), &scope, &slotCount)
    var plan = try plan(bottom, &scope, graph, depth: depth + 1, demand: below)
    let row = Variable(" row")
    let outer = scope.slots[row]
    if steps.contains(where: \.value.labelsBlankNodes) {
      let slot = freshSlot()
      scope.bind(row, to: slot)
      plan = PlanNode(
        .number(slot), [plan], columns: plan.columns + [slot],
        certain: plan.certain.union(SlotSet([slot])), estimate: plan.estimate)
    }
    for (variable, value) in steps.reversed() {
      plan = extend(plan, variable, value.numberingLabels(row), &scope, graph)
    }
    if let outer { scope.bind(row, to: outer) }
    return plan
  }

  private mutating func extend(
    _ inner: PlanNode, _ variable: Variable, _ expression: Expression, _ scope: inout Scope,
    _ graph: Graph
  ) -> PlanNode {
    let planned = PlannedExpression(expression: expression, scope: scope, graph: graph)
    let slot = slot(variable, &scope)
    let plan = PlanNode(
      .extend(slot, planned), [inner],
      columns: inner.columns.contains(slot) ? inner.columns : inner.columns + [slot],
      certain: inner.certain,
      estimate: inner.estimate)
    return agreeing(plan, variable, slot, scope, graph)
  }

  /// The rows whose value for a variable, if any, is the one that is fixed from outside.
  private func agreeing(
    _ plan: PlanNode, _ variable: Variable, _ slot: Slot, _ scope: Scope, _ graph: Graph
  ) -> PlanNode {
    guard let fixed = scope.constants[variable] else { return plan }
    var own = Scope()
    let made = Variable(" made")
    own.bind(made, to: slot)
    let isUnbound = Expression.not(.bound(made))
    let isFixed = Expression.call(.sameTerm, [.variable(made), .term(terms.term(fixed))])
    return PlanNode(
      .filter(
        PlannedExpression(expression: .or(isUnbound, isFixed), scope: own, graph: graph)), [plan],
      columns: plan.columns, certain: plan.certain, estimate: plan.estimate)
  }

  private mutating func slice(
    _ inner: Pattern, _ offset: Int, _ limit: Int?, _ scope: inout Scope, _ graph: Graph,
    depth: Int
  ) throws(EvaluationError) -> PlanNode {
    let wanted = limit.map { $0.addingReportingOverflow(offset) }
    let most = wanted.flatMap { $0.overflow ? nil : $0.partialValue }
    let plan: PlanNode
    var inner = inner
    if case .distinct(let below) = inner, let other = below.orderedLast { inner = other }
    switch inner {
    case .orderBy(let below, let keys):
      plan = try sort(below, keys, limit: most, &scope, graph, depth: depth + 1)
    case .project(let below, let variables):
      plan = try project(below, variables, limit: most, &scope, graph, depth: depth + 1)
    default: plan = try self.plan(inner, &scope, graph, depth: depth + 1)
    }
    return PlanNode(
      .slice(offset: offset, limit: limit), [plan], columns: plan.columns, certain: plan.certain,
      estimate: min(plan.estimate, limit.map(Double.init) ?? .infinity))
  }

  private mutating func sort(
    _ inner: Pattern, _ keys: [SortKey], limit: Int?, _ scope: inout Scope, _ graph: Graph,
    depth: Int
  ) throws(EvaluationError) -> PlanNode {
    let inner = try plan(inner, &scope, graph, depth: depth + 1)
    let planned = keys.map {
      (
        key: PlannedExpression(expression: $0.expression, scope: scope, graph: graph),
        descending: $0.descending
      )
    }
    return PlanNode(
      .sort(planned, limit: limit), [inner], columns: inner.columns, certain: inner.certain,
      estimate: min(inner.estimate, limit.map(Double.init) ?? .infinity))
  }

  private mutating func project(
    _ inner: Pattern, _ variables: [Variable], limit: Int?, _ scope: inout Scope, _ graph: Graph,
    depth: Int, demand: Demand? = nil
  ) throws(EvaluationError) -> PlanNode {
    let slots = variables.map { slot($0, &scope) }
    var own = scope.inner(projecting: variables)
    let plan: PlanNode
    if case .orderBy(let below, let keys) = inner {
      plan = try sort(below, keys, limit: limit, &own, graph, depth: depth + 1)
    } else {
      let wanted = demand.map { Demand(slots: SlotSet(slots), duplicates: $0.duplicates) }
      plan = try self.plan(inner, &own, graph, depth: depth + 1, demand: wanted)
    }
    var seen = SlotSet()
    let columns = slots.filter { slot in
      defer { seen.insert(slot) }
      return !seen.contains(slot)
    }
    return PlanNode(
      .project, [plan], columns: columns, certain: plan.certain.intersection(seen),
      estimate: plan.estimate)
  }

  private mutating func group(
    _ inner: Pattern, _ keys: [Variable], _ aggregates: [AggregateBinding], _ scope: inout Scope,
    _ graph: Graph, depth: Int
  ) throws(EvaluationError) -> PlanNode {
    let keySlots = keys.map { slot($0, &scope) }
    var own = scope.inner(projecting: keys)
    let named = inner.variablesInScope
    let aggregates =
      inner.isSet ? aggregates.map { $0.overSet(of: named, by: keys) } : aggregates
    let demand = Self.demand(keySlots, aggregates, &own, &slotCount)
    let whole = try plan(inner, &own, graph, depth: depth + 1, demand: demand)
    let countsRows = aggregates.contains { $0.aggregate.distinct && $0.aggregate.argument == nil }
    // `COUNT(DISTINCT *)` counts what `*` shows, beside arguments and keys that the text names, too.
    let plan = visible(whole, countsRows ? named.filter(\.isOfText) : named, &own)
    var planned: [PlannedAggregate] = []
    for binding in aggregates {
      planned.append(
        PlannedAggregate(
          slot: slot(binding.variable, &scope), function: binding.aggregate.function,
          argument: binding.aggregate.argument.map {
            PlannedExpression(expression: $0, scope: own, graph: graph)
          }, distinct: binding.aggregate.distinct))
    }
    var grouped = PlanNode(
      .group(keys: keySlots, aggregates: planned), [plan],
      columns: keySlots + planned.map(\.slot),
      certain: plan.certain.intersection(SlotSet(keySlots)),
      estimate: keys.isEmpty ? 1 : max(1, plan.estimate / 4))
    for (binding, made) in zip(aggregates, planned) {
      grouped = agreeing(grouped, binding.variable, made.slot, scope, graph)
    }
    return grouped
  }
}
