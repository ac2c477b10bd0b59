import RDF

/// All rows in order; equal ones in order of arrival. With a limit, only so many are kept.
///
/// A row goes by the majors of its keys as long as those tell.
final class Sort: Operator {
  private let input: any Operator
  private let limit: Int?
  private let evaluator: ExpressionEvaluator
  private let context: ExecutionContext
  private var columns: [Segments<TermID>]
  /// What the rows in `columns` are ordered by.
  private var keys: SortKeys
  private var charged = 0
  /// Rows of cells in `columns`, those of rows given up included.
  private var columnCount = 0
  private var rows = Segments<SortKeys.Row>()
  /// The rows where they are few, kept in order.
  private var firstRows: [SortKeys.Row] = []
  /// The rows in order, once all have come.
  private var sorted: SortedRuns?
  private var rowsLeft = 0

  init(
    _ input: any Operator, _ keys: [(expression: BoundExpression, descending: Bool)],
    limit: Int?, width: Int, _ evaluator: ExpressionEvaluator, _ context: ExecutionContext
  ) {
    self.input = input
    self.limit = limit
    self.evaluator = evaluator
    self.context = context
    columns = [Segments<TermID>](repeating: Segments(), count: width)
    self.keys = SortKeys(keys, TermOrder(evaluator.terms))
  }

  deinit {
    if columnCount > DetachedThread.largeCount {
      DetachedThread.letGo(
        of: (exchange(&columns, with: []), keys.takeColumns(), rows.takeParts(), sorted.take()))
    }
  }

  func next() throws(EvaluationError) -> Batch? {
    if sorted == nil { try sortAll() }
    let keys = keys
    var rest = sorted.take()
    defer { sorted = rest }
    var places: [Int] = []
    while places.count < min(Batch.size, rowsLeft), let row = rest?.next(keys) {
      try context.tick(8)
      places.append(row.place)
    }
    guard !places.isEmpty else { return nil }
    rowsLeft -= places.count
    return Batch(columns: columns.map { $0.elements(at: places) }, count: places.count)
  }

  private func sortAll() throws(EvaluationError) {
    while let batch = try input.next() {
      try context.poll(rowCount: batch.count)
      try take(batch)
      if let limit, columnCount / 4 - Batch.size > limit { try compact() }
      let held = byteCount
      try context.charge(byteCount: held - charged)
      charged = held
    }
    rowsLeft = min(limit ?? .max, rows.count + firstRows.count)
    if isKeptSorted {
      sorted = SortedRuns([firstRows], keys)
    } else {
      try keys.sharpen(&rows, context)
      sorted = try takeRuns()
    }
  }

  private var byteCount: Int {
    let rowByteCount = (rows.count + firstRows.count) * MemoryLayout<SortKeys.Row>.stride
    return columnCount * columns.count * 4 + keys.byteCount + rowByteCount
  }

  /// The rows so far, each segment of them sorted.
  private func takeRuns() throws(EvaluationError) -> SortedRuns {
    let keys = keys
    var runs = rows.takeParts()
    for index in runs.indices {
      try runs[index].sort(context) { keys.precedes($0, $1) }
    }
    return SortedRuns(runs, keys)
  }

  // MARK: Taking rows in

  private func take(_ batch: Batch) throws(EvaluationError) {
    if limit == 0 { return }
    try context.tick(batch.count)
    if isKeptSorted { return try takeFirst(batch) }
    let majors = try keys.append(batch, evaluator)
    for index in columns.indices { columns[index].append(contentsOf: batch.columns[index]) }
    rows.append(
      contentsOf: majors.enumerated().map {
        SortKeys.Row(major: $0.element, place: columnCount + $0.offset)
      })
    columnCount += batch.count
    if let limit, rows.count / 2 >= limit { try cut(to: limit) }
  }

  /// Most rows are too late by their first key; nothing else of them need be made.
  private func takeFirst(_ batch: Batch) throws(EvaluationError) {
    let ready = keys.majors(of: batch)
    let firsts = ready.first ?? []
    for row in 0..<batch.count {
      let worst = firstRows.count == limit ? firstRows.last : nil
      if let worst, row < firsts.count, firsts[row] > worst.major { continue }
      try takeFirst(batch, row, ready, before: worst)
    }
  }

  private func takeFirst(
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
    insert(new)
    if let limit, firstRows.count > limit { firstRows.removeLast() }
  }

  private var isKeptSorted: Bool { limit.map { $0 <= Self.sortedLimit } ?? false }

  /// Up to so many rows are kept in order all the time.
  private static let sortedLimit = 1000

  private func insert(_ row: SortKeys.Row) {
    var low = 0
    var high = firstRows.count
    while low < high {
      let middle = (low + high) / 2
      if keys.precedes(row, firstRows[middle]) { high = middle } else { low = middle + 1 }
    }
    firstRows.insert(row, at: low)
  }

  private func cut(to limit: Int) throws(EvaluationError) {
    var sorted = try takeRuns()
    while rows.count < limit, let row = sorted.next(keys) {
      try context.tick(8)
      rows.append(row)
    }
  }

  /// Drops the cells of rows given up; arrival order survives, since equal rows go by place.
  private func compact() throws(EvaluationError) {
    var kept: [SortKeys.Row] = firstRows
    for part in rows.parts {
      try context.tick(part.count)
      kept += part
    }
    var byArrival = Array(kept.indices)
    try byArrival.sort(context) { kept[$0].place < kept[$1].place }
    let places = byArrival.map { kept[$0].place }
    for index in columns.indices { columns[index] = try columns[index].gathered(places, context) }
    try keys.keep(places, context)
    for (new, index) in byArrival.enumerated() { kept[index].place = new }
    columnCount = places.count
    if isKeptSorted {
      firstRows = kept
    } else {
      rows = Segments()
      rows.append(contentsOf: kept)
    }
  }
}

extension Array {
  /// Sorts as `sort(by:)` does. Comparisons poll now and then: millions of rows take seconds.
  @inline(__always)
  mutating func sort(
    _ context: ExecutionContext, by precedes: (Element, Element) -> Bool
  ) throws(EvaluationError) {
    do {
      try sort { a, b in
        try context.tick(8)
        return precedes(a, b)
      }
    } catch let error as EvaluationError {
      throw error
    } catch {
      preconditionFailure("an error of no known kind: \(error)")
    }
  }
}
