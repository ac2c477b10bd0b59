import Algebra
import RDF

/// Flattening nested joins into groups.
extension Planner {
  mutating func collect(
    _ pattern: Pattern, into group: inout JoinGroup, _ scope: inout Scope, depth: Int
  ) throws(EvaluationError) {
    guard depth < Self.depthLimit else { throw .unsupported("patterns nested too deeply") }
    switch pattern {
    case .triples(let triples):
      for triple in triples { try collect(triple, into: &group, &scope) }
    case .path(let subject, let path, let object):
      try collect(subject, path, object, into: &group, &scope, depth: depth)
    case .join(let left, let right):
      try collectOperand(left, into: &group, &scope, depth: depth + 1)
      try collectOperand(right, into: &group, &scope, depth: depth + 1)
    case .filter(let condition, let inner):
      try collectFilter(condition, inner, into: &group, &scope, depth: depth)
    case .leftJoin(let left, let right, let condition):
      try collect(left, into: &group, &scope, depth: depth + 1)
      group.optionals.append(OptionalItem(pattern: right, condition: condition))
    case .values(let variables, let rows):
      group.items.append(.plan(try values(variables, rows, &scope)))
      for variable in variables {
        if let id = scope.constants[variable] { group.fix(slot(variable, &scope), id) }
      }
    case .graph(let name, let inner):
      group.items.append(.plan(try named(name, inner, &scope, depth: depth)))
    case .union, .minus, .extend, .group, .orderBy, .project, .distinct, .reduced, .slice, .service:
      group.items.append(.plan(try plan(pattern, &scope, group.graph, depth: depth + 1)))
    }
  }

  /// One side of a join: its parts join the group where that cannot change their meaning.
  private mutating func collectOperand(
    _ pattern: Pattern, into group: inout JoinGroup, _ scope: inout Scope, depth: Int
  ) throws(EvaluationError) {
    switch pattern {
    case .filter, .leftJoin:
      var own = JoinGroup(graph: group.graph)
      try collect(pattern, into: &own, &scope, depth: depth)
      let certain = own.items.reduce(SlotSet()) { $0.union($1.certain) }
      if own.optionals.isEmpty, own.filters.allSatisfy({ $0.slots.isSubset(of: certain) }) {
        group.items += own.items
        group.filters += own.filters
      } else {
        group.items.append(.plan(try plan(own, on: .unit, &scope, depth: depth)))
      }
    default:
      try collect(pattern, into: &group, &scope, depth: depth)
    }
  }

  /// A filter over a group: its conjuncts run as soon as their variables are bound, unless an
  /// optional part below may still bind them.
  private mutating func collectFilter(
    _ condition: Expression, _ inner: Pattern, into group: inout JoinGroup, _ scope: inout Scope,
    depth: Int
  ) throws(EvaluationError) {
    try collect(inner, into: &group, &scope, depth: depth + 1)
    for conjunct in Self.conjuncts(condition) {
      // Every variable gets its slot now, so that a filter can wait for it.
      for variable in conjunct.variables { _ = slot(variable, &scope) }
      let planned = PlannedExpression(
        expression: conjunct, scope: scope, graph: group.graph)
      let slots = SlotSet(conjunct.variables.compactMap { scope.position($0)?.slot })
      group.filters.append(
        FilterItem(planned: planned, slots: slots, stage: group.optionals.count))
    }
  }

  static func conjuncts(_ expression: Expression) -> [Expression] {
    var result: [Expression] = []
    var rest = [expression]
    while let next = rest.popLast() {
      if case .and(let left, let right) = next {
        rest.append(right)
        rest.append(left)
      } else {
        result.append(next)
      }
    }
    return result
  }

  // MARK: Triples

  private mutating func collect(
    _ triple: TriplePattern, into group: inout JoinGroup, _ scope: inout Scope
  ) throws(EvaluationError) {
    let positions = [
      try position(triple.subject, &group, &scope, depth: 0),
      try position(triple.predicate, &group, &scope, depth: 0),
      try position(triple.object, &group, &scope, depth: 0),
    ]
    group.items.append(.triple(distinctSlots(positions, &group)))
  }

  /// A pattern in which a repeated slot is replaced by a hidden one that must be the same.
  mutating func distinctSlots(_ positions: [Position], _ group: inout JoinGroup)
    -> ScanPattern
  {
    var positions = positions
    for (index, position) in positions.enumerated() {
      guard let slot = position.slot, positions[..<index].contains(position) else { continue }
      let hidden = freshSlot()
      positions[index] = .slot(hidden)
      group.filters.append(sameTerm(slot, hidden, group.graph))
    }
    return ScanPattern(positions[0], positions[1], positions[2])
  }

  private mutating func sameTerm(_ a: Slot, _ b: Slot, _ graph: Graph) -> FilterItem {
    let left = Variable(" a")
    let right = Variable(" b")
    var scope = Scope()
    scope.bind(left, to: a)
    scope.bind(right, to: b)
    let test = Expression.call(.sameTerm, [.variable(left), .variable(right)])
    return FilterItem(
      planned: PlannedExpression(expression: test, scope: scope, graph: graph),
      slots: SlotSet([a, b]))
  }

  mutating func position(
    _ pattern: TermPattern, _ group: inout JoinGroup, _ scope: inout Scope, depth: Int
  ) throws(EvaluationError) -> Position {
    guard depth < Self.depthLimit else { throw .unsupported("triple terms nested too deeply") }
    switch pattern {
    case .term(let term): return .constant(try terms.intern(term))
    case .variable(let variable):
      let slot = slot(variable, &scope)
      if let id = scope.constants[variable] { group.fix(slot, id) }
      return .slot(slot)
    case .triple(let triple):
      let parts = [
        try position(triple.subject, &group, &scope, depth: depth + 1),
        try position(triple.predicate, &group, &scope, depth: depth + 1),
        try position(triple.object, &group, &scope, depth: depth + 1),
      ]
      let inner = distinctSlots(parts, &group)
      if inner.slots.isEmpty { return .constant(try terms.internTriple(inner.constants)) }
      let slot = freshSlot()
      group.items.append(.tripleTerm(slot, inner))
      return .slot(slot)
    }
  }

  // MARK: Values and named graphs

  private mutating func values(
    _ variables: [Variable], _ rows: [[Term?]], _ scope: inout Scope
  ) throws(EvaluationError) -> PlanNode {
    var columns: [[TermID]] = []
    for column in variables.indices {
      var ids: [TermID] = []
      for row in rows {
        try context.tick(16)
        guard let term = row[column] else {
          ids.append(.none)
          continue
        }
        ids.append(try terms.intern(term))
      }
      columns.append(ids)
    }
    let slots = variables.map { slot($0, &scope) }
    let certain = zip(slots, columns).filter { $1.allSatisfy(\.isBound) }.map(\.0)
    return slots.isEmpty
      ? repeated(rows.count)
      : PlanNode(
        .values(columns), columns: slots, certain: SlotSet(certain), estimate: Double(rows.count))
  }

  /// So many empty solutions.
  private mutating func repeated(_ count: Int) -> PlanNode {
    if count == 1 { return .unit }
    let rows = PlanNode(
      .values([[TermID](repeating: .none, count: count)]), columns: [freshSlot()],
      certain: SlotSet(), estimate: Double(count))
    return PlanNode(
      .project, [rows], columns: [], certain: SlotSet(), estimate: Double(count))
  }

  private mutating func named(
    _ name: TermPattern, _ inner: Pattern, _ scope: inout Scope, depth: Int
  ) throws(EvaluationError) -> PlanNode {
    var ignored = JoinGroup(graph: .empty)
    switch try position(name, &ignored, &scope, depth: 0) {
    case .constant(let id):
      if let graph = dataset.namedGraphs[id] {
        return try plan(inner, &scope, graph, depth: depth + 1)
      }
      return .nothing(try plan(inner, &scope, .empty, depth: depth + 1).columns)
    case .slot(let slot):
      let fixed = name.variables.first.flatMap { scope.constants[$0] }
      return try everyGraph(slot, fixed, inner, &scope, depth: depth)
    }
  }

  /// The union over all named graphs, or the one that is fixed from outside.
  private mutating func everyGraph(
    _ slot: Slot, _ fixed: TermID?, _ inner: Pattern, _ scope: inout Scope, depth: Int
  ) throws(EvaluationError) -> PlanNode {
    var branches: [PlanNode] = []
    for (id, graph) in dataset.namedGraphs.sorted(by: { $0.key < $1.key })
    where fixed == nil || fixed == id {
      var group = JoinGroup(graph: graph)
      group.fix(slot, id)
      group.items.append(.plan(try plan(inner, &scope, graph, depth: depth + 1)))
      branches.append(try plan(group, on: .unit, &scope, depth: depth))
    }
    guard let first = branches.first else {
      let none = try plan(inner, &scope, .empty, depth: depth + 1)
      return .nothing(none.columns + (none.columns.contains(slot) ? [] : [slot]))
    }
    if branches.count == 1 { return first }
    var columns = first.columns
    for branch in branches { columns += branch.columns.filter { !columns.contains($0) } }
    return PlanNode(
      .union, branches, columns: columns,
      certain: branches.reduce(first.certain) { $0.intersection($1.certain) },
      estimate: branches.reduce(0) { $0 + $1.estimate })
  }
}
