import Algebra
import RDF

/// Results of an expression by the one or two terms that it reads, for rows that repeat them: each
/// of some thousand places keeps the last result that fell to it.
struct ResultMemo {
  private let first: Int
  private let second: Int?
  /// By place: the terms, 0 where there are none yet, and the result.
  private var keys: [UInt64] = []
  private var results: [UInt32] = []
  private var rowCount = 0
  private var hitCount = 0
  private var isWorthwhile = true
  /// Fewer rows than this are not looked up.
  private let leastRowCount: Int

  private static let placeBitCount = 12
  /// After so many rows it is judged whether it pays.
  private static let trialCount = 4 << placeBitCount

  /// nil where the result may differ for equal terms, or too many are read.
  init?(_ expression: BoundExpression, _ context: ExecutionContext) {
    var columns = SlotSet()
    guard expression.isRepeatable(reading: &columns), columns.count <= 2 else { return nil }
    let read = Array(columns)
    guard let first = read.first else { return nil }
    self.first = first
    second = read.count == 2 ? read[1] : nil
    leastRowCount = context.isThorough ? 0 : 512
  }

  /// The results of all rows; `make` finds those that are not known.
  mutating func results(
    of batch: Batch, _ context: ExecutionContext,
    make: (Int) throws(EvaluationError) -> UInt32
  ) throws(EvaluationError) -> [UInt32] {
    var made: [UInt32] = []
    made.reserveCapacity(batch.count)
    guard try begins(batch.count, context) else {
      for row in 0..<batch.count { made.append(try make(row)) }
      return made
    }
    let left = batch.columns[first]
    let right = second.map { batch.columns[$0] } ?? left
    for row in 0..<batch.count {
      let key = UInt64(left[row].rawValue) << 32 | UInt64(right[row].rawValue)
      let place = Int((key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - Self.placeBitCount))
      if keys[place] == key, key != 0 {
        hitCount += 1
      } else {
        results[place] = try make(row)
        keys[place] = key
      }
      made.append(results[place])
    }
    return made
  }

  /// Counts rows; whether they are to be looked up.
  private mutating func begins(
    _ count: Int, _ context: ExecutionContext
  ) throws(EvaluationError) -> Bool {
    guard isWorthwhile else { return false }
    rowCount += count
    if rowCount < leastRowCount { return false }
    if rowCount > Self.trialCount {
      isWorthwhile = hitCount >= rowCount / 4
      (rowCount, hitCount) = (leastRowCount, 0)
    }
    if keys.isEmpty {
      try context.charge(byteCount: 12 << Self.placeBitCount)
      keys = [UInt64](repeating: 0, count: 1 << Self.placeBitCount)
      results = [UInt32](repeating: 0, count: 1 << Self.placeBitCount)
    }
    return isWorthwhile
  }
}
