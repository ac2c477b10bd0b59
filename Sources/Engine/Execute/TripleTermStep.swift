import RDF

/// Ties a slot that holds a triple term to its parts: takes the term apart where it is bound,
/// finds it from its parts otherwise.
final class TripleTermStep: Operator {
  private let input: any Operator
  private let pattern: ScanPattern
  private let context: ExecutionContext
  private let whole: Int?
  /// The column of each part that is already there.
  private let known: [Int?]
  /// The parts that become new columns, in order.
  private let added: [Int]

  init(
    _ input: any Operator, _ slot: Slot, _ pattern: ScanPattern, columns: [Slot],
    _ context: ExecutionContext
  ) {
    self.input = input
    self.pattern = pattern
    self.context = context
    whole = columns.firstIndex(of: slot)
    known = (0..<3).map { pattern[$0].slot.flatMap(columns.firstIndex) }
    added = (0..<3).filter { position in
      pattern[position].slot.map { !columns.contains($0) } ?? false
    }
  }

  func next() throws(EvaluationError) -> Batch? {
    guard let batch = try input.next() else { return nil }
    guard let whole else { return find(batch) }
    var rows: [Int] = []
    var columns = [[TermID]](repeating: [], count: added.count)
    for row in 0..<batch.count {
      guard let parts = context.terms.components(ofTriple: batch.columns[whole][row]),
        matches(parts, batch, row)
      else { continue }
      rows.append(row)
      for (index, position) in added.enumerated() { columns[index].append(parts[position]) }
    }
    let kept = batch.gathered(rows)
    return Batch(columns: kept.columns + columns, count: rows.count, weights: kept.weights)
  }

  private func matches(_ parts: EncodedTriple, _ batch: Batch, _ row: Int) -> Bool {
    for position in 0..<3 {
      switch pattern[position] {
      case .constant(let id): if parts[position] != id { return false }
      case .slot:
        if let column = known[position], batch.columns[column][row] != parts[position] {
          return false
        }
      }
    }
    return true
  }

  /// All parts are bound: rows whose triple term exists, with it.
  private func find(_ batch: Batch) -> Batch {
    var rows: [Int] = []
    var found: [TermID] = []
    for row in 0..<batch.count {
      let parts = (0..<3).map { position -> TermID in
        if case .constant(let id) = pattern[position] { return id }
        return known[position].map { batch.columns[$0][row] } ?? .none
      }
      guard let id = context.terms.lookup(triple: EncodedTriple(parts[0], parts[1], parts[2]))
      else { continue }
      rows.append(row)
      found.append(id)
    }
    let kept = batch.gathered(rows)
    return Batch(columns: kept.columns + [found], count: rows.count, weights: kept.weights)
  }
}
