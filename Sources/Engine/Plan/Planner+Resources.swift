import Algebra
import RDF

/// Comparing handles where no values can be meant.
extension Planner {
  /// A filter whose `=` or `!=` is between terms that are the same or not equal at all.
  func simplified(_ filter: FilterItem, in group: JoinGroup) -> FilterItem {
    guard case .compare(let op, let a, let b) = filter.planned.expression,
      op == .equal || op == .notEqual,
      isResource(a, filter, group) || isResource(b, filter, group)
    else { return filter }
    let same = Expression.call(.sameTerm, [a, b])
    let planned = PlannedExpression(
      expression: op == .equal ? same : .not(same), scope: filter.planned.scope,
      graph: filter.planned.graph)
    return FilterItem(planned: planned, slots: filter.slots, stage: filter.stage)
  }

  private func isResource(
    _ expression: Expression, _ filter: FilterItem, _ group: JoinGroup
  ) -> Bool {
    switch expression {
    case .term(.iri): return true
    case .variable(let variable):
      guard let slot = filter.planned.scope.position(variable)?.slot else { return false }
      return group.items.contains { item in
        guard case .triple(let pattern) = item else { return false }
        if pattern.subject.slot == slot || pattern.predicate.slot == slot { return true }
        guard pattern.object.slot == slot, case .constant(let predicate) = pattern.predicate else {
          return false
        }
        return group.graph.hasOnlyResources(asObjectsOf: predicate, terms.dictionary)
      }
    default: return false
    }
  }
}

extension Graph {
  /// Whether the objects of a predicate are IRIs and blank nodes. Linear in their number when
  /// first asked.
  fileprivate func hasOnlyResources(
    asObjectsOf predicate: TermID, _ dictionary: TermDictionary
  ) -> Bool {
    base.hasOnlyResources(asObjectsOf: predicate, dictionary)
      && added.hasOnlyResources(asObjectsOf: predicate, dictionary)
  }
}
