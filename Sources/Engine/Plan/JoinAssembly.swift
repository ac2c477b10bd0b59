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
  private let context: ExecutionContext
  /// What is read above; nil where every solution has to be a row.
  private let demand: Demand?
  /// A plan that runs again for each batch of another keeps nothing from one run to the next.
  private let isLateral: Bool
  private let isThorough: Bool
  /// The items still to be joined, in order.
  private var rest: ArraySlice<JoinOrder.Step> = []
  /// By slot, the items that have it.
  private var users: [SlotSet] = []
  /// The items that are joined.
  private var joined = SlotSet()
  /// How many equal rows there may be for each.
  private var equalCount = 1.0

  init(
    group: JoinGroup, current: PlanNode, _ context: ExecutionContext, demand: Demand? = nil,
    isThorough: Bool = false
  ) {
    self.context = context
    self.isThorough = isThorough
    self.group = group
    self.current = current
    self.demand = demand.flatMap { $0.duplicates == .kept ? nil : $0 }
    if case .seed = current.step { isLateral = true } else { isLateral = false }
    waiting = group.filters
    cardinality = Cardinality(graph: group.graph)
  }

  mutating func run() throws(EvaluationError) {
    applyFilters()
    var wanted = demand?.slots
    for filter in waiting where filter.planned.expression.hasExists {
      wanted?.formUnion(filter.slots)
    }
    var order = JoinOrder(
      group.items, cardinality, wanted: wanted, filters: waiting, context,
      isThorough: isThorough)
    rest =
      try order.run(
        bound: current.certain, rows: current.estimate, hasColumns: !current.columns.isEmpty)[...]
    waiting = order.filters
    users = order.users
    while let step = rest.popFirst() {
      let item = group.items[step.index]
      joined.insert(step.index)
      let companions = companions(of: item)
      joined.formUnion(companions)
      let estimate = step.made
      if companions.isEmpty {
        try append(item, estimate)
      } else {
        rest.removeAll { companions.contains($0.index) }
        intersect(item, companions, estimate)
      }
      let joinedCount = current.estimate
      applyFilters()
      // The order takes equal rows to be put together at every step.
      let left = step.made * current.estimate / max(joinedCount, .leastNormalMagnitude)
      equalCount *= max(1, left / max(1, step.rows))
      if !rest.isEmpty, equalCount > 2, combine(step.rows) { equalCount = 1 }
    }
  }

  // MARK: Equal rows

  /// Whether a slot is read by later items, by filters that wait, or above.
  private func isRead(_ slot: Slot, _ demand: Demand) -> Bool {
    demand.slots.contains(slot) || slot < users.count && !users[slot].isSubset(of: joined)
      || waiting.contains { $0.slots.contains(slot) }
  }

  /// Puts rows together that differ only in what nobody reads any more.
  private mutating func combine(_ rowCount: Double) -> Bool {
    guard let demand, !isLateral else { return false }
    let columns = current.columns.filter { isRead($0, demand) }
    guard columns.count < current.columns.count else { return false }
    let certain = current.certain.intersection(SlotSet(columns))
    let shown = PlanNode(
      .project, [current], columns: columns, certain: certain, estimate: current.estimate)
    current = PlanNode(
      demand.duplicates == .weighted ? .combine : .distinct, [shown], columns: columns,
      certain: certain, estimate: min(current.estimate, rowCount))
    return true
  }

  // MARK: Intersections

  /// Later patterns that, like this one, leave only its one new slot open: the slot's values are
  /// found by intersecting sorted lists (a step of a worst-case optimal join).
  private func companions(of item: JoinGroup.Item) -> SlotSet {
    var companions = SlotSet()
    guard let slot = onlyOpenSlot(item) else { return companions }
    for other in users[slot].subtracting(joined)
    where onlyOpenSlot(group.items[other]) == slot {
      companions.insert(other)
    }
    return companions
  }

  /// The one slot of a triple pattern that is not bound yet, if there is just one.
  private func onlyOpenSlot(_ item: JoinGroup.Item) -> Slot? {
    guard case .triple(let pattern) = item else { return nil }
    let open = pattern.slotSet.subtracting(current.certain).onlyMember
    return open.flatMap { current.columns.contains($0) ? nil : $0 }
  }

  private mutating func intersect(
    _ item: JoinGroup.Item, _ companions: SlotSet, _ estimate: Double
  ) {
    guard let slot = onlyOpenSlot(item) else { return }
    let patterns = ([item] + companions.map { group.items[$0] }).compactMap { item in
      if case .triple(let pattern) = item { pattern } else { nil }
    }
    current = PlanNode(
      .intersect(slot, patterns, group.graph), [current], columns: current.columns + [slot],
      certain: current.certain.union(SlotSet([slot])), estimate: estimate,
      duplicates: demand?.duplicates ?? .kept)
  }

  // MARK: One item at a time

  private mutating func append(
    _ item: JoinGroup.Item, _ estimate: Double
  ) throws(EvaluationError) {
    let uncertain = SlotSet(current.columns.filter { !current.certain.contains($0) })
    let isSafe = SlotSet(item.columns).isDisjoint(with: uncertain)
    switch item {
    case .triple(let pattern):
      guard isSafe else { return join(try alone(item)) }
      step(.lookup(pattern, group.graph), item, estimate)
    case .tripleTerm(let slot, let pattern): step(.tripleTerm(slot, pattern), item, estimate)
    case .path(let path):
      guard isSafe else { return join(try alone(item)) }
      step(.path(path, group.graph), item, estimate)
    case .plan(let plan): join(plan)
    }
  }

  /// An item on its own, for a join that minds unbound cells.
  private func alone(_ item: JoinGroup.Item) throws(EvaluationError) -> PlanNode {
    var only = JoinGroup(graph: group.graph)
    only.items = [item]
    var assembly = JoinAssembly(group: only, current: .unit, context)
    try assembly.run()
    return assembly.current
  }

  private mutating func step(_ step: PlanStep, _ item: JoinGroup.Item, _ estimate: Double) {
    let more = item.columns.filter { !current.columns.contains($0) }
    current = PlanNode(
      step, [current], columns: current.columns + more,
      certain: current.certain.union(item.certain), estimate: estimate,
      duplicates: demand?.duplicates ?? .kept)
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
    for filter in waiting where isReady(filter) {
      current = Self.filtered(current, filter)
    }
    waiting.removeAll(where: isReady)
  }

  static func filtered(_ input: PlanNode, _ filter: FilterItem) -> PlanNode {
    PlanNode(
      .filter(filter.planned), [input], columns: input.columns, certain: input.certain,
      estimate: input.estimate * filter.share)
  }
}
