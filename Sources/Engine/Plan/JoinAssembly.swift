import Algebra
import RDF

/// Joins the items of a group one after the other, the cheapest next first, and filters as soon
/// as the variables of a filter are bound.
struct JoinAssembly {
  let group: JoinGroup
  private(set) var current: PlanNode
  private var rest: [JoinGroup.Item]
  /// Filters that still wait for variables.
  private(set) var waiting: [FilterItem]
  private let cardinality: Cardinality

  init(group: JoinGroup, current: PlanNode) {
    self.group = group
    self.current = current
    rest = group.items
    waiting = group.filters
    cardinality = Cardinality(graph: group.graph)
  }

  mutating func run() throws(EvaluationError) {
    applyFilters()
    while !rest.isEmpty {
      let next = rest.count == 1 ? 0 : cheapest()
      append(rest.remove(at: next))
      applyFilters()
    }
  }

  private func cheapest() -> Int {
    var best = 0
    var bestCost = Double.infinity
    for (index, item) in rest.enumerated() {
      let cost = cost(item)
      if cost < bestCost { (best, bestCost) = (index, cost) }
    }
    return best
  }

  /// Rows expected after joining an item next; patterns that share nothing come late, plans
  /// with unbound cells last.
  private func cost(_ item: JoinGroup.Item) -> Double {
    let bound = current.certain
    let isConnected =
      current.columns.isEmpty || !item.certain.isDisjoint(with: bound) || item.columns.isEmpty
    let penalty = isConnected ? 1.0 : 1e6
    switch item {
    case .triple(let pattern): return cardinality.fanout(pattern, bound: bound) * penalty
    case .tripleTerm(let slot, let pattern):
      return bound.contains(slot) || SlotSet(pattern.slots).isSubset(of: bound) ? 0.5 : 1e30
    case .path(let path): return cardinality.fanout(path, bound: bound) * penalty
    case .plan(let plan):
      let isWhole = SlotSet(plan.columns).isSubset(of: plan.certain)
      return plan.estimate * penalty * (isWhole ? 1 : 1e20)
    }
  }

  private mutating func append(_ item: JoinGroup.Item) {
    let uncertain = SlotSet(current.columns.filter { !current.certain.contains($0) })
    let isSafe = SlotSet(item.columns).isDisjoint(with: uncertain)
    switch item {
    case .triple(let pattern):
      isSafe
        ? step(
          .lookup(pattern, group.graph), item,
          fanout: cardinality.fanout(pattern, bound: current.certain))
        : join(alone(item))
    case .tripleTerm(let slot, let pattern): step(.tripleTerm(slot, pattern), item, fanout: 0.9)
    case .path(let path):
      isSafe
        ? step(
          .path(path, group.graph), item, fanout: cardinality.fanout(path, bound: current.certain))
        : join(alone(item))
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

  private mutating func step(_ step: PlanStep, _ item: JoinGroup.Item, fanout: Double) {
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

  private mutating func applyFilters() {
    let ready = waiting.filter {
      $0.slots.isSubset(of: current.certain) && !$0.planned.expression.hasExists
    }
    guard !ready.isEmpty else { return }
    waiting.removeAll {
      $0.slots.isSubset(of: current.certain) && !$0.planned.expression.hasExists
    }
    for filter in ready { current = Self.filtered(current, filter) }
  }

  static func filtered(_ input: PlanNode, _ filter: FilterItem) -> PlanNode {
    PlanNode(
      .filter(filter.planned), [input], columns: input.columns, certain: input.certain,
      estimate: input.estimate / 3)
  }
}
