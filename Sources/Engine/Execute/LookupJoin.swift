import RDF

/// For each row, the matches of a triple pattern whose bound positions the row fills.
///
/// Keeps the order of its input and, within a row, the order of an index.
final class LookupJoin: Operator {
  private let input: any Operator
  private let access: PatternAccess
  private let context: ExecutionContext
  private var batch: Batch?
  private var row = 0
  /// What is left of the current row's matches.
  private var matches: PatternMatches?

  init(
    _ input: any Operator, _ pattern: ScanPattern, _ graph: Graph, columns: [Slot],
    _ context: ExecutionContext
  ) {
    self.input = input
    self.context = context
    access = PatternAccess(pattern, graph, columns: columns)
  }

  func next() throws(EvaluationError) -> Batch? {
    while true {
      if let batch {
        if row < batch.count || matches != nil { return fill(from: batch) }
        self.batch = nil
      }
      guard let batch = try input.next() else { return nil }
      self.batch = batch
      row = 0
      try context.poll(rowCount: batch.count)
    }
  }

  private func fill(from batch: Batch) -> Batch {
    var rows: [Int] = []
    var added = [[TermID]](repeating: [], count: access.openCount)
    while rows.count < Batch.size {
      if var pending = matches {
        let taken = pending.take(Batch.size - rows.count, into: &added)
        rows.append(contentsOf: repeatElement(row - 1, count: taken))
        matches = pending.isDone ? nil : pending
        continue
      }
      guard row < batch.count else { break }
      matches = access.matches(batch.columns, row)
      row += 1
    }
    let kept =
      batch.count == 1 && !batch.columns.isEmpty
      ? batch.columns.map { [TermID](repeating: $0[0], count: rows.count) }
      : batch.columns.map { Batch.gather($0, rows) }
    return Batch(columns: kept + added, count: rows.count)
  }
}
