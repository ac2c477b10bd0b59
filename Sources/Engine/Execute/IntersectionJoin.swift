import RDF

/// For each row, the values of one slot that several triple patterns allow, all else in them
/// being bound: the intersection of sorted lists.
///
/// From one row to the next as a rule only one of the lists changes; what the others have in
/// common is kept. Source: the step of leapfrog triejoin (Veldhuizen, 2014) on indexes with a
/// directory.
final class IntersectionJoin: Operator {
  private let input: any Operator
  private let context: ExecutionContext
  /// The input's columns that are handed on; nil for the new one.
  private let outputs: [Int?]
  private let duplicates: Duplicates
  /// Whether nobody wants the values, but only their number.
  private let isCounting: Bool
  private var lists: IntersectedLists
  private var batch: Batch?
  private var row = 0

  /// `inherited`: what all patterns but the last have in common stands in a column already.
  init(
    _ input: any Operator, _ patterns: [ScanPattern], _ graph: Graph, columns: [Slot],
    output: [Slot], duplicates: Duplicates, rowCount: Double, inherited: InheritedList?,
    _ context: ExecutionContext
  ) throws(EvaluationError) {
    self.input = input
    self.context = context
    self.duplicates = duplicates
    var accesses: [PatternAccess] = []
    for pattern in patterns {
      accesses.append(
        try PatternAccess(
          pattern, graph, columns: columns, output: output, rowCount: rowCount, context))
    }
    lists = IntersectedLists(accesses, inherited)
    outputs = output.map(columns.firstIndex)
    isCounting = duplicates != .kept && !outputs.contains(nil)
  }

  func next() throws(EvaluationError) -> Batch? {
    while true {
      if let batch {
        if row < batch.count { return try fill(from: batch) }
        self.batch = nil
      }
      guard let batch = try input.next() else { return nil }
      self.batch = batch
      row = 0
      try context.poll(rowCount: batch.count)
      try lists.load(batch, context)
    }
  }

  /// All matches of a row go into one batch, which may be larger than usual for that.
  private func fill(from batch: Batch) throws(EvaluationError) -> Batch {
    var found = IntersectedLists.Found()
    row = try lists.fill(&found, from: row, of: batch, isCounting: isCounting, context)
    let columns = outputs.map { source in
      source.map { Batch.gather(batch.columns[$0], found.rows) } ?? found.values
    }
    return Batch(
      columns: columns, count: found.rows.count, weights: weights(found, batch))
  }

  private func weights(_ found: IntersectedLists.Found, _ batch: Batch) -> [Weight]? {
    guard duplicates == .weighted, isCounting else { return batch.weights(of: found.rows) }
    var result = found.counts.map { Weight($0) }
    guard let weights = batch.weights else { return result }
    for (at, row) in found.rows.enumerated() {
      result[at] = product(result[at], weights[row])
    }
    return result
  }
}

/// A column whose values are, for each run of rows with the same keys, the intersection of lists
/// that is wanted again: it was made by the intersection before, for another slot.
struct InheritedList {
  /// The columns of the input that tell the runs apart.
  var keys: [Int]
  var column: Int

  /// What an intersection for `slot` can take from one just below it, whose patterns say of
  /// another slot what all but one of `patterns` say of this one. With the patterns, that one last.
  static func find(
    _ slot: Slot, _ patterns: [ScanPattern], below node: PlanNode
  ) -> (list: InheritedList, patterns: [ScanPattern])? {
    guard case .intersect(let other, let before, _) = node.step,
      let column = node.columns.firstIndex(of: other)
    else { return nil }
    let steady = patterns.filter { !$0.slots.contains(other) }
    let varying = patterns.filter { $0.slots.contains(other) }
    guard varying.count == 1, Set(steady.map { $0.replacing(slot, by: other) }) == Set(before)
    else { return nil }
    let bound = SlotSet(steady.flatMap(\.slots))
    let keys = node.columns.indices.filter { bound.contains(node.columns[$0]) }
    return (InheritedList(keys: keys, column: column), steady + varying)
  }
}

extension ScanPattern {
  fileprivate func replacing(_ slot: Slot, by other: Slot) -> ScanPattern {
    func replaced(_ position: Position) -> Position {
      position == .slot(slot) ? .slot(other) : position
    }
    return ScanPattern(replaced(subject), replaced(predicate), replaced(object))
  }
}
