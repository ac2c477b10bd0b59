import CPlatform
import RDF

/// Batches that are put together at the end: columns that grow copy all they hold at once, which
/// takes long among hundreds of millions of rows. A class, so that nobody else has them when they go,
/// and they are freed by the thread that takes them over.
final class CollectedRows {
  private var batches: [Batch] = []
  private(set) var count = 0

  deinit { Self.letGo(of: exchange(&batches, with: []), rowCount: count) }

  func append(_ batch: Batch, _ context: ExecutionContext) throws(EvaluationError) {
    guard batch.count > 0 else { return }
    count += batch.count
    guard let last = batches.indices.last, batches[last].count + batch.count <= Batch.size else {
      let byteCount = batch.columns.reduce(0) { $0 + $1.capacity * 4 + 32 }
      try context.charge(byteCount: byteCount)
      batches.append(Batch(columns: batch.columns, count: batch.count))
      return
    }
    // Small ones go into what the last one, as it grows, has room for.
    try context.charge(byteCount: batch.count * 8 * batch.columns.count)
    for column in batch.columns.indices { batches[last].columns[column] += batch.columns[column] }
    batches[last].count += batch.count
  }

  /// Columns of the batches in one piece each, unbound where nil is given; to be asked for once.
  func columns(
    _ sources: [Int?], _ context: ExecutionContext
  ) throws(EvaluationError) -> [[TermID]] {
    var result: [[TermID]] = []
    do throws(EvaluationError) {
      for (place, source) in sources.enumerated() {
        let isLastUse = source != nil && !sources.dropFirst(place + 1).contains(source)
        result.append([])
        try move(source, to: &result[place], isLastUse: isLastUse, context)
      }
    } catch {
      Self.letGo(of: consume result, rowCount: count)
      throw error
    }
    return result
  }

  private func move(
    _ source: Int?, to column: inout [TermID], isLastUse: Bool, _ context: ExecutionContext
  ) throws(EvaluationError) {
    try context.charge(byteCount: count * 4)
    column.reserveCapacity(count)
    for index in batches.indices {
      try context.tick(batches[index].count)
      guard let source else {
        column += repeatElement(.none, count: batches[index].count)
        continue
      }
      column += batches[index].columns[source]
      if isLastUse { batches[index].columns[source] = [] }
    }
    guard isLastUse else { return }
    context.release(byteCount: count * 4)
    // What the batches leave lies between what others hold.
    if context.isMemoryLimited, count > DetachedThread.largeCount { kosh_trim_memory() }
  }

  private static func letGo<Rows: Sendable>(of rows: consuming Rows, rowCount: Int) {
    if rowCount > DetachedThread.largeCount { DetachedThread.letGo(of: rows) }
  }
}
