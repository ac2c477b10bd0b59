import Algebra
import RDF

/// Joins the items of a group in their order, and filters as soon as the variables of a filter
/// are bound.
struct JoinAssembly {
  let group: JoinGroup
  private(set) var current: PlanNode
  /// Filters that still wait for variables.
  private(set) var waiting: [FilterItem]
  private let cardinality: Cardinality

  init(group: JoinGroup, current: PlanNode) {
    self.group = group
    self.current = current
    waiting = group.filters.map(group.simplified)
    cardinality = Cardinality(graph: group.graph)
  }

  mutating func run() {
    applyFilters()
    var order = JoinOrder(group.items, cardinality)
    var rest = order.run(
      bound: current.certain, rows: current.estimate, hasColumns: !current.columns.isEmpty
    )[...]
    while let index = rest.popFirst() {
      let item = group.items[index]
      let companions = companions(of: item, among: rest)
      if companions.isEmpty {
        append(item)
      } else {
        intersect(item, companions)
        rest.removeAll { companions.contains($0) }
      }
      applyFilters()
    }
  }

  // MARK: Intersections

  /// Later patterns that, like this one, leave only its one new slot open: the slot's values are
  /// found by intersecting sorted lists (a step of a worst-case optimal join).
  private func companions(of item: JoinGroup.Item, among rest: ArraySlice<Int>) -> [Int] {
    guard let slot = onlyOpenSlot(item) else { return [] }
    return rest.filter { onlyOpenSlot(group.items[$0]) == slot }
  }

  /// The one slot of a triple pattern that is not bound yet, if there is just one.
  private func onlyOpenSlot(_ item: JoinGroup.Item) -> Slot? {
    guard case .triple(let pattern) = item else { return nil }
    let open = pattern.slots.filter { !current.certain.contains($0) }
    guard open.count == 1, !current.columns.contains(open[0]) else { return nil }
    return open[0]
  }

  private mutating func intersect(_ item: JoinGroup.Item, _ companions: [Int]) {
    guard let slot = onlyOpenSlot(item) else { return }
    var patterns: [ScanPattern] = []
    var fanout = 1.0
    var bound = current.certain
    for item in [item] + companions.map({ group.items[$0] }) {
      guard case .triple(let pattern) = item else { continue }
      patterns.append(pattern)
      fanout *= cardinality.fanout(pattern, bound: bound)
      bound.insert(slot)
    }
    current = PlanNode(
      .intersect(slot, patterns, group.graph), [current], columns: current.columns + [slot],
      certain: bound, estimate: current.estimate * fanout)
  }

  // MARK: One item at a time

  private mutating func append(_ item: JoinGroup.Item) {
    let uncertain = SlotSet(current.columns.filter { !current.certain.contains($0) })
    let isSafe = SlotSet(item.columns).isDisjoint(with: uncertain)
    let bound = current.certain
    switch item {
    case .triple(let pattern):
      guard isSafe else { return join(alone(item)) }
      step(.lookup(pattern, group.graph), item, cardinality.fanout(pattern, bound: bound))
    case .tripleTerm(let slot, let pattern): step(.tripleTerm(slot, pattern), item, 0.9)
    case .path(let path):
      guard isSafe else { return join(alone(item)) }
      step(.path(path, group.graph), item, cardinality.fanout(path, bound: bound))
    case .plan(let plan): join(plan)
    }
  }

  /// An item on its own, for a join that minds unbound cells.
  private func alone(_ item: JoinGroup.Item) -> PlanNode {
    var only = JoinGroup(graph: group.graph)
    only.items = [item]
    var assembly = JoinAssembly(group: only, current: .unit)
    assembly.append(item)
    return assembly.current
  }

  private mutating func step(_ step: PlanStep, _ item: JoinGroup.Item, _ fanout: Double) {
    let more = item.columns.filter { !current.columns.contains($0) }
    current = PlanNode(
      step, [current], columns: current.columns + more,
      certain: current.certain.union(item.certain), estimate: current.estimate * fanout)
  }

  private mutating func join(_ plan: PlanNode) {
    if current.columns.isEmpty, case .values(let columns) = current.step, columns.isEmpty {
      current = plan
      return
    }
    let more = plan.columns.filter { !current.columns.contains($0) }
    let shared = current.certain.intersection(plan.certain)
    let estimate =
      shared.isEmpty
      ? current.estimate * plan.estimate : max(current.estimate, plan.estimate)
    current = PlanNode(
      .join, [current, plan], columns: current.columns + more,
      certain: current.certain.union(plan.certain), estimate: estimate)
  }

  // MARK: Filters

  private mutating func applyFilters() {
    let isReady = { [certain = current.certain] (filter: FilterItem) in
      filter.slots.isSubset(of: certain) && !filter.planned.expression.hasExists
    }
    for filter in waiting where isReady(filter) { current = Self.filtered(current, filter) }
    waiting.removeAll(where: isReady)
  }

  static func filtered(_ input: PlanNode, _ filter: FilterItem) -> PlanNode {
    PlanNode(
      .filter(filter.planned), [input], columns: input.columns, certain: input.certain,
      estimate: input.estimate / 3)
  }
}

extension JoinGroup {
  /// Slots that hold IRIs and blank nodes only, being subject or predicate of a triple.
  private var resources: SlotSet {
    var result = SlotSet()
    for case .triple(let pattern) in items {
      for slot in [pattern.subject, pattern.predicate].compactMap(\.slot) { result.insert(slot) }
    }
    return result
  }

  /// A filter whose `=` or `!=` compares handles where no values can be meant.
  fileprivate func simplified(_ filter: FilterItem) -> FilterItem {
    guard case .compare(let op, let a, let b) = filter.planned.expression,
      op == .equal || op == .notEqual, isResource(a, filter) || isResource(b, filter)
    else { return filter }
    let same = Expression.call(.sameTerm, [a, b])
    let planned = PlannedExpression(
      expression: op == .equal ? same : .not(same), scope: filter.planned.scope,
      graph: filter.planned.graph)
    return FilterItem(planned: planned, slots: filter.slots, stage: filter.stage)
  }

  private func isResource(_ expression: Expression, _ filter: FilterItem) -> Bool {
    switch expression {
    case .term(.iri): return true
    case .variable(let variable):
      guard let slot = filter.planned.scope.position(variable)?.slot else { return false }
      return resources.contains(slot)
    default: return false
    }
  }
}
