import RDF

/// Each row of the left side with the rows of the right that agree with it and meet the
/// condition, or alone.
final class LeftHashJoin: Operator {
  private let left: any Operator
  private let shared: SharedTable
  private let condition: RowCondition?
  private let context: ExecutionContext
  private var batch: Batch?
  private var row = 0
  private var candidate = 0
  private var isMatched = true

  init(
    _ left: any Operator, _ condition: RowCondition?, _ context: ExecutionContext,
    table: SharedTable
  ) {
    self.left = left
    self.condition = condition
    self.context = context
    shared = table
  }

  func next() throws(EvaluationError) -> Batch? {
    let table = try shared.table()
    while true {
      if let batch {
        if row < batch.count || candidate != 0 || !isMatched { return try fill(batch, table) }
        self.batch = nil
      }
      guard let batch = try left.next() else { return nil }
      self.batch = batch
      row = 0
      try context.poll(rowCount: batch.count)
    }
  }

  private func fill(_ batch: Batch, _ table: JoinTable) throws(EvaluationError) -> Batch {
    var rows: [Int] = []
    var found: [Int] = []
    while rows.count < Batch.size {
      if candidate == 0 {
        if !isMatched {
          rows.append(row - 1)
          found.append(-1)
          isMatched = true
        }
        guard row < batch.count else { break }
        candidate = table.firstCandidate(batch, row)
        isMatched = false
        row += 1
        continue
      }
      if table.agrees(batch, row - 1, candidate - 1),
        try holds(batch, table, row - 1, candidate - 1)
      {
        rows.append(row - 1)
        found.append(candidate - 1)
        isMatched = true
      }
      candidate = table.following(candidate)
      try context.tick()
    }
    return table.merged(batch, rows, found)
  }

  private func holds(
    _ batch: Batch, _ table: JoinTable, _ row: Int, _ found: Int
  ) throws(EvaluationError) -> Bool {
    guard let condition else { return true }
    return try condition.holds(table.merged(batch, [row], [found]), 0)
  }
}
