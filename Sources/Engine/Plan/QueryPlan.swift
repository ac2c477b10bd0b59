import Algebra

/// A plan, with the variables it is made for.
struct QueryPlan {
  /// Those of the answer, each once.
  let variables: [Variable]
  let root: PlanNode
  let scope: Scope
  /// The column of each variable among the root's; nil where it is bound in no row.
  let sources: [Int?]

  /// ASK needs one row and no column.
  init(_ query: Query, _ context: ExecutionContext) throws(EvaluationError) {
    let pattern = query.pattern
    switch query.form {
    case .select: try self.init(pattern, wanted: pattern.variablesInScope, context)
    case .ask: try self.init(.slice(pattern, offset: 0, limit: 1), wanted: [], context)
    case .construct(let template):
      try self.init(pattern, wanted: template.flatMap(\.variables), context)
    case .describe(let targets):
      try self.init(pattern, wanted: targets.flatMap(\.variables), context)
    }
  }

  init(
    _ pattern: Pattern, wanted: [Variable], _ context: ExecutionContext
  ) throws(EvaluationError) {
    var seen: Set<Variable> = []
    variables = wanted.filter { seen.insert($0).inserted }
    var planner = Planner(context)
    var scope = Scope()
    let whole = try planner.plan(
      ContextMarks.run(pattern), &scope, context.dataset.graph)
    guard whole.height <= Planner.heightLimit else {
      throw .unsupported("a plan more than \(Planner.heightLimit) operators high")
    }
    let root = try ColumnPruning.prune(
      whole, needed: variables.compactMap { scope.position($0)?.slot }, context)
    self.root = root
    sources = variables.map { scope.position($0)?.slot.flatMap(root.columns.firstIndex) }
    self.scope = scope
  }
}
