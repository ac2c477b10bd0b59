import RDF

/// The rows for which a condition is true.
final class Filter: Operator {
  private let input: any Operator
  private let condition: RowCondition
  private let kernel: FilterKernel?
  private var memo: ResultMemo?
  /// The columns of the input that are handed on.
  private let sources: [Int]
  private let context: ExecutionContext

  init(
    _ input: any Operator, _ condition: RowCondition, _ memo: @autoclosure () -> ResultMemo?,
    sources: [Int], _ context: ExecutionContext
  ) {
    self.input = input
    self.sources = sources
    self.condition = condition
    self.context = context
    kernel = FilterKernel(condition.expression, context.terms)
    self.memo = kernel == nil ? memo() : nil
  }

  func next() throws(EvaluationError) -> Batch? {
    guard let batch = try input.next() else { return nil }
    try context.poll(rowCount: batch.count)
    let rows = try chosen(batch)
    let kept = Batch(
      columns: sources.map { batch.columns[$0] }, count: batch.count, weights: batch.weights)
    return rows.count == batch.count ? kept : kept.gathered(rows)
  }

  private func chosen(_ batch: Batch) throws(EvaluationError) -> [Int] {
    if let kernel {
      return try kernel.rows(batch, context.terms) { row throws(EvaluationError) in
        try condition.holds(batch, row)
      }
    }
    let known = try memo?.results(of: batch, context) { row throws(EvaluationError) in
      try condition.holds(batch, row) ? 1 : 0
    }
    if let known { return known.indices.filter { known[$0] == 1 } }
    var rows: [Int] = []
    for row in 0..<batch.count where try condition.holds(batch, row) { rows.append(row) }
    return rows
  }
}

/// A condition over the columns of some batches; an error counts as false.
struct RowCondition {
  let expression: BoundExpression
  let evaluator: ExpressionEvaluator

  func holds(_ batch: Batch, _ row: Int) throws(EvaluationError) -> Bool {
    try evaluator.context.tick()
    return try evaluator.isTrue(expression, batch, row)
  }
}
