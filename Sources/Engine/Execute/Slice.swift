/// A part of the rows; asks for no more batches than it needs.
final class Slice: Operator {
  private let input: any Operator
  private var toSkip: Int
  private var wanted: Int

  init(_ input: any Operator, offset: Int, limit: Int?) {
    self.input = input
    toSkip = offset
    wanted = limit ?? .max
  }

  func next() throws(EvaluationError) -> Batch? {
    guard wanted > 0, let batch = try input.next() else { return nil }
    let start = min(toSkip, batch.count)
    toSkip -= start
    let end = min(batch.count, start + min(wanted, batch.count))
    wanted -= end - start
    if start == 0, end == batch.count { return batch }
    return Batch(columns: batch.columns.map { Array($0[start..<end]) }, count: end - start)
  }
}
