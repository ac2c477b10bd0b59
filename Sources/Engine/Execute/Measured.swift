import RDF

/// Counts the rows and the time of an operator, for a profile.
final class Measured: Operator {
  private let inner: any Operator
  private(set) var rowCount = 0
  private(set) var seconds = 0.0

  init(_ inner: any Operator) {
    self.inner = inner
  }

  /// Whether it looked up its rows in the order of the index.
  var isMerge: Bool { (inner as? LookupJoin)?.isMerge ?? false }

  func next() throws(EvaluationError) -> Batch? {
    let start = System.seconds()
    defer { seconds += System.seconds() - start }
    let batch = try inner.next()
    rowCount += batch?.count ?? 0
    return batch
  }
}
