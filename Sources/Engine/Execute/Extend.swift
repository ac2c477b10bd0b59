import RDF

/// One more column, computed; unbound where the expression is in error.
final class Extend: Operator {
  private let input: any Operator
  private let expression: BoundExpression
  private let evaluator: ExpressionEvaluator
  private let context: ExecutionContext
  /// The column to fill, when it is there already.
  private let place: Int?

  init(
    _ input: any Operator, _ expression: BoundExpression, _ evaluator: ExpressionEvaluator,
    place: Int?, _ context: ExecutionContext
  ) {
    self.input = input
    self.expression = expression
    self.evaluator = evaluator
    self.place = place
    self.context = context
  }

  func next() throws(EvaluationError) -> Batch? {
    guard var batch = try input.next() else { return nil }
    try context.poll(rowCount: batch.count)
    var column: [TermID] = []
    column.reserveCapacity(batch.count)
    for row in 0..<batch.count {
      guard let value = try evaluator.value(expression, batch, row) else {
        column.append(.none)
        continue
      }
      column.append(try evaluator.id(value))
    }
    if let place { batch.columns[place] = column } else { batch.columns.append(column) }
    return batch
  }
}

/// One more column: a number that no other row of the query has, in the place of a term.
final class RowNumbers: Operator {
  private let input: any Operator
  private let context: ExecutionContext

  init(_ input: any Operator, _ context: ExecutionContext) {
    self.input = input
    self.context = context
  }

  func next() throws(EvaluationError) -> Batch? {
    guard var batch = try input.next() else { return nil }
    batch.columns.append(
      (0..<batch.count).map { _ in
        context.lastRowNumber &+= 1
        return TermID(rawValue: context.lastRowNumber)
      })
    return batch
  }
}
