import Algebra

/// Turns patterns into the groups and SELECT clauses that mean the same.
struct SelectBuilder {
  var names: VariableNames

  init(names: VariableNames) {
    self.names = names
  }

  /// The group `{ … }` that means the pattern.
  mutating func group(_ pattern: Pattern) -> GroupPattern {
    var sequence = GroupSequence()
    sequence.append(pattern, &self)
    return sequence.group
  }

  /// A query without columns: the modifiers that it can have around the rest.
  mutating func modified(_ pattern: Pattern) -> SelectClause {
    var clause = SelectClause()
    var pattern = pattern
    if case .slice(let inner, let offset, let limit) = pattern {
      (clause.offset, clause.limit) = (offset, limit)
      pattern = inner
    }
    if case .orderBy(let inner, let keys) = pattern {
      clause.order = keys
      pattern = inner
    }
    clause.group = group(pattern)
    return clause
  }

  /// The SELECT that means the pattern, from the outermost modifier inwards.
  mutating func select(_ pattern: Pattern) -> SelectClause {
    var clause = SelectClause()
    var columns: [Variable]?
    let rest = peel(pattern, into: &clause, &columns)
    let isGrouped = addGrouping(rest, columns ?? rest.variablesInScope, to: &clause)
    if !isGrouped {
      clause.items = (columns ?? rest.variablesInScope).map { SelectClause.Item(variable: $0) }
      clause.group = group(rest)
    }
    if clause.items.isEmpty {
      // SPARQL has no SELECT of no columns: one that is never bound keeps the number of rows.
      clause.items = [SelectClause.Item(variable: names.fresh(like: "none"))]
    }
    return clause
  }

  /// Takes the modifiers that one SELECT can have, in its order: slice, distinct, projection, order.
  private func peel(
    _ pattern: Pattern, into clause: inout SelectClause, _ columns: inout [Variable]?
  ) -> Pattern {
    var pattern = pattern
    if case .slice(let inner, let offset, let limit) = pattern {
      (clause.offset, clause.limit) = (offset, limit)
      pattern = inner
    }
    var outerOrder: [SortKey] = []
    if case .orderBy(let inner, let keys) = pattern {
      outerOrder = keys
      pattern = inner
    }
    let sorted = Set(outerOrder.flatMap(\.expression.mentionedVariables))
    let visible = pattern.variablesInScope
    // An order above DISTINCT or a projection moves below them only when it sees nothing else there.
    guard outerOrder.isEmpty || sorted.isSubset(of: visible) else {
      clause.order = outerOrder
      return pattern
    }
    clause.order = outerOrder
    if case .distinct(let inner) = pattern {
      clause.quantity = .distinct
      columns = visible
      pattern = inner
    } else if case .reduced(let inner) = pattern {
      clause.quantity = .reduced
      columns = visible
      pattern = inner
    }
    if case .project(let inner, let variables) = pattern {
      columns = variables
      pattern = inner
    }
    if clause.order.isEmpty, case .orderBy(let inner, let keys) = pattern {
      columns = columns ?? visible
      clause.order = keys
      pattern = inner
    }
    return pattern
  }
}
