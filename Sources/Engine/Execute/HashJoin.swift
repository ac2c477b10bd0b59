import RDF

/// All pairs of rows that agree on what both bind.
final class HashJoin: Operator {
  private let probe: any Operator
  private let shared: SharedTable
  private let context: ExecutionContext
  private var batch: Batch?
  private var row = 0
  private var candidate = 0

  init(
    _ probe: any Operator, _ context: ExecutionContext, table: SharedTable
  ) {
    self.probe = probe
    self.context = context
    shared = table
  }

  func next() throws(EvaluationError) -> Batch? {
    let table = try shared.table()
    while true {
      if let batch {
        if row < batch.count || candidate != 0 { return try fill(batch, table) }
        self.batch = nil
      }
      guard table.count > 0, let batch = try probe.next() else { return nil }
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
        guard row < batch.count else { break }
        candidate = table.firstCandidate(batch, row)
        row += 1
        continue
      }
      if table.agrees(batch, row - 1, candidate - 1) {
        rows.append(row - 1)
        found.append(candidate - 1)
      }
      candidate = table.following(candidate)
      try context.tick()
    }
    return table.merged(batch, rows, found)
  }
}
