import Algebra

/// A GROUP BY with the filters and expressions above it.
private struct Grouping {
  var inner: Pattern
  var keys: [Variable]
  var aggregates: [AggregateBinding]
  var filters: [Expression] = []
  /// Innermost first.
  var extensions: [(variable: Variable, value: Expression)] = []
  /// What is defined so far, and whether every expression sees only that.
  private var known: Set<Variable>
  private var isClosed = true

  private init(_ inner: Pattern, _ keys: [Variable], _ aggregates: [AggregateBinding]) {
    (self.inner, self.keys, self.aggregates) = (inner, keys, aggregates)
    known = Set(keys + aggregates.map(\.variable))
  }

  /// nil when the pattern is no grouping under filters and extensions.
  static func of(_ pattern: Pattern) -> Grouping? {
    switch pattern {
    case .group(let inner, let keys, let aggregates): return Grouping(inner, keys, aggregates)
    case .filter(let condition, let inner):
      var grouping = of(inner)
      grouping?.note(condition)
      grouping?.filters.append(condition)
      return grouping
    case .extend(let inner, let variable, let value):
      var grouping = of(inner)
      grouping?.note(value)
      grouping?.extensions.append((variable, value))
      grouping?.known.insert(variable)
      return grouping
    default: return nil
    }
  }

  private mutating func note(_ use: Expression) {
    isClosed = isClosed && use.isPlain && known.isSuperset(of: use.mentionedVariables)
  }

  /// Whether one SELECT can say all of it: nothing defined twice, no outside name, and nothing that must not be written
  /// out again where it is used.
  func fits(columns: [Variable], order: [SortKey]) -> Bool {
    let defined = aggregates.map(\.variable) + extensions.map(\.variable)
    var whole = self
    for key in order { whole.note(key.expression) }
    return whole.isClosed && Set(defined).count == defined.count
      && Set(defined).isDisjoint(with: inner.variablesInScope + keys)
      && !columns.isEmpty && columns.allSatisfy(known.contains)
      && (!keys.isEmpty || writesAggregate(columns))
  }

  /// Whether an aggregate appears in the text: without GROUP BY it alone shows that there is a group.
  private func writesAggregate(_ columns: [Variable]) -> Bool {
    let values = extensions.filter { columns.contains($0.variable) }.map(\.value)
    let written = columns + (filters + values).flatMap(\.mentionedVariables)
    return aggregates.contains { written.contains($0.variable) }
  }
}

extension SelectBuilder {
  /// Fills the clause from a grouping; false when the pattern is none that fits one SELECT.
  mutating func addGrouping(
    _ pattern: Pattern, _ columns: [Variable], to clause: inout SelectClause
  ) -> Bool {
    guard let grouping = Grouping.of(pattern),
      grouping.fits(columns: columns, order: clause.order)
    else { return false }
    for binding in grouping.aggregates {
      clause.substitutes[binding.variable] = .aggregate(binding.aggregate)
    }
    for (variable, value) in grouping.extensions {
      clause.substitutes[variable] = .expression(value)
    }
    clause.items = columns.map { column in
      SelectClause.Item(
        variable: column, value: clause.substitutes[column] == nil ? nil : .variable(column))
    }
    clause.group = group(grouping.inner)
    clause.groupKeys = grouping.keys
    clause.having = grouping.filters
    return true
  }

  /// A grouping on its own, as a sub-select that gives all keys and aggregates; aggregates whose name is taken inside
  /// get another one first.
  mutating func subselect(
    grouping inner: Pattern, by keys: [Variable], _ aggregates: [AggregateBinding]
  ) -> [GroupElement] {
    let taken = Set(inner.variablesInScope + keys)
    var clause = SelectClause()
    clause.items = keys.map { SelectClause.Item(variable: $0) }
    var renamed: [GroupElement] = []
    for binding in aggregates {
      var variable = binding.variable
      if taken.contains(variable) {
        variable = names.fresh(like: variable.name)
        renamed.append(.bind(.variable(variable), binding.variable))
      }
      clause.substitutes[variable] = .aggregate(binding.aggregate)
      clause.items.append(SelectClause.Item(variable: variable, value: .variable(variable)))
    }
    if clause.items.isEmpty {
      let count = names.fresh(like: "count")
      clause.substitutes[count] = .aggregate(Aggregate(.count, nil))
      clause.items = [SelectClause.Item(variable: count, value: .variable(count))]
    }
    clause.group = group(inner)
    clause.groupKeys = keys
    return [.select(clause)] + renamed
  }
}

extension Expression {
  /// Whether writing it out in several places means the same: no BOUND, EXISTS, or function that varies.
  fileprivate var isPlain: Bool {
    switch self {
    case .term, .variable: true
    case .bound, .exists: false
    case .not(let inner), .negate(let inner): inner.isPlain
    case .and(let a, let b), .or(let a, let b), .compare(_, let a, let b),
      .arithmetic(_, let a, let b):
      a.isPlain && b.isPlain
    case .oneOf(let value, let list, _): value.isPlain && list.allSatisfy(\.isPlain)
    case .conditional(let a, let b, let c), .triple(let a, let b, let c):
      a.isPlain && b.isPlain && c.isPlain
    case .coalesce(let list), .callIRI(_, let list): list.allSatisfy(\.isPlain)
    case .call(let function, let list):
      switch function {
      case .rand, .uuid, .strUUID, .bnode: false
      default: list.allSatisfy(\.isPlain)
      }
    }
  }
}
