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
      if !isKeptSorted {
        try context.charge(byteCount: batch.count * (columns.count * 4 + keys.count * 48))
      }
      for row in 0..<batch.count {
        try context.tick()
        try take(batch, row, order)
      }
      if let limit, columnCount / 4 - Batch.size > limit { compact() }
    }
    if !isKeptSorted { try sortRows() }
    if let limit, rows.count > limit { rows.removeLast(rows.count - limit) }
  }

  /// Comparisons poll now and then: millions of rows take seconds, and a few thousand comparisons of texts a millisecond.
  private func sortRows() throws(EvaluationError) {
    var comparisonCount = 0
    do {
      try rows.sort { a, b in
        comparisonCount &+= 1
        if comparisonCount & 0x1FFF == 0 { try context.poll(rowCount: 0) }
        return precedes(a, b)
      }
    } catch let error as EvaluationError {
      throw error
    } catch {
      preconditionFailure("an error of no known kind: \(error)")
    }
  }

  /// Rows of cells in `columns`, those of rows given up included.
  private var columnCount = 0

  private func take(
    _ batch: Batch, _ row: Int, _ order: TermOrder
  ) throws(EvaluationError) {
    if limit == 0 { return }
    let worst = isKeptSorted && rows.count == limit ? rows.last : nil
    var rowKeys: [TermOrder.Key] = []
    for (index, key) in keys.enumerated() {
      rowKeys.append(order.key(try evaluator.value(key.expression, batch, row)))
      // Most rows are too late by their first key; the others need not be made.
      if let worst, index == 0, isAfter(rowKeys[0], worst.keys[0], key.descending) { return }
    }
    let new = Row(keys: rowKeys, place: columnCount)
    if let worst, !precedes(new, worst) { return }
    for index in columns.indices { columns[index].append(batch.columns[index][row]) }
    columnCount += 1
    if isKeptSorted {
      insert(new)
      if let limit, rows.count > limit { rows.removeLast() }
    } else {
      rows.append(new)
      if let limit, rows.count / 2 >= limit { cut(to: limit) }
    }
  }

  private var isKeptSorted: Bool { limit.map { $0 <= Self.sortedLimit } ?? false }

  /// Up to so many rows are kept in order all the time.
  private static let sortedLimit = 1000

  private func isAfter(_ a: TermOrder.Key, _ b: TermOrder.Key, _ descending: Bool) -> Bool {
    let order = TermOrder.compare(a, b)
    return descending ? order < 0 : order > 0
  }

  private func insert(_ row: Row) {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if precedes(row, rows[middle]) { high = middle } else { low = middle + 1 }
    }
    rows.insert(row, at: low)
  }

  private func cut(to limit: Int) {
    rows.sort(by: precedes)
    rows.removeLast(rows.count - limit)
  }

  /// Drops the cells of rows given up; arrival order survives, since equal rows go by place.
  private func compact() {
    let byArrival = rows.indices.sorted { rows[$0].place < rows[$1].place }
    let places = byArrival.map { rows[$0].place }
    columns = columns.map { Batch.gather($0, places) }
    for (new, index) in byArrival.enumerated() { rows[index].place = new }
    columnCount = places.count
  }

  private func precedes(_ a: Row, _ b: Row) -> Bool {
    for (index, key) in keys.enumerated() {
      let order = TermOrder.compare(a.keys[index], b.keys[index])
      if order != 0 { return (order < 0) != key.descending }
    }
    return a.place < b.place
  }
}
