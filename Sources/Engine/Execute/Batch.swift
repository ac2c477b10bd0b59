import RDF

/// Some rows of solutions: columns of handles, `TermID.none` where unbound.
struct Batch {
  var columns: [[TermID]]
  var count: Int
  /// How many solutions each row stands for; nil where that is one. Negative for solutions to be
  /// taken away.
  var weights: [Int]?

  /// Rows that operators aim at: a column stays in the first-level cache.
  static let size = 2048

  init(columns: [[TermID]], count: Int, weights: [Int]? = nil) {
    self.columns = columns
    self.count = count
    self.weights = weights
  }

  /// What the columns, each with its header, and weights take.
  var byteCount: Int { (count * 4 + 32) * columns.count + (weights == nil ? 0 : count * 8) }

  /// The given rows, in the given order.
  func gathered(_ rows: [Int]) -> Batch {
    Batch(
      columns: columns.map { Batch.gather($0, rows) }, count: rows.count, weights: weights(of: rows)
    )
  }

  func weights(of rows: [Int]) -> [Int]? {
    weights.map { weights in rows.map { weights[$0] } }
  }

  static func gather(_ column: [TermID], _ rows: [Int]) -> [TermID] {
    column.withUnsafeBufferPointer { column in
      [TermID](unsafeUninitializedCapacity: rows.count) { buffer, count in
        for (at, row) in rows.enumerated() { buffer.initializeElement(at: at, to: column[row]) }
        count = rows.count
      }
    }
  }
}

/// A source of batches; empty batches are allowed, nil is the end.
protocol Operator: AnyObject {
  func next() throws(EvaluationError) -> Batch?
}

/// What stands for a number of solutions that a weight cannot say. A count of them is an error,
/// a value like others: never a wrong number, and no reason to refuse the query.
let uncountable = Int.min

/// How many solutions two factors stand for together.
func product(_ a: Int, _ b: Int) -> Int {
  if a == 0 || b == 0 { return 0 }
  if a == uncountable || b == uncountable { return uncountable }
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? uncountable : product
}

func sum(_ a: Int, _ b: Int) -> Int {
  if a == uncountable || b == uncountable { return uncountable }
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? uncountable : sum
}
