import RDF

/// All rows in order; equal ones in order of arrival. With a limit, only so many are kept.
final class Sort: Operator {
  private let input: any Operator
  private let keys: [(expression: BoundExpression, descending: Bool)]
  private let limit: Int?
  private let evaluator: ExpressionEvaluator
  private let context: ExecutionContext
  private var columns: [[TermID]]
  private var rows: [Row] = []
  private var isSorted = false
  private var emitted = 0

  private struct Row {
    var keys: [TermOrder.Key]
    /// The place in `columns`, also the order of arrival.
    var place: Int
  }

  init(
    _ input: any Operator, _ keys: [(expression: BoundExpression, descending: Bool)],
    limit: Int?, width: Int, _ evaluator: ExpressionEvaluator, _ context: ExecutionContext
  ) {
    self.input = input
    self.keys = keys
    self.limit = limit
    self.evaluator = evaluator
    self.context = context
    columns = [[TermID]](repeating: [], count: width)
  }

  func next() throws(EvaluationError) -> Batch? {
    if !isSorted { try sortAll() }
    guard emitted < rows.count else { return nil }
    let part = rows[emitted..<min(rows.count, emitted + Batch.size)]
    emitted += part.count
    return Batch(columns: columns, count: 0).gathered(part.map(\.place))
  }

  private func sortAll() throws(EvaluationError) {
    isSorted = true
    let order = TermOrder(evaluator)
    while let batch = try input.next() {
      try context.poll(rowCount: batch.count)
      try context.charge(byteCount: batch.count * (columns.count * 4 + keys.count * 48))
      for row in 0..<batch.count {
        var rowKeys: [TermOrder.Key] = []
        for key in keys {
          rowKeys.append(order.key(try evaluator.value(key.expression, batch, row)))
        }
        rows.append(Row(keys: rowKeys, place: placeCount + row))
      }
      for index in columns.indices { columns[index] += batch.columns[index] }
      placeCount += batch.count
      if let limit, rows.count > limit + max(limit, 4 * Batch.size) { cut(to: limit) }
    }
    rows.sort(by: precedes)
    if let limit, rows.count > limit { rows.removeLast(rows.count - limit) }
  }

  private var placeCount = 0

  /// Keeps the first rows only, and their cells.
  private func cut(to limit: Int) {
    rows.sort(by: precedes)
    rows.removeLast(rows.count - limit)
    // Arrival order must survive the move: equal rows go by their old places.
    let byArrival = rows.indices.sorted { rows[$0].place < rows[$1].place }
    let places = byArrival.map { rows[$0].place }
    columns = columns.map { Batch.gather($0, places) }
    for (new, index) in byArrival.enumerated() { rows[index].place = new }
    placeCount = limit
  }

  private func precedes(_ a: Row, _ b: Row) -> Bool {
    for (index, key) in keys.enumerated() {
      let order = TermOrder.compare(a.keys[index], b.keys[index])
      if order != 0 { return (order < 0) != key.descending }
    }
    return a.place < b.place
  }
}
