import RDF

/// The first of equal rows.
final class Distinct: Operator {
  private let input: any Operator
  private let context: ExecutionContext
  private let seen: RowTable

  init(_ input: any Operator, width: Int, _ context: ExecutionContext) {
    self.input = input
    self.context = context
    seen = RowTable(width: width)
  }

  func next() throws(EvaluationError) -> Batch? {
    guard let batch = try input.next() else { return nil }
    var rows: [Int] = []
    var known = seen.count
    let numbers = try seen.numbers(of: batch.columns, count: batch.count, context)
    for (row, number) in numbers.enumerated() where number == known {
      known += 1
      rows.append(row)
    }
    try context.poll(rowCount: batch.count)
    return rows.count == batch.count ? batch : batch.gathered(rows)
  }
}
