import RDF

/// The batches of a source, large ones in parts.
struct BatchParts {
  private let source: any Operator
  private let partRowCount: Int
  /// A batch of the source, and how many of its rows have been given out.
  private var waiting: Batch?
  private var givenCount = 0

  init(_ source: any Operator, rowCount: Int) {
    self.source = source
    partRowCount = rowCount
  }

  /// Some rows; nil at the end. More may follow, where the source is given other seeds.
  mutating func next() throws(EvaluationError) -> Batch? {
    while true {
      if let batch = waiting {
        let part = givenCount..<min(batch.count, givenCount + partRowCount)
        givenCount = part.upperBound
        if givenCount == batch.count { waiting = nil }
        return batch.part(part)
      }
      guard let batch = try source.next() else { return nil }
      if batch.count > 0 { waiting = batch }
      givenCount = 0
    }
  }
}

extension Batch {
  fileprivate func part(_ rows: Range<Int>) -> Batch {
    if rows.count == count { return self }
    return Batch(
      columns: columns.map { Array($0[rows]) }, count: rows.count,
      weights: weights.map { Array($0[rows]) })
  }
}
