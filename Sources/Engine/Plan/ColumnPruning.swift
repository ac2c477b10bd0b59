import Algebra
import RDF

/// Leaves out columns that nobody above reads.
struct ColumnPruning {
  /// A plan that gives at least the columns needed, perhaps in another order.
  static func prune(
    _ plan: PlanNode, needed: some Sequence<Slot>, _ context: ExecutionContext
  ) throws(EvaluationError) -> PlanNode {
    var pruning = ColumnPruning(context: context)
    return try pruning.run(plan, needed: SlotSet(needed))
  }

  private let context: ExecutionContext

  /// What the rows put into lateral plans hold, by the plan's seed.
  private var seeds: [SeedID: [Slot]] = [:]

  private mutating func run(
    _ node: PlanNode, needed: SlotSet
  ) throws(EvaluationError) -> PlanNode {
    try context.tick(64 + node.columns.count)
    switch node.step {
    case .values: return node
    case .seed(let seed):
      return node.with([], columns: seeds[seed] ?? node.columns)
    case .lookup(let pattern, _):
      let below = try run(node.inputs[0], needed: needed.union(pattern.slotSet))
      return node.with([below], columns: node.columns.filter(needed.contains))
    case .intersect(_, let patterns, _):
      let below = try run(
        node.inputs[0], needed: needed.union(SlotSet(patterns.flatMap(\.slots))))
      return node.with([below], columns: node.columns.filter(needed.contains))
    case .tripleTerm(let slot, let pattern):
      return try growing(node, needed.union(SlotSet(pattern.slots + [slot])))
    case .path(let path, _) where path.isOpenClosure(over: node.inputs[0].columns):
      let below = try run(node.inputs[0], needed: needed)
      let own = [path.subject.slot, path.object.slot].compactMap(\.self)
      return node.with([below], columns: below.columns + own.filter(needed.contains))
    case .path(let path, _):
      return try growing(
        node, needed.union(SlotSet([path.subject, path.object].compactMap(\.slot))))
    case .filter(let planned):
      let below = try run(node.inputs[0], needed: needed.union(planned.slots))
      return node.with([below], columns: below.columns.filter(needed.contains))
    case .extend(let slot, let planned):
      if !needed.contains(slot) { return try run(node.inputs[0], needed: needed) }
      let below = try run(node.inputs[0], needed: needed.union(planned.slots))
      return node.with(
        [below],
        columns: below.columns.contains(slot) ? below.columns : below.columns + [slot])
    case .number(let slot):
      let below = try run(node.inputs[0], needed: needed)
      return needed.contains(slot) ? node.with([below], columns: below.columns + [slot]) : below
    case .project:
      let columns = node.columns.filter(needed.contains)
      return try node.with([run(node.inputs[0], needed: SlotSet(columns))], columns: columns)
    case .distinct:
      let below = try run(node.inputs[0], needed: SlotSet(node.columns))
      return node.with([below], columns: below.columns)
    case .combine:
      let below = try run(node.inputs[0], needed: needed)
      return node.with([below], columns: below.columns)
    case .group(let keys, let aggregates):
      return try group(node, keys, aggregates)
    case .sort(let keys, _):
      let read = keys.reduce(needed) { $0.union($1.key.slots) }
      let below = try run(node.inputs[0], needed: read)
      return node.with([below], columns: below.columns)
    case .slice:
      let below = try run(node.inputs[0], needed: needed)
      return node.with([below], columns: below.columns)
    case .union, .difference:
      var inputs: [PlanNode] = []
      for input in node.inputs { inputs.append(try run(input, needed: needed)) }
      return node.with(inputs, columns: node.columns.filter(needed.contains))
    case .join, .leftJoin, .semiJoin, .minus, .lateralLeftJoin, .lateralSemiJoin:
      return try binary(node, needed)
    }
  }

  /// An operator that hands on all columns of its input and adds its own.
  private mutating func growing(
    _ node: PlanNode, _ needed: SlotSet
  ) throws(EvaluationError) -> PlanNode {
    let below = try run(node.inputs[0], needed: needed)
    let own = node.columns.filter { !node.inputs[0].columns.contains($0) }
    return node.with([below], columns: below.columns + own)
  }

  private mutating func group(
    _ node: PlanNode, _ keys: [Slot], _ aggregates: [PlannedAggregate]
  ) throws(EvaluationError) -> PlanNode {
    let countsRows = aggregates.contains { $0.argument == nil && $0.distinct }
    let needed =
      countsRows
      ? SlotSet(node.inputs[0].columns)
      : aggregates.reduce(SlotSet(keys)) { $0.union($1.argument?.slots ?? SlotSet()) }
    return try node.with([run(node.inputs[0], needed: needed)], columns: node.columns)
  }

  private mutating func binary(
    _ node: PlanNode, _ needed: SlotSet
  ) throws(EvaluationError) -> PlanNode {
    let (left, right) = (node.inputs[0], node.inputs[1])
    let shared = SlotSet(left.columns).intersection(SlotSet(right.columns))
    switch node.step {
    case .lateralLeftJoin(let seed, let row):
      let below = try run(left, needed: needed.union(right.slotsRead))
      seeds[seed] = below.columns + [row]
      let inner = try run(right, needed: needed.union(SlotSet(below.columns + [row])))
      let own = inner.columns.filter { $0 != row && !below.columns.contains($0) }
      return node.with([below, inner], columns: below.columns + own)
    case .lateralSemiJoin(let seed, let row, _):
      let below = try run(left, needed: needed.union(right.slotsRead))
      seeds[seed] = below.columns + [row]
      return try node.with(
        [below, run(right, needed: SlotSet([row]))], columns: below.columns)
    case .minus:
      let below = try run(left, needed: needed.union(shared))
      return try node.with([below, run(right, needed: shared)], columns: below.columns)
    case .semiJoin(let condition, _):
      let read = shared.union(condition?.slots ?? SlotSet())
      let below = try run(left, needed: needed.union(read))
      return try node.with([below, run(right, needed: read)], columns: below.columns)
    case .leftJoin(let condition):
      return try merging(node, needed.union(shared).union(condition?.slots ?? SlotSet()))
    default: return try merging(node, needed.union(shared))
    }
  }

  private mutating func merging(
    _ node: PlanNode, _ needed: SlotSet
  ) throws(EvaluationError) -> PlanNode {
    let left = try run(node.inputs[0], needed: needed)
    let right = try run(node.inputs[1], needed: needed)
    return node.with(
      [left, right],
      columns: left.columns + right.columns.filter { !left.columns.contains($0) })
  }
}

extension PlanNode {
  fileprivate func with(_ inputs: [PlanNode], columns: [Slot]) -> PlanNode {
    PlanNode(
      step, inputs, columns: columns, certain: certain, estimate: estimate, duplicates: duplicates)
  }

  /// All slots that the operators of a plan read.
  fileprivate var slotsRead: SlotSet {
    var result: SlotSet
    switch step {
    case .values, .seed, .project, .distinct, .combine, .slice, .union, .difference, .number:
      result = SlotSet()
    case .lookup(let pattern, _): result = pattern.slotSet
    case .intersect(_, let patterns, _): result = SlotSet(patterns.flatMap(\.slots))
    case .tripleTerm(let slot, let pattern): result = SlotSet(pattern.slots + [slot])
    case .path(let path, _):
      result = SlotSet([path.subject, path.object].compactMap(\.slot))
    case .filter(let planned), .extend(_, let planned): result = planned.slots
    case .group(let keys, let aggregates):
      result = aggregates.reduce(SlotSet(keys)) { $0.union($1.argument?.slots ?? SlotSet()) }
    case .sort(let keys, _): result = keys.reduce(SlotSet()) { $0.union($1.key.slots) }
    case .join, .minus, .leftJoin, .semiJoin, .lateralLeftJoin, .lateralSemiJoin:
      result = inputs.reduce(SlotSet()) { $0.union(SlotSet($1.columns)) }
    }
    return inputs.reduce(result) { $0.union($1.slotsRead) }
  }
}

extension PlannedExpression {
  /// The slots that the expression's variables stand for.
  var slots: SlotSet {
    SlotSet(expression.variables.compactMap { scope.position($0)?.slot })
  }
}
