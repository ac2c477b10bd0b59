import Algebra
import RDF

/// One row a group: its keys and the aggregates over its rows. Groups come in order of arrival.
final class GroupBy: Operator {
  private let input: any Operator
  /// nil for a variable that is bound in no row.
  private let keys: [Int?]
  private var aggregates: [Accumulator]
  /// The last aggregate, not an answer's, counts the rows of each group: some may be taken away.
  private let countsPresence: Bool
  private let evaluator: ExpressionEvaluator
  private let context: ExecutionContext
  private var isDone = false

  init(
    _ input: any Operator, keys: [Int?], aggregates: [Accumulator],
    countsPresence: Bool, _ evaluator: ExpressionEvaluator, _ context: ExecutionContext
  ) {
    self.input = input
    self.keys = keys
    self.aggregates = aggregates
    self.countsPresence = countsPresence
    self.evaluator = evaluator
    self.context = context
  }

  func next() throws(EvaluationError) -> Batch? {
    if isDone { return nil }
    isDone = true
    // In a variable of this method, whose changes cost no check.
    var aggregates: [Accumulator] = []
    swap(&aggregates, &self.aggregates)
    let table = RowTable(width: keys.count)
    defer {
      if table.count > DetachedThread.largeCount { Spent(exchange(&aggregates, with: [])).letGo() }
    }
    var charged = 0
    if keys.isEmpty { _ = try table.numbers(of: [], count: 1, context) }
    while let batch = try input.next() {
      try context.poll(rowCount: batch.count)
      let keyColumns = keys.map {
        $0.map { batch.columns[$0] } ?? [TermID](repeating: .none, count: batch.count)
      }
      if keys.isEmpty, batch.weights == nil, aggregates.allSatisfy(\.countsRowsOnly) {
        for index in aggregates.indices {
          try aggregates[index].add(rowCount: batch.count, context)
        }
        continue
      }
      let groups =
        keys.isEmpty
        ? [Int](repeating: 0, count: batch.count)
        : try table.numbers(of: keyColumns, count: batch.count, context)
      for index in aggregates.indices {
        try aggregates[index].add(batch, groups, groupCount: table.count, evaluator)
      }
      let held = aggregates.reduce(0) { $0 + $1.byteCount }
      try context.charge(byteCount: held - charged)
      charged = held
    }
    let presence = countsPresence ? aggregates.popLast() : nil
    var columns = table.columns
    for index in aggregates.indices {
      columns.append(try aggregates[index].results(groupCount: table.count, evaluator))
    }
    let groups = Batch(columns: columns, count: table.count)
    guard let presence, !keys.isEmpty else { return groups }
    // What was added may have been taken away again.
    return groups.gathered((0..<table.count).filter { presence.count($0) != 0 })
  }
}
