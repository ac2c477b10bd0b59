import Algebra
import Diagnostics

/// Putting a level of a query together. Source: SPARQL 1.2 Query, sections 18.3.4 and 18.3.5.
extension SPARQLParser {
  mutating func translated(_ level: QueryLevel, isSelect: Bool) throws(Diagnostic) -> Pattern {
    let columns = isSelect ? try checkedColumns(level) : []
    // Before it is built: what is too high cannot even be released.
    try setHeight(level.height + level.operatorCount)
    var pattern = level.pattern
    for key in level.keys {
      if let value = key.value { pattern = .extend(pattern, key.variable, value) }
    }
    if level.isGrouped {
      pattern = .group(
        pattern, by: level.keys.map(\.variable),
        aggregates: level.aggregates + Self.samples(level))
    }
    if !level.having.isEmpty {
      pattern = .filter(balanced(level.having[...], Expression.and), pattern)
    }
    if let values = level.values { pattern = .join(pattern, values) }
    let visible = columns ?? pattern.variablesInScope.filter(\.isOfText)
    for column in level.columns ?? [] {
      if let value = column.value { pattern = .extend(pattern, column.variable, value) }
    }
    if !level.order.isEmpty { pattern = .orderBy(pattern, level.order) }
    if isSelect { pattern = .project(pattern, visible) }
    switch level.quantity {
    case .all: break
    case .distinct: pattern = .distinct(pattern)
    case .reduced: pattern = .reduced(pattern)
    }
    if level.offset > 0 || level.limit != nil {
      pattern = .slice(pattern, offset: level.offset, limit: level.limit)
    }
    return pattern
  }

  /// HAVING and ORDER BY see a variable that is not grouped by as any of its values in the group.
  private static func samples(_ level: QueryLevel) -> [AggregateBinding] {
    let mentioned = (level.having + level.order.map(\.expression)).flatMap(\.ownVariables)
      .filter(\.isOfText)
    if mentioned.isEmpty { return [] }
    let named = Set(level.keys.map(\.variable) + (level.columns?.map(\.variable) ?? []))
    let candidates = mentioned.filter { !named.contains($0) }
    if candidates.isEmpty { return [] }
    var sampled = Set(level.pattern.variablesInScope)
    return candidates.compactMap { variable in
      guard sampled.remove(variable) != nil else { return nil }
      return AggregateBinding(variable, Aggregate(.sample, .variable(variable)))
    }
  }

  // MARK: Checks

  /// The variables that have a value before the columns get theirs.
  private func scopeOfColumns(_ level: QueryLevel) -> Set<Variable> {
    let inner = level.isGrouped ? level.keys.map(\.variable) : level.pattern.variablesInScope
    return Set(inner + (level.values?.variablesInScope ?? []))
  }

  /// The variables of the columns, each once; nil for `*`.
  private func checkedColumns(_ level: QueryLevel) throws(Diagnostic) -> [Variable]? {
    guard let columns = level.columns else {
      guard !level.isGrouped else {
        throw problem(
          "star-with-groups", "SELECT * cannot stand with groups: name the variables",
          at: level.columnsRange)
      }
      return nil
    }
    let keys = Set(level.keys.map(\.variable))
    let inner = columns.contains { $0.value != nil } ? scopeOfColumns(level) : []
    var seen: Set<Variable> = []
    var used: Set<Variable> = []
    var variables: [Variable] = []
    for column in columns {
      if level.isGrouped { try checkGrouped(column, keys, earlier: seen) }
      let isNew = seen.insert(column.variable).inserted
      if let value = column.value {
        if !isNew || inner.contains(column.variable) {
          throw inScope(column.variable, "SELECT", column.range)
        }
        guard !used.contains(column.variable) else {
          throw problem(
            "variable-used-before",
            "an expression before uses ?\(column.variable.name) already: AS in SELECT needs a new variable",
            at: column.range)
        }
        used.formUnion(value.ownVariables)
      }
      if isNew { variables.append(column.variable) }
    }
    return variables
  }

  /// That a column of a grouped query uses only what each group has one value of.
  private func checkGrouped(
    _ column: QueryLevel.Column, _ keys: Set<Variable>, earlier: Set<Variable>
  ) throws(Diagnostic) {
    let used = column.value?.ownVariables ?? [column.variable]
    let loose = used.first { $0.isOfText && !keys.contains($0) && !earlier.contains($0) }
    guard let loose else { return }
    throw problem(
      "ungrouped-variable", "?\(loose.name) is neither grouped by nor in an aggregate",
      at: column.range)
  }
}

extension Expression {
  /// The variables of the expression itself, without those of patterns inside, with repeats.
  var ownVariables: [Variable] {
    switch self {
    case .term, .exists: []
    case .variable(let variable), .bound(let variable): [variable]
    case .not(let inner), .negate(let inner): inner.ownVariables
    case .and(let a, let b), .or(let a, let b), .compare(_, let a, let b),
      .arithmetic(_, let a, let b):
      a.ownVariables + b.ownVariables
    case .oneOf(let value, let list, _): value.ownVariables + list.flatMap(\.ownVariables)
    case .conditional(let a, let b, let c), .triple(let a, let b, let c):
      a.ownVariables + b.ownVariables + c.ownVariables
    case .coalesce(let list), .call(_, let list), .callIRI(_, let list):
      list.flatMap(\.ownVariables)
    }
  }
}
