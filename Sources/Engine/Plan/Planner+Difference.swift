import Algebra
import RDF

/// Counting by exclusion: as many solutions meet a condition as there are without it, less those
/// that meet its opposite, where the opposite is one more pattern or one variable less.
extension Planner {
  /// nil when no condition of the group is such.
  mutating func difference(
    _ group: JoinGroup, _ scope: inout Scope, depth: Int, demand: Demand
  ) throws(EvaluationError) -> PlanNode? {
    guard depth < Self.depthLimit, group.optionals.isEmpty else { return nil }
    for (index, filter) in group.filters.enumerated() {
      var rest = group
      rest.filters.remove(at: index)
      guard
        let opposite = try opposite(of: simplified(filter, in: group), in: rest, depth, demand)
      else { continue }
      var demand = demand
      demand.differenceCount -= 1
      let all = try plan(rest, on: .unit, &scope, depth: depth + 1, demand: demand)
      let less = try plan(opposite, on: .unit, &scope, depth: depth + 1, demand: demand)
      let columns = all.columns.filter { demand.slots.contains($0) && less.columns.contains($0) }
      return PlanNode(
        .difference, [all, less], columns: columns,
        certain: all.certain.intersection(less.certain).intersection(SlotSet(columns)),
        estimate: all.estimate)
    }
    return nil
  }

  private mutating func opposite(
    of filter: FilterItem, in group: JoinGroup, _ depth: Int, _ demand: Demand
  ) throws(EvaluationError) -> JoinGroup? {
    let certain = group.items.reduce(SlotSet()) { $0.union($1.certain) }
    guard filter.slots.isSubset(of: certain) else { return nil }
    switch filter.planned.expression {
    case .not(.call(.sameTerm, let arguments)) where arguments.count == 2:
      guard let a = filter.slot(arguments[0]), let b = filter.slot(arguments[1]) else {
        return nil
      }
      return demand.slots.contains(b)
        ? demand.slots.contains(a) ? nil : identified(a, b, group) : identified(b, a, group)
    case .not(.exists(.triples(let triples))):
      guard triples.count == 1, triples[0].isFlat else { return nil }
      var scope = filter.planned.scope
      var result = group
      try collect(.triples(triples), into: &result, &scope, depth: depth)
      result.removeRepeatedTriples()
      return result
    default: return nil
    }
  }

  /// The group with one slot in the place of another; nil where that cannot be done.
  private mutating func identified(
    _ slot: Slot, _ kept: Slot, _ group: JoinGroup
  ) -> JoinGroup? {
    guard slot != kept else { return nil }
    var result = JoinGroup(graph: group.graph)
    for item in group.items {
      if case .triple(let pattern) = item {
        let positions = (0..<3).map { pattern[$0] == .slot(slot) ? .slot(kept) : pattern[$0] }
        result.items.append(.triple(distinctSlots(positions, &result)))
      } else if item.columns.contains(slot) {
        return nil
      } else {
        result.items.append(item)
      }
    }
    result.filters += group.filters.map { $0.replacing(slot, by: kept) }
    result.removeRepeatedTriples()
    return result
  }
}

extension FilterItem {
  fileprivate func slot(_ expression: Expression) -> Slot? {
    guard case .variable(let variable) = expression else { return nil }
    return planned.scope.position(variable)?.slot
  }

  fileprivate func replacing(_ slot: Slot, by kept: Slot) -> FilterItem {
    guard slots.contains(slot) else { return self }
    var scope = planned.scope
    for (variable, place) in scope.slots where place == slot { scope.bind(variable, to: kept) }
    let expression = PlannedExpression(
      expression: planned.expression, scope: scope, graph: planned.graph)
    return FilterItem(planned: expression, slots: expression.slots, stage: stage)
  }
}

extension TriplePattern {
  /// Whether it holds no pattern of a triple term.
  fileprivate var isFlat: Bool {
    [subject, predicate, object].allSatisfy { if case .triple = $0 { false } else { true } }
  }
}

extension JoinGroup {
  /// A triple pattern joined with itself is itself.
  fileprivate mutating func removeRepeatedTriples() {
    var seen: Set<ScanPattern> = []
    items.removeAll { item in
      if case .triple(let pattern) = item { !seen.insert(pattern).inserted } else { false }
    }
  }
}
