import RDF

/// The rows of one side, then of the other, in the columns of both.
final class Union: Operator {
  private var inputs: [(any Operator, sources: [Int?])]

  /// `sources`: for each column of the output the column of the input, or nil.
  init(_ inputs: [(any Operator, sources: [Int?])]) {
    self.inputs = inputs.reversed()
  }

  func next() throws(EvaluationError) -> Batch? {
    while let (input, sources) = inputs.last {
      if let batch = try input.next() { return batch.arranged(sources) }
      inputs.removeLast()
    }
    return nil
  }
}

/// Some columns of the input, in another order.
final class Projection: Operator {
  private let input: any Operator
  private let sources: [Int?]

  init(_ input: any Operator, sources: [Int?]) {
    self.input = input
    self.sources = sources
  }

  func next() throws(EvaluationError) -> Batch? { try input.next()?.arranged(sources) }
}

extension Batch {
  fileprivate func arranged(_ sources: [Int?]) -> Batch {
    Batch(
      columns: sources.map {
        $0.map { columns[$0] } ?? [TermID](repeating: .none, count: count)
      }, count: count, weights: weights)
  }
}
