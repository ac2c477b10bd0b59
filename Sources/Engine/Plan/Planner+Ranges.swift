import Algebra
import RDF

/// Comparisons with constants: the terms that meet them are named, or found in their order by value, and
/// looked up from there.
extension Planner {
  /// The group with one more item: the terms that the comparisons of one variable leave, where
  /// they are few among all. The comparisons stay where some terms are doubtful.
  func narrowed(_ group: JoinGroup) throws(EvaluationError) -> JoinGroup? {
    for case .triple(let pattern) in group.items {
      for slot in pattern.slots {
        for filter in group.filters {
          guard let ids = terms(of: slot, filter.planned) else { continue }
          return group.limited(slot, to: ids)
        }
      }
    }
    for case .triple(let pattern) in group.items {
      guard case .constant(let predicate) = pattern.predicate, let slot = pattern.object.slot,
        let (bounds, others) = bounds(of: slot, in: group)
      else { continue }
      guard try context.prepareIfItFits(.valueOrder(predicate), of: group.graph),
        let (ids, isExact) = group.graph.objects(of: predicate, within: bounds, terms.dictionary)
      else { continue }
      var result = group.limited(slot, to: ids)
      if isExact { result.filters = others }
      return result
    }
    return nil
  }

  /// The terms of the graph that a condition names for a slot; nil where it does not, or where others may be equal.
  private func terms(of slot: Slot, _ planned: PlannedExpression) -> [TermID]? {
    let (place, names): (Expression, [Expression])
    var isIdentity = false
    switch planned.expression {
    case .compare(.equal, let term, .variable(let variable)):
      (place, names) = (.variable(variable), [term])
    case .compare(.equal, let variable, let term): (place, names) = (variable, [term])
    case .oneOf(let variable, let list, negated: false): (place, names) = (variable, list)
    case .call(.sameTerm, let pair) where pair.count == 2:
      isIdentity = true
      (place, names) = pair[0].isTerm ? (pair[1], [pair[0]]) : (pair[0], [pair[1]])
    default: return nil
    }
    guard case .variable(let variable) = place, planned.scope.position(variable)?.slot == slot
    else { return nil }
    var ids: [TermID] = []
    for case .term(let term) in names {
      guard isIdentity || term.equalsItselfAlone else { return nil }
      if let id = dataset.dictionary.lookup(term), !ids.contains(id) { ids.append(id) }
    }
    return names.allSatisfy(\.isTerm) ? ids : nil
  }

  /// What the comparisons of a slot leave, with the filters that say more.
  private func bounds(
    of slot: Slot, in group: JoinGroup
  ) -> (bounds: ValueOrder.Bounds, others: [FilterItem])? {
    var result: ValueOrder.Bounds?
    var others: [FilterItem] = []
    for filter in group.filters {
      let next = bounds(of: slot, filter.planned)
      if let next, let both = result.map({ $0.narrowed(by: next) }) ?? next {
        result = both
      } else {
        others.append(filter)
      }
    }
    return result.map { ($0, others) }
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

extension JoinGroup {
  /// With some terms as the only ones of a slot.
  fileprivate func limited(_ slot: Slot, to ids: [TermID]) -> JoinGroup {
    var result = self
    result.items.append(
      .plan(
        PlanNode(
          .values([ids]), columns: [slot], certain: SlotSet([slot]), estimate: Double(ids.count))))
    return result
  }
}

extension Expression {
  fileprivate var isTerm: Bool {
    if case .term = self { true } else { false }
  }
}

extension Term {
  /// Whether `=` holds of no other term.
  fileprivate var equalsItselfAlone: Bool {
    switch self {
    case .iri: true
    case .literal(let literal): literal.datatype == XSD.string
    case .blankNode, .triple: false
    }
  }
}

extension Graph {
  /// The objects of a predicate that may lie within bounds, if they are less than a quarter, and whether all do.
  fileprivate func objects(
    of predicate: TermID, within bounds: ValueOrder.Bounds, _ dictionary: TermDictionary
  ) -> (ids: [TermID], isExact: Bool)? {
    guard let order = base.valueOrder(ofObjectsOf: predicate, dictionary),
      let found = order.ids(within: bounds), found.count < order.count / 4
    else { return nil }
    // In the order that they are looked up in soonest.
    let ids = found.ascending
    guard !added.isEmpty else { return (ids, bounds.isExact && order.isWhole) }
    let more = added.objects(of: predicate)
    return (ids + Set(more).subtracting(ids).sorted(), false)
  }
}
