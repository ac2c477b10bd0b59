import RDF

/// Batches that are put together at the end: columns that grow copy all they hold at once, which
/// takes long among hundreds of millions of rows.
struct CollectedRows {
  private var batches: [Batch] = []
  private(set) var count = 0

  mutating func append(_ batch: Batch) {
    guard batch.count > 0 else { return }
    count += batch.count
    guard let last = batches.indices.last, batches[last].count + batch.count <= Batch.size else {
      batches.append(Batch(columns: batch.columns, count: batch.count))
      return
    }
    for column in batch.columns.indices { batches[last].columns[column] += batch.columns[column] }
    batches[last].count += batch.count
  }

  /// Columns of the batches in one piece each, unbound where nil is given.
  consuming func columns(
    _ sources: [Int?], _ context: ExecutionContext
  ) throws(EvaluationError) -> [[TermID]] {
    var result: [[TermID]] = []
    for (place, source) in sources.enumerated() {
      let isLastUse = !sources.dropFirst(place + 1).contains(source)
      var column: [TermID] = []
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
      result.append(column)
    }
    return result
  }
}
