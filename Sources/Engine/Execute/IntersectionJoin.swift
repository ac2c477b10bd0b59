import RDF

/// For each row, the values of one slot that several triple patterns allow, all else in them
/// being bound: the intersection of sorted lists, led by the shortest.
///
/// Source: the step of leapfrog triejoin (Veldhuizen, 2014) on indexes with a directory.
final class IntersectionJoin: Operator {
  private let input: any Operator
  private let accesses: [PatternAccess]
  private let context: ExecutionContext
  /// The input's columns that are handed on; nil for the new one.
  private let outputs: [Int?]
  private let duplicates: Duplicates
  /// Whether nobody wants the values, but only their number.
  private let isCounting: Bool
  private var batch: Batch?
  private var row = 0

  init(
    _ input: any Operator, _ patterns: [ScanPattern], _ graph: Graph, columns: [Slot],
    output: [Slot], duplicates: Duplicates, rowCount: Double, _ context: ExecutionContext
  ) {
    self.input = input
    self.context = context
    self.duplicates = duplicates
    accesses = patterns.map {
      PatternAccess($0, graph, columns: columns, output: output, rowCount: rowCount)
    }
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
    }
  }

  /// All matches of a row go into one batch, which may be larger than usual for that.
  private func fill(from batch: Batch) throws(EvaluationError) -> Batch {
    var rows: [Int] = []
    var counts: [Int] = []
    var values: [TermID] = []
    var views: [IndexView] = []
    while row < batch.count, rows.count < Batch.size {
      let before = values.count
      if accesses.count == 2 {
        let first = accesses[0].view(batch.columns, row)
        let second = accesses[1].view(batch.columns, row)
        if first.range.count < second.range.count {
          Self.intersect(first, second, into: &values)
        } else {
          Self.intersect(second, first, into: &values)
        }
      } else {
        views.removeAll(keepingCapacity: true)
        for access in accesses { views.append(access.view(batch.columns, row)) }
        views.sort { $0.range.count < $1.range.count }
        Self.intersect(&views, into: &values)
      }
      let count = values.count - before
      if isCounting {
        values.removeAll(keepingCapacity: true)
        if count > 0 {
          rows.append(row)
          counts.append(count)
        }
      } else {
        for _ in 0..<count { rows.append(row) }
      }
      row += 1
    }
    return Batch(
      columns: outputs.map { $0.map { Batch.gather(batch.columns[$0], rows) } ?? values },
      count: rows.count, weights: try weights(counts, batch, rows))
  }

  private func weights(
    _ counts: [Int], _ batch: Batch, _ rows: [Int]
  ) throws(EvaluationError) -> [Int]? {
    guard duplicates == .weighted, isCounting else { return batch.weights(of: rows) }
    guard let weights = batch.weights else { return counts }
    var result = counts
    for (at, row) in rows.enumerated() { result[at] = try product(result[at], weights[row]) }
    return result
  }

  @inline(__always)
  private static func intersect(
    _ leader: IndexView, _ other: IndexView, into values: inout [TermID]
  ) {
    let (thirds, end) = (other.index.thirds, other.range.upperBound)
    var start = other.range.lowerBound
    for at in leader.range {
      let value = leader.index.thirds[at]
      start = thirds.gallop(to: value, in: start..<end)
      if start == end { return }
      if thirds[start] == value { values.append(value) }
    }
  }

  @inline(__always)
  private static func intersect(_ views: inout [IndexView], into values: inout [TermID]) {
    let leader = views[0]
    for at in leader.range {
      let value = leader.index.thirds[at]
      var isShared = true
      for other in 1..<views.count {
        let start = views[other].index.thirds.gallop(to: value, in: views[other].range)
        views[other].range = start..<views[other].range.upperBound
        if start == views[other].range.upperBound { return }
        if views[other].index.thirds[start] != value {
          isShared = false
          break
        }
      }
      if isShared { values.append(value) }
    }
  }
}

extension UnsafeBufferPointer<TermID> {
  /// The first position in `range` whose id is at least `id`, near its beginning as a rule.
  @inline(__always)
  func gallop(to id: TermID, in range: Range<Int>) -> Int {
    var low = range.lowerBound
    if low == range.upperBound || self[low] >= id { return low }
    var step = 1
    while low + step < range.upperBound, self[low + step] < id {
      low += step
      step *= 2
    }
    return lowerBound(of: id, in: low..<Swift.min(range.upperBound, low + step + 1))
  }
}
