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
    try DeepStack.run(for: query.pattern) { () throws(EvaluationError) in
      try Self.answer(query, snapshot, limits, profile)
    }
  }

  private static func answer(
    _ query: Query, _ snapshot: Snapshot, _ limits: Limits, _ profile: Bool
  ) throws(EvaluationError) -> Evaluation {
    let context = ExecutionContext(snapshot, limits, base: query.base)
    if let clause = query.dataset { try context.restrict(to: clause) }
    switch query.form {
    case .select:
      return try run(query.pattern, query.pattern.variablesInScope, context, profile: profile)
    case .ask:
      let first = Pattern.slice(query.pattern, offset: 0, limit: 1)
      return try run(first, [], context, profile: profile)
    case .construct(let template):
      var evaluation = try run(
        query.pattern, template.flatMap(\.variables), context, profile: profile)
      evaluation.graph = try graph(template, evaluation.solutions, context)
      return evaluation
    case .describe(let targets):
      var evaluation = try run(
        query.pattern, targets.flatMap(\.variables), context, profile: profile)
      evaluation.graph = try Description.graph(targets, evaluation.solutions, context)
      return evaluation
    }
  }

  /// The solutions of a pattern, with columns for some of its variables.
  static func run(
    _ pattern: Pattern, _ wanted: [Variable], _ context: ExecutionContext, profile: Bool = false
  ) throws(EvaluationError) -> Evaluation {
    try context.poll(rowCount: 0)
    var seen: Set<Variable> = []
    let variables = wanted.filter { seen.insert($0).inserted }
    var planner = Planner(context)
    var scope = Scope()
    let whole = try planner.plan(pattern, &scope, context.dataset.graph)
    guard whole.height <= Planner.heightLimit else {
      throw .unsupported("a plan more than \(Planner.heightLimit) operators high")
    }
    let plan = ColumnPruning.prune(
      whole, needed: variables.compactMap { scope.position($0)?.slot })
    let builder = OperatorBuilder(context, profile: profile)
    let root = try builder.build(plan, isWhole: true)
    let sources = variables.map { variable in
      scope.position(variable)?.slot.flatMap(plan.columns.firstIndex)
    }
    let solutions = try Self.collect(root, variables, sources, context)
    return Evaluation(
      solutions: solutions, plan: builder.measured.map { Self.report($0, context, scope) })
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
    _ root: any Operator, _ variables: [Variable], _ sources: [Int?], _ context: ExecutionContext
  ) throws(EvaluationError) -> Solutions {
    var rows = CollectedRows()
    do throws(EvaluationError) {
      while let batch = try root.next() {
        try context.poll(rowCount: batch.count)
        try rows.append(batch, context)
      }
    } catch {
      rows.discard()
      throw error
    }
    let rowCount = rows.count
    return Solutions(
      variables: variables, columns: try rows.columns(sources, context), rowCount: rowCount,
      decoder: context.terms)
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

/// Keeps each triple once, in order of arrival.
private struct TripleCollector {
  private var found = RowTable(width: 3)
  private var waiting = [[TermID]](repeating: [], count: 3)

  mutating func add(
    _ triple: EncodedTriple, _ context: ExecutionContext
  ) throws(EvaluationError) {
    waiting[0].append(triple.subject)
    waiting[1].append(triple.predicate)
    waiting[2].append(triple.object)
    if waiting[0].count == Batch.size { try settle(context) }
  }

  private mutating func settle(_ context: ExecutionContext) throws(EvaluationError) {
    _ = try found.numbers(of: waiting, count: waiting[0].count, context)
    for column in waiting.indices { waiting[column].removeAll(keepingCapacity: true) }
  }

  mutating func finish(_ context: ExecutionContext) throws(EvaluationError) -> [EncodedTriple] {
    try settle(context)
    try context.charge(byteCount: found.count * 12)
    return (0..<found.count).map { row in
      EncodedTriple(found.columns[0][row], found.columns[1][row], found.columns[2][row])
    }
  }
}
