import RDF

/// The order in which the items of a group are joined: the cheapest by dynamic programming over
/// their connected subsets for up to ten, the cheapest next for more and where little is to be won.
///
/// The cost is the number of rows looked up and made on the way, from the counts of the indexes;
/// of two sets of terms in one slot, the smaller is taken to lie in the larger. Where equal rows
/// may be put together, a row counts once for the columns still to be read.
struct JoinOrder {
  /// One item joined, with the rows expected.
  struct Step {
    var index: Int
    /// Rows made by joining it.
    var made: Double
    /// Rows when equal ones are put together.
    var rows: Double
  }

  private let items: [JoinGroup.Item]
  private let slots: [SlotSet]
  /// The items that have a slot.
  private let users: [Slot: [Int]]
  private let cardinality: Cardinality
  /// What is read above the join; nil where every solution has to be a row.
  private let wanted: SlotSet?
  /// What filters read until they can run.
  private let filters: [SlotSet]
  /// Of each triple pattern: its matches, and the different terms in its positions.
  private let counts: [Double]
  private let distinctCounts: [[Double]]

  /// Whether the best order is looked for even where that takes longer than it saves.
  private let isThorough: Bool

  private static let programmingLimit = 10
  /// Among many items, about so many joins are tried for the next step.
  private static let triesLimit = 8192
  /// Filters and items whose product is more are not looked at for equal rows.
  private static let filtersLimit = 16384

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
    /// Those joined last.
    var members: [Int] = []
    var steps: [Step] = []

    func settled() -> State {
      var result = self
      result.steps += members.map { Step(index: $0, made: made, rows: rows) }
      return result
    }
  }

  init(
    _ items: [JoinGroup.Item], _ cardinality: Cardinality, wanted: SlotSet?, filters: [SlotSet],
    isThorough: Bool
  ) {
    self.isThorough = isThorough
    self.items = items
    self.cardinality = cardinality
    self.wanted = items.count * filters.count <= Self.filtersLimit ? wanted : nil
    self.filters = filters
    slots = items.map { SlotSet($0.columns) }
    var users: [Slot: [Int]] = [:]
    for (index, slots) in slots.enumerated() {
      for slot in slots { users[slot, default: []].append(index) }
    }
    self.users = users
    counts = items.map {
      if case .triple(let pattern) = $0 { cardinality.count(pattern) } else { 0 }
    }
    distinctCounts = items.map {
      if case .triple(let pattern) = $0 { cardinality.distinctCounts(pattern) } else { [] }
    }
  }

  /// The items in the order to join them.
  func run(bound: SlotSet, rows: Double, hasColumns: Bool) -> [Step] {
    let start = State(
      cost: 0, rows: rows, made: rows, bound: bound, hasColumns: hasColumns, front: bound)
    let quick = greedy(start)
    guard items.count > 2, items.count <= Self.programmingLimit else { return quick.steps }
    // In rows, about what the search takes.
    let effort = Double(items.count << items.count)
    return isThorough || quick.cost > effort ? programmed(start) : quick.steps
  }

  private func greedy(_ start: State) -> State {
    var state = start
    while state.steps.count < items.count {
      var best: State?
      for index in nextItems(state, limit: max(8, Self.triesLimit / items.count)) {
        let next = joined(state, index)
        if best.map({ next.cost < $0.cost }) ?? true { best = next }
      }
      guard let best else { return state }
      state = best.settled()
    }
    return state
  }

  private func programmed(_ start: State) -> [Step] {
    let all = 1 << items.count - 1
    var best = [State?](repeating: nil, count: all + 1)
    best[0] = start
    for set in 0..<all {
      guard let state = best[set] else { continue }
      best[set] = nil
      for index in nextItems(state) {
        let next = joined(state, index)
        let larger = Int(next.done.lowBits)
        if best[larger].map({ next.cost < $0.cost }) ?? true { best[larger] = next.settled() }
      }
    }
    return best[all]?.steps ?? []
  }

  /// Items that share a slot with what is joined; all that are left when none does.
  private func nextItems(_ state: State, limit: Int = .max) -> [Int] {
    let rest = items.indices.lazy.filter { !state.done.contains($0) && isReady($0, state) }
    let connected = rest.filter { slots[$0].isEmpty || !slots[$0].isDisjoint(with: state.bound) }
    let found = Array(connected.prefix(limit))
    return found.isEmpty ? Array(rest.prefix(limit)) : found
  }

  /// A triple term is found from its parts, or taken apart. The item that binds it is in the
  /// group, so one item is always ready.
  private func isReady(_ index: Int, _ state: State) -> Bool {
    guard case .tripleTerm(let slot, let pattern) = items[index] else { return true }
    return state.bound.contains(slot) || SlotSet(pattern.slots).isSubset(of: state.bound)
  }

  /// The state after joining one more item.
  private func joined(_ state: State, _ index: Int) -> State {
    var next = state
    next.done.insert(index)
    next.members = [index]
    switch items[index] {
    case .triple(let pattern): look(up: pattern, index, state, &next)
    case .tripleTerm:
      next.made = state.rows * 0.9
      next.cost += state.rows
    case .path(let path):
      next.made = state.rows * cardinality.fanout(path, bound: state.bound)
      next.cost += state.rows * 20 + next.made
    case .plan(let plan):
      let isWhole = SlotSet(plan.columns).isSubset(of: plan.certain)
      if !state.hasColumns || plan.certain.isDisjoint(with: state.bound) {
        next.made = state.rows * plan.estimate
      } else {
        next.made = max(state.rows, plan.estimate)
      }
      next.cost += plan.cost + state.rows + next.made + (isWhole ? 0 : Self.last)
    }
    next.bound.formUnion(items[index].certain)
    next.hasColumns = true
    next.rows = next.made
    if wanted != nil { combine(&next, before: state) }
    return next
  }

  /// Beyond any real cost: what is better done last.
  private static let last = 1e100

  /// A lookup, or the intersection of all patterns that leave the same slot open.
  private func look(
    up pattern: ScanPattern, _ index: Int, _ state: State, _ next: inout State
  ) {
    next.made = state.rows * fanout(index, pattern, state)
    let open = pattern.slots.filter { !state.bound.contains($0) }
    guard open.count == 1 else {
      next.cost += state.rows + next.made
      return
    }
    var enumerated = next.made
    next.bound.insert(open[0])
    for other in users[open[0]] ?? [] where !next.done.contains(other) {
      guard case .triple(let more) = items[other], slots[other].isSubset(of: next.bound) else {
        continue
      }
      enumerated = min(enumerated, state.rows * fanout(other, more, state))
      next.made *= fanout(other, more, next)
      next.cost += state.rows
      next.done.insert(other)
      next.members.append(other)
    }
    next.cost += state.rows + max(next.made, next.members.count == 1 ? 0 : enumerated / 2)
  }

  /// Equal rows of the columns that are still to be read count once.
  private func combine(_ state: inout State, before: State) {
    guard let wanted else { return }
    // A filter that can run now reads its columns before they go.
    let open = filters.filter { !$0.isSubset(of: before.bound) }
    let later = open.filter { !$0.isSubset(of: state.bound) }
    func isRead(_ slot: Slot, by filters: [SlotSet]) -> Bool {
      wanted.contains(slot) || filters.contains { $0.contains(slot) }
        || users[slot]?.contains { !state.done.contains($0) } ?? false
    }
    let new = SlotSet(state.members.flatMap { slots[$0] }.filter { !before.bound.contains($0) })
    let isGrown = new.contains { isRead($0, by: open) }
    var limit = 1.0
    state.front = SlotSet()
    for slot in before.front.union(new) where isRead(slot, by: later) {
      state.front.insert(slot)
      limit *= distinctCount(slot, state.done) ?? state.rows
    }
    if !isGrown, state.rows > before.rows {
      // Nothing new is read later: the rows stay, with another weight.
      state.cost -= state.rows - before.rows
      state.made = before.rows
    }
    state.rows = min(state.made, max(1, limit))
    if state.rows < state.made / 2 { state.cost += state.made / 2 }
  }

  /// Matches of a pattern for one row.
  private func fanout(_ index: Int, _ pattern: ScanPattern, _ state: State) -> Double {
    var result = counts[index]
    for position in 0..<3 {
      guard let slot = pattern[position].slot, state.bound.contains(slot) else { continue }
      result /= max(distinctCounts[index][position], distinctCount(slot, state.done) ?? 1)
    }
    return result
  }

  /// How many different terms a slot can have after some triple patterns are joined; nil when
  /// none of them has it.
  private func distinctCount(_ slot: Slot, _ done: SlotSet) -> Double? {
    var least: Double?
    for index in users[slot] ?? [] where done.contains(index) {
      guard case .triple(let pattern) = items[index] else { continue }
      for position in 0..<3 where pattern[position].slot == slot {
        least = min(least ?? .infinity, distinctCounts[index][position])
      }
    }
    return least
  }
}
