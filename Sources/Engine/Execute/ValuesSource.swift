import RDF

/// Rows written in the query; without columns, the one empty solution.
final class ValuesSource: Operator {
  private var rest: Batch?

  init(_ columns: [[TermID]]) {
    rest = Batch(columns: columns, count: columns.first?.count ?? 1)
  }

  func next() -> Batch? {
    defer { rest = nil }
    return rest
  }
}

/// The rows that a lateral operator puts in.
final class SeedSource: Operator {
  private let seed: SeedID
  private let context: ExecutionContext

  init(_ seed: SeedID, _ context: ExecutionContext) {
    self.seed = seed
    self.context = context
  }

  func next() -> Batch? { context.seeds.removeValue(forKey: seed) }
}
