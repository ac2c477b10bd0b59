import RDF

/// The rows of the left side that have (or have not) an agreeing row on the right.
final class SemiHashJoin: Operator {
  enum Kind {
    case exists(RowCondition?)
    case notExists(RowCondition?)
    /// MINUS: rows that share no variable do not count as agreeing.
    case minus
  }

  private let left: any Operator
  private let kind: Kind
  private let shared: SharedTable
  private let context: ExecutionContext

  init(
    _ left: any Operator, _ kind: Kind, _ context: ExecutionContext, table: SharedTable
  ) {
    self.left = left
    self.kind = kind
    self.context = context
    shared = table
  }

  func next() throws(EvaluationError) -> Batch? {
    guard let batch = try left.next() else { return nil }
    let table = try shared.table()
    try context.poll(rowCount: batch.count)
    var rows: [Int] = []
    for row in 0..<batch.count where try isKept(batch, row, table) { rows.append(row) }
    return rows.count == batch.count ? batch : batch.gathered(rows)
  }

  private func isKept(
    _ batch: Batch, _ row: Int, _ table: JoinTable
  ) throws(EvaluationError) -> Bool {
    switch kind {
    case .exists(let condition): return try matches(batch, row, table, condition)
    case .notExists(let condition): return try !matches(batch, row, table, condition)
    case .minus:
      var candidate = table.firstCandidate(batch, row)
      while candidate != 0 {
        let found = candidate - 1
        if table.agrees(batch, row, found), table.overlaps(batch, row, found) { return false }
        candidate = table.following(candidate)
        try context.tick()
      }
      return true
    }
  }

  private func matches(
    _ batch: Batch, _ row: Int, _ table: JoinTable, _ condition: RowCondition?
  ) throws(EvaluationError) -> Bool {
    var candidate = table.firstCandidate(batch, row)
    while candidate != 0 {
      let found = candidate - 1
      if table.agrees(batch, row, found) {
        guard let condition else { return true }
        if try condition.holds(table.merged(batch, [row], [found]), 0) { return true }
      }
      candidate = table.following(candidate)
      try context.tick()
    }
    return false
  }
}
