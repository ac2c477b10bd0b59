import RDF

/// All rows in order; equal ones in order of arrival. With a limit, only so many are kept.
///
/// A row goes by the majors of its keys as long as those tell.
final class Sort: Operator {
  private let input: any Operator
  private let limit: Int?
  private let evaluator: ExpressionEvaluator
  private let context: ExecutionContext
  private var columns: [[TermID]]
  /// What the rows in `columns` are ordered by.
  private var keys: SortKeys
  private var charged = 0
  /// Rows of cells in `columns`, those of rows given up included.
  private var columnCount = 0
  private var rows: [SortKeys.Row] = []
  private var isSorted = false
  private var emitted = 0

  init(
    _ input: any Operator, _ keys: [(expression: BoundExpression, descending: Bool)],
    limit: Int?, width: Int, _ evaluator: ExpressionEvaluator, _ context: ExecutionContext
  ) {
    self.input = input
    self.limit = limit
    self.evaluator = evaluator
    self.context = context
    columns = [[TermID]](repeating: [], count: width)
    self.keys = SortKeys(keys, TermOrder(evaluator.terms))
  }

  deinit { keys.discard() }

  func next() throws(EvaluationError) -> Batch? {
    if !isSorted { try sortAll() }
    guard emitted < rows.count else { return nil }
    let part = rows[emitted..<min(rows.count, emitted + Batch.size)]
    emitted += part.count
    return Batch(columns: columns, count: 0).gathered(part.map(\.place))
  }

  private func sortAll() throws(EvaluationError) {
    isSorted = true
    while let batch = try input.next() {
      try context.poll(rowCount: batch.count)
      try take(batch)
      if let limit, columnCount / 4 - Batch.size > limit { compact() }
      let held = byteCount
      try context.charge(byteCount: held - charged)
      charged = held
    }
    if !isKeptSorted { try sortRows() }
    if let limit, rows.count > limit { rows.removeLast(rows.count - limit) }
  }

  /// A quarter more than cells, since what grows is copied, and rows twice, since sorting takes room.
  private var byteCount: Int {
    let cells = columnCount * (columns.count * 4 + 16) + keys.byteCount
    return cells * 5 / 4 + rows.count * 2 * MemoryLayout<SortKeys.Row>.stride
  }

  private func sortRows() throws(EvaluationError) {
    try keys.sharpen(&rows, context)
    try order()
  }

  /// Comparisons poll now and then: millions of rows take seconds.
  private func order() throws(EvaluationError) {
    let keys = keys
    do {
      try rows.sort { a, b in
        try context.tick(8)
        return keys.precedes(a, b)
      }
    } catch let error as EvaluationError {
      throw error
    } catch {
      preconditionFailure("an error of no known kind: \(error)")
    }
  }

  // MARK: Taking rows in

  private func take(_ batch: Batch) throws(EvaluationError) {
    if limit == 0 { return }
    let ready = keys.majors(of: batch)
    let firsts = ready.first ?? []
    for row in 0..<batch.count {
      try context.tick()
      // Most rows are too late by their first key; nothing else of them need be made.
      let worst = isKeptSorted && rows.count == limit ? rows.last : nil
      if let worst, row < firsts.count, firsts[row] > worst.major { continue }
      try take(batch, row, ready, before: worst)
    }
  }

  private func take(
    _ batch: Batch, _ row: Int, _ ready: [[UInt64]], before worst: SortKeys.Row?
  ) throws(EvaluationError) {
    let major = try keys.append(batch, row, ready, evaluator)
    let new = SortKeys.Row(major: major, place: columnCount)
    if let worst, !keys.precedes(new, worst) {
      keys.removeLast()
      return
    }
    for index in columns.indices { columns[index].append(batch.columns[index][row]) }
    columnCount += 1
    if isKeptSorted {
      insert(new)
      if let limit, rows.count > limit { rows.removeLast() }
    } else {
      rows.append(new)
      if let limit, rows.count / 2 >= limit { try cut(to: limit) }
    }
  }

  private var isKeptSorted: Bool { limit.map { $0 <= Self.sortedLimit } ?? false }

  /// Up to so many rows are kept in order all the time.
  private static let sortedLimit = 1000

  private func insert(_ row: SortKeys.Row) {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if keys.precedes(row, rows[middle]) { high = middle } else { low = middle + 1 }
    }
    rows.insert(row, at: low)
  }

  private func cut(to limit: Int) throws(EvaluationError) {
    try order()
    rows.removeLast(rows.count - limit)
  }

  /// Drops the cells of rows given up; arrival order survives, since equal rows go by place.
  private func compact() {
    let byArrival = rows.indices.sorted { rows[$0].place < rows[$1].place }
    let places = byArrival.map { rows[$0].place }
    columns = columns.map { Batch.gather($0, places) }
    keys.keep(places)
    for (new, index) in byArrival.enumerated() { rows[index].place = new }
    columnCount = places.count
  }
}
