public import Algebra
import RDF

/// Evaluates queries over snapshots.
public struct QueryEngine: Sendable {
  public init() {}

  /// The answer to a query: solutions, and a graph for CONSTRUCT and DESCRIBE.
  ///
  /// ASK ends at the first solution. `profile` adds a report on each operator.
  public func evaluate(
    _ query: Query, on snapshot: Snapshot, limits: Limits = Limits(), profile: Bool = false
  ) throws(EvaluationError) -> Evaluation {
    try evaluate(PreparedQuery(query, on: snapshot), limits: limits, profile: profile)
  }

  /// The answer to a query that may have been asked before.
  public func evaluate(
    _ query: PreparedQuery, limits: Limits = Limits(), profile: Bool = false
  ) throws(EvaluationError) -> Evaluation {
    let context = ExecutionContext(query.snapshot, limits, base: query.query.base)
    return try DeepStack.run(ifLarge: query.isLarge, context) { () throws(EvaluationError) in
      try Self.answer(query, context, profile)
    }
  }

  private static func answer(
    _ prepared: PreparedQuery, _ context: ExecutionContext, _ profile: Bool
  ) throws(EvaluationError) -> Evaluation {
    let query = prepared.query
    if let clause = query.dataset { try context.restrict(to: clause) }
    try context.poll(rowCount: 0)
    let plan = try prepared.plan(context)
    var evaluation = try run(plan, context, profile: profile)
    switch query.form {
    case .select, .ask: break
    case .construct(let template):
      evaluation.graph = try graph(template, evaluation.solutions, context)
    case .describe(let targets):
      evaluation.graph = try Description.graph(targets, evaluation.solutions, context)
    }
    return evaluation
  }

  /// The solutions that a plan gives.
  static func run(
    _ plan: QueryPlan, _ context: ExecutionContext, profile: Bool = false
  ) throws(EvaluationError) -> Evaluation {
    let builder = OperatorBuilder(context, profile: profile)
    let root = try builder.build(plan.root, isWhole: true)
    let solutions = try Self.collect(root, plan, context)
    return Evaluation(
      solutions: solutions, plan: builder.measured.map { Self.report($0, context, plan.scope) })
  }

  private static func graph(
    _ template: [TriplePattern], _ solutions: Solutions, _ context: ExecutionContext
  ) throws(EvaluationError) -> ResultGraph {
    var instances = TemplateInstances(context)
    var found = TripleCollector()
    try instances.forEach(template.map { QuadPattern($0) }, solutions) {
      triple, _ throws(EvaluationError) in
      try found.add(triple, context)
    }
    return ResultGraph(try found.finish(context), decoder: context.terms)
  }

  private static func collect(
    _ root: any Operator, _ plan: QueryPlan, _ context: ExecutionContext
  ) throws(EvaluationError) -> Solutions {
    let rows = CollectedRows()
    while let batch = try root.next() {
      try context.poll(rowCount: batch.count)
      try rows.append(batch, context)
    }
    return Solutions(
      variables: plan.variables, columns: try rows.columns(plan.sources, context),
      rowCount: rows.count, decoder: context.terms)
  }

  private static func report(
    _ measured: (node: PlanNode, operator: Measured, depth: Int), _ context: ExecutionContext,
    _ scope: Scope
  ) -> OperatorReport {
    let description = PlanDescription(measured.node, scope, context.terms)
    return OperatorReport(
      name: measured.operator.isMerge ? "merge join" : description.name, detail: description.detail,
      estimatedRowCount: measured.node.estimate, rowCount: measured.operator.rowCount,
      seconds: measured.operator.seconds, depth: measured.depth)
  }
}
