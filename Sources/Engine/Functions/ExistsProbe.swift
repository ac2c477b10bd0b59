import Algebra
import RDF

/// EXISTS by evaluating its pattern with the row's values put in: the general way, for patterns
/// that no semijoin can stand for. Remembers what it has found.
final class ExistsProbe {
  private let pattern: Pattern
  private let graph: Graph
  private let context: ExecutionContext
  /// The variables of the pattern that rows may bind, with their columns.
  private let outer: [(variable: Variable, column: Int)]
  private let constants: [Variable: TermID]
  private var known: [[TermID]: Bool] = [:]

  init(
    _ pattern: Pattern, _ planned: PlannedExpression, columns: [Slot], _ context: ExecutionContext
  ) {
    self.pattern = pattern
    graph = planned.graph
    self.context = context
    constants = planned.scope.constants
    outer = Set(pattern.mentionedVariables).compactMap { variable in
      guard let slot = planned.scope.position(variable)?.slot,
        let column = columns.firstIndex(of: slot)
      else { return nil }
      return (variable, column)
    }
  }

  func hasMatch(_ batch: Batch, _ row: Int) throws(EvaluationError) -> Bool {
    let values = outer.map { batch.columns[$0.column][row] }
    if let answer = known[values] { return answer }
    var scope = Scope()
    scope.constants = constants
    for (index, value) in values.enumerated() where value.isBound {
      scope.constants[outer[index].variable] = value
    }
    let answer = try context.temporarily { () throws(EvaluationError) in
      try hasMatch(in: &scope)
    }
    try context.charge(byteCount: 64 + values.count * 4)
    known[values] = answer
    return answer
  }

  private func hasMatch(in scope: inout Scope) throws(EvaluationError) -> Bool {
    var planner = Planner(context)
    let plan = try planner.plan(pattern, &scope, graph)
    guard plan.height <= Planner.heightLimit else {
      throw .unsupported("a plan more than \(Planner.heightLimit) operators high")
    }
    let root = try OperatorBuilder(context).build(
      ColumnPruning.prune(plan, needed: [], context), isWhole: false)
    while let result = try root.next() { if result.count > 0 { return true } }
    return false
  }
}
