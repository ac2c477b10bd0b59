import RDF

/// Runs the right side once for each batch of the left, the batch being its starting rows with
/// their number in one more column.
struct LateralRun {
  let seed: SeedID
  let right: any Operator
  let context: ExecutionContext
  /// Where the right side's batches hold the number of the row.
  let rowColumn: Int

  func run(
    _ batch: Batch,
    _ body: (Batch, _ rowNumbers: [TermID]) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    if batch.count == 0 { return }
    let numbers = (0..<batch.count).map { TermID(rawValue: UInt32(truncatingIfNeeded: $0 + 1)) }
    context.seeds[seed] = Batch(
      columns: batch.columns + [numbers], count: batch.count, weights: batch.weights)
    while let result = try right.next() {
      try context.poll(rowCount: 0)
      try body(result, result.columns[rowColumn])
    }
  }
}

/// A left join whose right side looks up the rows of the left.
final class LateralLeftJoin: Operator {
  private var left: BatchParts
  private let lateral: LateralRun
  /// For each column of the output: the column of the right side's batches.
  private let sources: [Int]
  /// For the rows given last.
  private var charged = 0

  init(_ left: any Operator, _ lateral: LateralRun, sources: [Int]) {
    self.left = BatchParts(left, rowCount: Batch.size)
    self.lateral = lateral
    self.sources = sources
  }

  func next() throws(EvaluationError) -> Batch? {
    guard let batch = try left.next() else { return nil }
    var isMatched = [Bool](repeating: false, count: batch.count)
    var columns = [[TermID]](repeating: [], count: sources.count)
    var weights = WeightColumn()
    var count = 0
    lateral.context.release(byteCount: charged)
    charged = 0
    try lateral.run(batch) { result, numbers throws(EvaluationError) in
      // Columns that grow are copied.
      let byteCount = result.byteCount * 2
      charged += byteCount
      try lateral.context.charge(byteCount: byteCount)
      for number in numbers { isMatched[Int(number.rawValue) - 1] = true }
      for (index, source) in sources.enumerated() { columns[index] += result.columns[source] }
      weights.append(result.weights, count: result.count)
      count += result.count
    }
    let alone = (0..<batch.count).filter { !isMatched[$0] }
    weights.append(batch.weights(of: alone), count: alone.count)
    for index in sources.indices {
      columns[index] +=
        index < batch.columns.count
        ? Batch.gather(batch.columns[index], alone)
        : [TermID](repeating: .none, count: alone.count)
    }
    return Batch(columns: columns, count: count + alone.count, weights: weights.weights)
  }
}

/// A semijoin or antijoin whose right side looks up the rows of the left.
final class LateralSemiJoin: Operator {
  private let left: any Operator
  private let lateral: LateralRun
  private let negated: Bool

  init(_ left: any Operator, _ lateral: LateralRun, negated: Bool) {
    self.left = left
    self.lateral = lateral
    self.negated = negated
  }

  func next() throws(EvaluationError) -> Batch? {
    guard let batch = try left.next() else { return nil }
    var isMatched = [Bool](repeating: false, count: batch.count)
    try lateral.run(batch) { _, numbers throws(EvaluationError) in
      for number in numbers { isMatched[Int(number.rawValue) - 1] = true }
    }
    return batch.gathered((0..<batch.count).filter { isMatched[$0] != negated })
  }
}

/// The weights of several batches, none as long as none has any.
private struct WeightColumn {
  private(set) var weights: [Weight]?
  private var count = 0

  mutating func append(_ more: [Weight]?, count moreCount: Int) {
    if let more {
      weights = (weights ?? [Weight](repeating: 1, count: count)) + more
    } else {
      weights? += repeatElement(1, count: moreCount)
    }
    count += moreCount
  }
}
