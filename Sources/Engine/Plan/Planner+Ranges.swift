import Algebra
import RDF

/// Comparisons of an object with constants: the objects that meet them are found in their order
/// by value, and looked up from there.
extension Planner {
  /// The group with one more item: the objects that the comparisons of one variable leave, where
  /// they are few among all. The comparisons stay, to decide the doubtful ones.
  func narrowed(_ group: JoinGroup) throws(EvaluationError) -> JoinGroup? {
    for case .triple(let pattern) in group.items {
      guard case .constant(let predicate) = pattern.predicate, let slot = pattern.object.slot,
        let bounds = bounds(of: slot, in: group)
      else { continue }
      guard try context.prepareIfItFits(.valueOrder(predicate), of: group.graph),
        let ids = group.graph.objects(of: predicate, within: bounds, terms.dictionary)
      else { continue }
      var result = group
      result.items.append(
        .plan(
          PlanNode(
            .values([ids]), columns: [slot], certain: SlotSet([slot]), estimate: Double(ids.count)
          )))
      return result
    }
    return nil
  }

  private func bounds(of slot: Slot, in group: JoinGroup) -> ValueOrder.Bounds? {
    var result: ValueOrder.Bounds?
    for filter in group.filters {
      guard let next = bounds(of: slot, filter.planned) else { continue }
      result = result.map { $0.narrowed(by: next) ?? $0 } ?? next
    }
    return result
  }

  private func bounds(of slot: Slot, _ planned: PlannedExpression) -> ValueOrder.Bounds? {
    guard case .compare(let comparison, let a, let b) = planned.expression else { return nil }
    switch (a, b) {
    case (.variable(let variable), .term(let term)):
      return bounds(slot, planned.scope.position(variable), comparison, term)
    case (.term(let term), .variable(let variable)):
      return bounds(slot, planned.scope.position(variable), comparison.mirrored, term)
    default: return nil
    }
  }

  private func bounds(
    _ slot: Slot, _ position: Position?, _ comparison: Expression.Comparison, _ term: Term
  ) -> ValueOrder.Bounds? {
    guard position?.slot == slot, let id = try? terms.intern(term) else { return nil }
    return ValueOrder.Bounds(comparison, terms.packedValue(id))
  }
}

extension Graph {
  /// The objects of a predicate that may lie within bounds, if they are less than a quarter.
  fileprivate func objects(
    of predicate: TermID, within bounds: ValueOrder.Bounds, _ dictionary: TermDictionary
  ) -> [TermID]? {
    guard let order = base.valueOrder(ofObjectsOf: predicate, dictionary),
      let ids = order.ids(within: bounds), ids.count < order.count / 4
    else { return nil }
    guard !added.isEmpty else { return ids }
    let more = added.objects(of: predicate)
    return ids + Set(more).subtracting(ids).sorted()
  }
}
