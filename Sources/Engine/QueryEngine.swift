public import Algebra
import RDF

/// Evaluates queries over snapshots.
public struct QueryEngine: Sendable {
  public init() {}

  /// The solutions of a query. For CONSTRUCT and DESCRIBE, those of its pattern.
  ///
  /// ASK ends at the first solution. `profile` adds a report on each operator.
  public func evaluate(
    _ query: Query, on snapshot: Snapshot, limits: Limits = Limits(), profile: Bool = false
  ) throws(EvaluationError) -> Evaluation {
    let context = ExecutionContext(snapshot, limits)
    try context.poll(rowCount: 0)
    var planner = Planner(context)
    var scope = Scope()
    var pattern = query.pattern
    if case .ask = query.form { pattern = .slice(pattern, offset: 0, limit: 1) }
    let variables = query.pattern.variablesInScope
    let whole = try planner.plan(pattern, &scope, snapshot.graph)
    let plan = ColumnPruning.prune(
      whole, needed: variables.compactMap { scope.position($0)?.slot })
    let builder = OperatorBuilder(context, profile: profile)
    let root = try builder.build(plan)
    let sources = variables.map { variable in
      scope.position(variable)?.slot.flatMap(plan.columns.firstIndex)
    }
    let solutions = try Self.collect(root, variables, sources, context)
    return Evaluation(
      solutions: solutions, plan: builder.measured.map { Self.report($0, context, scope) })
  }

  private static func collect(
    _ root: any Operator, _ variables: [Variable], _ sources: [Int?], _ context: ExecutionContext
  ) throws(EvaluationError) -> Solutions {
    var columns = [[TermID]](repeating: [], count: variables.count)
    var rowCount = 0
    while let batch = try root.next() {
      try context.poll(rowCount: batch.count)
      try context.charge(byteCount: batch.count * 4 * max(1, variables.count))
      for (index, source) in sources.enumerated() {
        if let source {
          columns[index] += batch.columns[source]
        } else {
          columns[index] += repeatElement(.none, count: batch.count)
        }
      }
      rowCount += batch.count
    }
    return Solutions(
      variables: variables, columns: columns, rowCount: rowCount, decoder: context.terms)
  }

  private static func report(
    _ measured: (node: PlanNode, operator: Measured, depth: Int), _ context: ExecutionContext,
    _ scope: Scope
  ) -> OperatorReport {
    let description = PlanDescription(measured.node, scope, context.terms)
    return OperatorReport(
      name: description.name, detail: description.detail,
      estimatedRowCount: measured.node.estimate, rowCount: measured.operator.rowCount,
      seconds: measured.operator.seconds, depth: measured.depth)
  }
}
