import RDF

/// The order in which the items of a group are joined: the cheapest by dynamic programming over
/// their subsets for up to ten, the cheapest next for more.
///
/// The cost is the number of rows looked up and made on the way, from the counts of the indexes.
struct JoinOrder {
  private let items: [JoinGroup.Item]
  private let cardinality: Cardinality
  /// For each triple pattern, the matches for one row by which of its positions are bound.
  private var fanouts: [[Double]]

  private static let programmingLimit = 10

  /// What has been joined so far.
  private struct State {
    var cost: Double
    var rows: Double
    var bound: SlotSet
    var hasColumns: Bool
  }

  init(_ items: [JoinGroup.Item], _ cardinality: Cardinality) {
    self.items = items
    self.cardinality = cardinality
    fanouts = items.map { item in
      if case .triple = item { [Double](repeating: -1, count: 8) } else { [] }
    }
  }

  /// Positions of the items, in the order to join them.
  mutating func run(bound: SlotSet, rows: Double, hasColumns: Bool) -> [Int] {
    if items.count < 2 { return Array(items.indices) }
    let start = State(cost: 0, rows: rows, bound: bound, hasColumns: hasColumns)
    return items.count <= Self.programmingLimit ? programmed(start) : greedy(start)
  }

  private mutating func greedy(_ start: State) -> [Int] {
    var state = start
    var rest = Array(items.indices)
    var order: [Int] = []
    while !rest.isEmpty {
      var best: (place: Int, state: State)?
      for (place, index) in rest.enumerated() {
        let next = joined(state, index)
        if next.cost < best?.state.cost ?? .infinity { best = (place, next) }
      }
      guard let best else { return order + rest }
      order.append(rest.remove(at: best.place))
      state = best.state
    }
    return order
  }

  private mutating func programmed(_ start: State) -> [Int] {
    let all = 1 << items.count - 1
    var best = [State?](repeating: nil, count: all + 1)
    var last = [Int](repeating: 0, count: all + 1)
    best[0] = start
    for set in 0..<all {
      guard let state = best[set] else { continue }
      for index in items.indices where set >> index & 1 == 0 {
        let next = joined(state, index)
        let larger = set | 1 << index
        if next.cost < best[larger]?.cost ?? .infinity {
          best[larger] = next
          last[larger] = index
        }
      }
    }
    var order: [Int] = []
    var set = all
    while set != 0 {
      order.append(last[set])
      set &= ~(1 << last[set])
    }
    return order.reversed()
  }

  /// The state after joining one more item.
  private mutating func joined(_ state: State, _ index: Int) -> State {
    var next = state
    let item = items[index]
    switch item {
    case .triple(let pattern):
      next.rows = state.rows * fanout(index, pattern, state.bound)
      next.cost += state.rows + next.rows
    case .tripleTerm(let slot, let pattern):
      let isReady =
        state.bound.contains(slot) || SlotSet(pattern.slots).isSubset(of: state.bound)
      next.rows = state.rows * 0.9
      next.cost += isReady ? state.rows : Self.never
    case .path(let path):
      next.rows = state.rows * cardinality.fanout(path, bound: state.bound)
      next.cost += state.rows * 20 + next.rows
    case .plan(let plan):
      let isWhole = SlotSet(plan.columns).isSubset(of: plan.certain)
      if !state.hasColumns || plan.certain.isDisjoint(with: state.bound) {
        next.rows = state.rows * plan.estimate
      } else {
        next.rows = max(state.rows, plan.estimate)
      }
      next.cost += plan.cost + state.rows + next.rows + (isWhole ? 0 : Self.last)
    }
    next.bound = state.bound.union(item.certain)
    next.hasColumns = true
    return next
  }

  /// Beyond any real cost: what cannot be done yet, and what is better done last.
  private static let never = 1e200
  private static let last = 1e100

  private mutating func fanout(
    _ index: Int, _ pattern: ScanPattern, _ bound: SlotSet
  ) -> Double {
    var mask = 0
    for position in 0..<3 {
      if let slot = pattern[position].slot, bound.contains(slot) { mask |= 1 << position }
    }
    if fanouts[index][mask] < 0 {
      fanouts[index][mask] = cardinality.fanout(pattern, bound: bound)
    }
    return fanouts[index][mask]
  }
}
