import RDF

/// One more column, computed; unbound where the expression is in error.
final class Extend: Operator {
  private let input: any Operator
  private let expression: BoundExpression
  private let evaluator: ExpressionEvaluator
  private var memo: ResultMemo?
  private let context: ExecutionContext
  /// The column to fill, when it is there already.
  private let place: Int?

  init(
    _ input: any Operator, _ expression: BoundExpression, _ evaluator: ExpressionEvaluator,
    _ memo: @autoclosure () -> ResultMemo?, place: Int?, _ context: ExecutionContext
  ) {
    self.input = input
    self.expression = expression
    self.evaluator = evaluator
    if case .column = expression {} else { self.memo = memo() }
    self.place = place
    self.context = context
  }

  func next() throws(EvaluationError) -> Batch? {
    guard var batch = try input.next() else { return nil }
    try context.poll(rowCount: batch.count)
    let column = try column(batch)
    if let place { batch.columns[place] = column } else { batch.columns.append(column) }
    return batch
  }

  private func column(_ batch: Batch) throws(EvaluationError) -> [TermID] {
    if case .column(let column) = expression { return batch.columns[column] }
    let known = try memo?.results(of: batch, context) { row throws(EvaluationError) in
      try id(batch, row).rawValue
    }
    if let known { return known.map(TermID.init) }
    var column: [TermID] = []
    column.reserveCapacity(batch.count)
    for row in 0..<batch.count { column.append(try id(batch, row)) }
    return column
  }

  private func id(_ batch: Batch, _ row: Int) throws(EvaluationError) -> TermID {
    try context.tick()
    guard let value = try evaluator.value(expression, batch, row) else { return .none }
    return try evaluator.id(value)
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
