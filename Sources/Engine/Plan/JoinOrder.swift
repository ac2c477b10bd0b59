import RDF

/// The order in which the items of a group are joined: the cheapest by dynamic programming over
/// their connected subsets for up to ten, the cheapest next for more and where little is to be won.
///
/// The cost is the number of rows looked up and made on the way, from the counts of the indexes;
/// of two sets of terms in one slot, the smaller is taken to lie in the larger. Where much is to be
/// done, pairs of items are sampled beforehand. Where equal rows may be put together, a row counts
/// once for the columns still to be read.
struct JoinOrder {
  /// One item joined, with the rows expected.
  struct Step {
    var index: Int
    /// Rows made by joining it.
    var made: Double
    /// Rows that filters leave when equal ones are put together.
    var rows: Double
  }

  private let items: [JoinGroup.Item]
  private let facts: [Facts]
  /// By slot, the items that have it.
  let users: [SlotSet]
  private let cardinality: Cardinality
  /// What is read above the join; nil where every solution has to be a row.
  private let wanted: SlotSet?
  /// Those that run as soon as what they read is bound, or later where they test for patterns.
  private(set) var filters: [FilterItem]
  private let context: ExecutionContext
  private var samples: FanoutSamples?

  /// Whether the best order is looked for even where that takes longer than it saves.
  private let isThorough: Bool

  private static let programmingLimit = 10
  /// Among many items, about so many joins are tried for the next step.
  private static let triesLimit = 8192
  /// Filters and items whose product is more are not looked at for equal rows.
  private static let filtersLimit = 16384
  /// In rows looked up, about what it takes to try one join.
  private static let tryCost = 10.0
  /// How many times dearer than sampling a join must be for that.
  private static let samplingGain = 10.0

  /// What is asked about an item again and again.
  private struct Facts {
    var slots = SlotSet()
    var certain = SlotSet()
    var isTriple = false
    /// Of a triple pattern: the slots in its positions, -1 where there is a constant.
    var positions = SIMD3<Int>(repeating: -1)
    /// Its matches.
    var count = 0.0
    /// The different terms that the matches have in each position.
    var distinctCounts = SIMD3<Double>(repeating: 1)

    init(_ item: JoinGroup.Item, _ cardinality: Cardinality) {
      slots = SlotSet(item.columns)
      certain = item.certain
      guard case .triple(let pattern) = item else { return }
      isTriple = true
      for position in 0..<3 { positions[position] = pattern[position].slot ?? -1 }
      count = cardinality.count(pattern)
      distinctCounts = cardinality.distinctCounts(pattern, count: count)
    }
  }

  /// What has been joined so far.
  private struct State {
    var cost: Double
    var rows: Double
    var made: Double
    var bound: SlotSet
    var hasColumns: Bool
    /// Of the bound slots, those that are still to be read, if equal rows may be put together.
    var front = SlotSet()
    /// Positions of the items.
    var done = SlotSet()
    /// The item joined last, and those intersected with it.
    var last = 0
    var companions = SlotSet()
    /// The number of the state before it, in a search by dynamic programming.
    var previous = 0

    /// The steps that were made last.
    var steps: [Step] {
      [Step(index: last, made: made, rows: rows)]
        + companions.map { Step(index: $0, made: made, rows: rows) }
    }
  }

  init(
    _ items: [JoinGroup.Item], _ cardinality: Cardinality, wanted: SlotSet?,
    filters: [FilterItem], _ context: ExecutionContext, isThorough: Bool
  ) {
    self.context = context
    self.isThorough = isThorough
    self.items = items
    self.cardinality = cardinality
    self.wanted = items.count * filters.count <= Self.filtersLimit ? wanted : nil
    self.filters = filters
    facts = items.map { Facts($0, cardinality) }
    var users: [SlotSet] = []
    for (index, item) in facts.enumerated() {
      for slot in item.slots {
        while users.count <= slot { users.append(SlotSet()) }
        users[slot].insert(index)
      }
    }
    self.users = users
  }

  /// The items in the order to join them.
  mutating func run(
    bound: SlotSet, rows: Double, hasColumns: Bool
  ) throws(EvaluationError) -> [Step] {
    let start = State(
      cost: 0, rows: rows, made: rows, bound: bound, hasColumns: hasColumns, front: bound)
    var quick = greedy(start)
    guard items.count > 1, items.count <= Self.programmingLimit else { return quick.steps }
    let pairCount = users.reduce(0) { $0 + $1.count * ($1.count - 1) }
    if isThorough || quick.cost > FanoutSamples.cost(pairCount: pairCount) * Self.samplingGain {
      try takeSamples()
      quick = greedy(start)
    }
    let effort = Double(items.count << items.count) * Self.tryCost
    return isThorough || quick.cost > effort ? programmed(start) : quick.steps
  }

  private mutating func takeSamples() throws(EvaluationError) {
    let samples = FanoutSamples(items, cardinality.graph, context.terms)
    self.samples = samples
    if filters.isEmpty { return }
    // Terms that are made meanwhile are none of the plan's.
    let aside = ExecutionContext(context.dataset, continuing: context, base: context.base)
    for index in filters.indices {
      filters[index].sampledShare = try aside.temporarily { () throws(EvaluationError) in
        try samples.share(of: filters[index], aside)
      }
    }
  }

  private func greedy(_ start: State) -> (steps: [Step], cost: Double) {
    var state = start
    var steps: [Step] = []
    while steps.count < items.count {
      var best: State?
      for index in nextItems(state, limit: max(8, Self.triesLimit / items.count)) {
        let next = joined(state, index)
        if best.map({ next.cost < $0.cost }) ?? true { best = next }
      }
      guard let best else { break }
      state = best
      steps += state.steps
    }
    return (steps, state.cost)
  }

  private func programmed(_ start: State) -> [Step] {
    let all = 1 << items.count - 1
    var best = [State?](repeating: nil, count: all + 1)
    best[0] = start
    for set in 0..<all {
      guard let state = best[set] else { continue }
      for index in nextItems(state) {
        var next = joined(state, index)
        next.previous = set
        let larger = Int(next.done.lowBits)
        if best[larger].map({ next.cost < $0.cost }) ?? true { best[larger] = next }
      }
    }
    var steps: [Step] = []
    var set = all
    while set != 0, let state = best[set] {
      steps = state.steps + steps
      set = state.previous
    }
    return steps
  }

  /// Items that share a slot with what is joined; all that are left when none does.
  private func nextItems(_ state: State, limit: Int = .max) -> SlotSet {
    var (connected, connectedCount) = (SlotSet(), 0)
    var (rest, restCount) = (SlotSet(), 0)
    for index in items.indices where !state.done.contains(index) && isReady(index, state) {
      if facts[index].slots.isEmpty || !facts[index].slots.isDisjoint(with: state.bound) {
        connected.insert(index)
        connectedCount += 1
        if connectedCount == limit { break }
      } else if restCount < limit {
        rest.insert(index)
        restCount += 1
      }
    }
    return connected.isEmpty ? rest : connected
  }

  /// A triple term is found from its parts, or taken apart. The item that binds it is in the
  /// group, so one item is always ready.
  private func isReady(_ index: Int, _ state: State) -> Bool {
    if facts[index].isTriple { return true }
    guard case .tripleTerm(let slot, let pattern) = items[index] else { return true }
    return state.bound.contains(slot) || pattern.slotSet.isSubset(of: state.bound)
  }

  /// The state after joining one more item.
  private func joined(_ state: State, _ index: Int) -> State {
    var next = state
    next.done.insert(index)
    next.last = index
    next.companions = SlotSet()
    if facts[index].isTriple {
      look(up: index, state, &next)
    } else {
      join(index, state, &next)
    }
    next.bound.formUnion(facts[index].certain)
    next.hasColumns = true
    var share = 1.0
    if items.count * filters.count <= Self.filtersLimit {
      for filter in filters
      where !filter.slots.isSubset(of: state.bound) && filter.slots.isSubset(of: next.bound)
        && !filter.planned.expression.hasExists
      {
        share *= filter.share
      }
    }
    next.rows = next.made * share
    if let wanted { combine(&next, before: state, share, wanted) }
    return next
  }

  private func join(_ index: Int, _ state: State, _ next: inout State) {
    switch items[index] {
    case .triple: break
    case .tripleTerm:
      next.made = state.rows * (samples.flatMap { sampled($0, index, state)?.fanout } ?? 0.9)
      next.cost += state.rows
    case .path(let path):
      next.made = state.rows * cardinality.fanout(path, bound: state.bound)
      next.cost += state.rows * Self.searchCost + next.made
    case .plan(let plan):
      let isWhole = SlotSet(plan.columns).isSubset(of: plan.certain)
      if !state.hasColumns || plan.certain.isDisjoint(with: state.bound) {
        next.made = state.rows * plan.estimate
      } else {
        next.made = max(state.rows, plan.estimate)
      }
      next.cost += plan.cost + state.rows + next.made + (isWhole ? 0 : Self.last)
    }
  }

  /// In rows looked up: what a search along a path takes.
  private static let searchCost = 30.0
  /// And each list of an intersection.
  static let listCost = 2.0

  /// Beyond any real cost: what is better done last.
  private static let last = 1e100

  /// A lookup, or the intersection of all patterns that leave the same slot open.
  private func look(up index: Int, _ state: State, _ next: inout State) {
    next.made = state.rows * fanout(index, state)
    let open = facts[index].slots.subtracting(state.bound)
    guard let slot = open.onlyMember else {
      next.cost += state.rows + next.made
      return
    }
    var enumerated = next.made
    next.bound.insert(slot)
    for other in users[slot] where other != index && !state.done.contains(other) {
      guard facts[other].isTriple, facts[other].slots.isSubset(of: next.bound) else { continue }
      enumerated = min(enumerated, state.rows * fanout(other, state))
      next.made *= fanout(other, next)
      next.cost += state.rows * Self.listCost
      next.done.insert(other)
      next.companions.insert(other)
    }
    if next.companions.isEmpty {
      next.cost += state.rows + next.made
    } else {
      next.cost += state.rows * Self.listCost + max(next.made, enumerated / 2)
    }
  }

  /// Equal rows of the columns that are still to be read count once.
  private func combine(
    _ state: inout State, before: State, _ share: Double, _ wanted: SlotSet
  ) {
    // A filter that can run now reads its columns before they go.
    var (read, readLater) = (wanted, wanted)
    for filter in filters where !filter.slots.isSubset(of: before.bound) {
      read.formUnion(filter.slots)
      if !filter.slots.isSubset(of: state.bound) { readLater.formUnion(filter.slots) }
    }
    var new = facts[state.last].slots
    for index in state.companions { new.formUnion(facts[index].slots) }
    new = new.subtracting(before.bound)
    let isGrown = new.contains { read.contains($0) || !users[$0].isSubset(of: state.done) }
    var limit = 1.0
    state.front = SlotSet()
    for slot in before.front.union(new)
    where readLater.contains(slot) || isUsed(slot, after: state.done) {
      state.front.insert(slot)
      limit *= distinctCount(slot, state.done) ?? state.rows
    }
    if !isGrown, state.made > before.rows {
      // Nothing new is read later: the rows stay, with another weight.
      state.cost -= state.made - before.rows
      state.made = before.rows
    }
    let left = state.made * share
    state.rows = min(left, max(1, limit))
    if state.rows < left / 2 { state.cost += left / 2 }
  }

  /// Whether items that are not joined yet have a slot.
  private func isUsed(_ slot: Slot, after done: SlotSet) -> Bool {
    slot < users.count && !users[slot].isSubset(of: done)
  }

  /// Matches of a pattern for one row.
  private func fanout(_ index: Int, _ state: State) -> Double {
    var result = facts[index].count
    var bound = state.bound
    if let samples, let (fanout, slots) = sampled(samples, index, state) {
      result = fanout
      bound = bound.subtracting(slots)
    }
    for position in 0..<3 {
      let slot = facts[index].positions[position]
      guard slot >= 0, bound.contains(slot) else { continue }
      result /= max(facts[index].distinctCounts[position], distinctCount(slot, state.done) ?? 1)
    }
    return result
  }

  /// What a sample of a joined item says of the matches of another for one row, with the slots that
  /// it looked at: the item that shares most with it, of several the one with the fewest matches.
  private func sampled(
    _ samples: FanoutSamples, _ index: Int, _ state: State
  ) -> (fanout: Double, slots: SlotSet)? {
    var best: (fanout: Double, slots: SlotSet)?
    var bestCount = (shared: 0, matches: Double.infinity)
    for other in state.done where other != index {
      guard let fanout = samples.fanout(other, index) else { continue }
      let shared = facts[other].slots.intersection(facts[index].slots)
      let count = (shared: shared.count, matches: samples.counts[other])
      if count.shared > bestCount.shared
        || count.shared == bestCount.shared && count.matches < bestCount.matches
      {
        (best, bestCount) = ((fanout, shared), count)
      }
    }
    return best
  }

  /// How many different terms a slot can have after some triple patterns are joined; nil when
  /// none of them has it.
  private func distinctCount(_ slot: Slot, _ done: SlotSet) -> Double? {
    guard slot < users.count else { return nil }
    var least: Double?
    for index in users[slot].intersection(done) where facts[index].isTriple {
      for position in 0..<3 where facts[index].positions[position] == slot {
        least = min(least ?? .infinity, facts[index].distinctCounts[position])
      }
    }
    return least
  }
}
