import RDF

/// The rows for which a condition is true.
final class Filter: Operator {
  private let input: any Operator
  private let condition: RowCondition
  private let context: ExecutionContext

  init(_ input: any Operator, _ condition: RowCondition, _ context: ExecutionContext) {
    self.input = input
    self.condition = condition
    self.context = context
  }

  func next() throws(EvaluationError) -> Batch? {
    guard let batch = try input.next() else { return nil }
    try context.poll(rowCount: batch.count)
    var rows: [Int] = []
    for row in 0..<batch.count where try condition.holds(batch, row) { rows.append(row) }
    return rows.count == batch.count ? batch : batch.gathered(rows)
  }
}

/// A condition over the columns of some batches; an error counts as false.
struct RowCondition {
  let expression: BoundExpression
  let evaluator: ExpressionEvaluator

  func holds(_ batch: Batch, _ row: Int) throws(EvaluationError) -> Bool {
    try evaluator.isTrue(expression, batch, row)
  }
}
