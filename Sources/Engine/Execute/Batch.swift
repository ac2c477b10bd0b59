import RDF

/// Some rows of solutions: columns of handles, `TermID.none` where unbound.
struct Batch {
  var columns: [[TermID]]
  var count: Int

  /// Rows that operators aim at: a column stays in the first-level cache.
  static let size = 2048

  init(columns: [[TermID]], count: Int) {
    self.columns = columns
    self.count = count
  }

  /// The given rows, in the given order.
  func gathered(_ rows: [Int]) -> Batch {
    Batch(columns: columns.map { Batch.gather($0, rows) }, count: rows.count)
  }

  static func gather(_ column: [TermID], _ rows: [Int]) -> [TermID] {
    [TermID](unsafeUninitializedCapacity: rows.count) { buffer, count in
      for (at, row) in rows.enumerated() { buffer.initializeElement(at: at, to: column[row]) }
      count = rows.count
    }
  }
}

/// A source of batches; empty batches are allowed, nil is the end.
protocol Operator: AnyObject {
  func next() throws(EvaluationError) -> Batch?
}
