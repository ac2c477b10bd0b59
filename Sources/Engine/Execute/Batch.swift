import RDF

/// Some rows of solutions: columns of handles, `TermID.none` where unbound.
struct Batch {
  var columns: [[TermID]]
  var count: Int
  /// How many solutions each row stands for; nil where that is one. Negative for solutions to be
  /// taken away.
  var weights: [Weight]?

  /// Rows that operators aim at: a column stays in the first-level cache.
  static let size = 2048

  init(columns: [[TermID]], count: Int, weights: [Weight]? = nil) {
    self.columns = columns
    self.count = count
    self.weights = weights
  }

  /// What the columns, each with the headers of its array and its block of memory, and weights take.
  var byteCount: Int { (count * 4 + 48) * columns.count + (weights == nil ? 0 : count * 16) }

  /// The given rows, in the given order.
  func gathered(_ rows: [Int]) -> Batch {
    Batch(
      columns: columns.map { Batch.gather($0, rows) }, count: rows.count, weights: weights(of: rows)
    )
  }

  func weights(of rows: [Int]) -> [Weight]? {
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

/// A number of solutions, exact as far as xsd:integer is.
typealias Weight = Int128

/// What stands for a number of solutions that a weight cannot say. A count of them is an error,
/// a value like others: never a wrong number, and no reason to refuse the query.
let uncountable = Weight.min

/// How many solutions two factors stand for together.
@inline(__always)
func product(_ a: Weight, _ b: Weight) -> Weight {
  areSmall(a, b) ? a &* b : largeProduct(a, b)
}

@inline(__always)
func sum(_ a: Weight, _ b: Weight) -> Weight { areSmall(a, b) ? a &+ b : largeSum(a, b) }

/// Whether neither their sum nor their product leaves a weight's range.
@inline(__always)
private func areSmall(_ a: Weight, _ b: Weight) -> Bool {
  Weight(truncatingIfNeeded: Int(truncatingIfNeeded: a)) == a
    && Weight(truncatingIfNeeded: Int(truncatingIfNeeded: b)) == b
}

@inline(never)
private func largeProduct(_ a: Weight, _ b: Weight) -> Weight {
  if a == 0 || b == 0 { return 0 }
  if a == uncountable || b == uncountable { return uncountable }
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? uncountable : product
}

@inline(never)
private func largeSum(_ a: Weight, _ b: Weight) -> Weight {
  if a == uncountable || b == uncountable { return uncountable }
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? uncountable : sum
}
