import RDF

/// One row for equal ones, in order of arrival, with the sum of their weights.
final class Combine: Operator {
  private let input: any Operator
  private let width: Int
  private let context: ExecutionContext
  private var isDone = false

  init(_ input: any Operator, width: Int, _ context: ExecutionContext) {
    self.input = input
    self.width = width
    self.context = context
  }

  func next() throws(EvaluationError) -> Batch? {
    if isDone { return nil }
    isDone = true
    let table = RowTable(width: width)
    var weights: [Weight] = []
    var charged = 0
    while let batch = try input.next() {
      try context.poll(rowCount: batch.count)
      let numbers = try table.numbers(of: batch.columns, count: batch.count, context)
      try weights.extend(to: table.count, with: 0, context)
      if let more = batch.weights {
        for (row, number) in numbers.enumerated() {
          weights[number] = sum(weights[number], more[row])
        }
      } else {
        for number in numbers { weights[number] = sum(weights[number], 1) }
      }
      try context.charge(byteCount: weights.count * 32 - charged)
      charged = weights.count * 32
    }
    return Batch(columns: table.columns, count: table.count, weights: weights)
  }
}

/// The rows of the input, to be taken away.
final class Negation: Operator {
  private let input: any Operator

  init(_ input: any Operator) {
    self.input = input
  }

  func next() throws(EvaluationError) -> Batch? {
    guard var batch = try input.next() else { return nil }
    var weights = batch.weights ?? [Weight](repeating: 1, count: batch.count)
    for row in weights.indices { weights[row] = product(weights[row], -1) }
    batch.weights = weights
    return batch
  }
}
