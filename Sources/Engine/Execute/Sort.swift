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
  private var sorting: Sorting
  /// Rows of cells in `columns`, those of rows given up included.
  private var columnCount = 0
  private var rows: [Row] = []
  private var isSorted = false
  private var emitted = 0

  private struct Row: BitwiseCopyable {
    /// Of the first key.
    var major: UInt64
    /// In `columns`, also the order of arrival.
    var place: Int
  }

  /// The keys with the value of each row for each, and its major, turned round where the key
  /// descends.
  private struct Sorting {
    let keys: [(expression: BoundExpression, descending: Bool)]
    let order: TermOrder
    var values: [[Value?]]
    var majors: [[UInt64]]

    @inline(__always)
    func precedes(_ a: Row, _ b: Row) -> Bool {
      a.major == b.major ? precedesFurther(a, b) : a.major < b.major
    }

    private func precedesFurther(_ a: Row, _ b: Row) -> Bool {
      for (index, key) in keys.enumerated() {
        let (x, y) = (majors[index][a.place], majors[index][b.place])
        if x != y { return x < y }
        let order = order.compare(values[index][a.place], values[index][b.place])
        if order != 0 { return (order < 0) != key.descending }
      }
      return a.place < b.place
    }

    /// Makes the majors of a key that is an IRI in every row tell more; whether they do.
    mutating func sharpen(_ index: Int) -> Bool {
      let ids = values[index].map { value in
        if case .id(let id) = value { id } else { TermID.none }
      }
      guard let sharper = order.majors(ofIRIs: ids) else { return false }
      majors[index] = keys[index].descending ? sharper.map { ~$0 } : sharper
      return true
    }

    /// The rows at some places, in this order.
    mutating func keep(_ places: [Int]) {
      values = values.map { column in places.map { column[$0] } }
      majors = majors.map { column in places.map { column[$0] } }
    }
  }

  init(
    _ input: any Operator, _ keys: [(expression: BoundExpression, descending: Bool)],
    limit: Int?, width: Int, _ evaluator: ExpressionEvaluator, _ context: ExecutionContext
  ) {
    self.input = input
    self.limit = limit
    self.evaluator = evaluator
    self.context = context
    columns = [[TermID]](repeating: [], count: width)
    sorting = Sorting(
      keys: keys, order: TermOrder(evaluator.terms), values: keys.map { _ in [] },
      majors: keys.map { _ in [] })
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
    while let batch = try input.next() {
      try context.poll(rowCount: batch.count)
      if !isKeptSorted {
        try context.charge(
          byteCount: batch.count * (columns.count * 4 + sorting.keys.count * 12 + 16))
      }
      try take(batch)
      if let limit, columnCount / 4 - Batch.size > limit { compact() }
    }
    if !isKeptSorted { try sortRows() }
    if let limit, rows.count > limit { rows.removeLast(rows.count - limit) }
  }

  /// Comparisons poll now and then: millions of rows take seconds.
  private func sortRows() throws(EvaluationError) {
    for index in sorting.keys.indices where sorting.sharpen(index) && index == 0 {
      for row in rows.indices { rows[row].major = sorting.majors[0][rows[row].place] }
    }
    let sorting = sorting
    var comparisonCount = 0
    do {
      try rows.sort { a, b in
        comparisonCount &+= 1
        if comparisonCount & 0x1FFF == 0 { try context.poll(rowCount: 0) }
        return sorting.precedes(a, b)
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
    let order = sorting.order
    let ready = sorting.keys.map { key in
      if case .column(let column) = key.expression {
        batch.columns[column].map { key.descending ? ~order.major($0) : order.major($0) }
      } else {
        [UInt64]()
      }
    }
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
    _ batch: Batch, _ row: Int, _ ready: [[UInt64]], before worst: Row?
  ) throws(EvaluationError) {
    for (index, key) in sorting.keys.enumerated() {
      let value = try evaluator.value(key.expression, batch, row)
      sorting.values[index].append(value)
      if ready[index].isEmpty {
        let major = sorting.order.major(value)
        sorting.majors[index].append(key.descending ? ~major : major)
      } else {
        sorting.majors[index].append(ready[index][row])
      }
    }
    let new = Row(major: sorting.majors.first?[columnCount] ?? 0, place: columnCount)
    if let worst, !sorting.precedes(new, worst) {
      for index in sorting.keys.indices {
        sorting.majors[index].removeLast()
        sorting.values[index].removeLast()
      }
      return
    }
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

  private func insert(_ row: Row) {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if sorting.precedes(row, rows[middle]) { high = middle } else { low = middle + 1 }
    }
    rows.insert(row, at: low)
  }

  private func cut(to limit: Int) {
    let sorting = sorting
    rows.sort(by: sorting.precedes)
    rows.removeLast(rows.count - limit)
  }

  /// Drops the cells of rows given up; arrival order survives, since equal rows go by place.
  private func compact() {
    let byArrival = rows.indices.sorted { rows[$0].place < rows[$1].place }
    let places = byArrival.map { rows[$0].place }
    columns = columns.map { Batch.gather($0, places) }
    sorting.keep(places)
    for (new, index) in byArrival.enumerated() { rows[index].place = new }
    columnCount = places.count
  }
}
