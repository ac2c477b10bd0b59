import RDF

/// For each row, the values of one slot that several triple patterns allow, all else in them
/// being bound: the intersection of sorted lists.
///
/// From one row to the next as a rule only one of the lists changes; what the others have in
/// common is kept. Source: the step of leapfrog triejoin (Veldhuizen, 2014) on indexes with a
/// directory.
final class IntersectionJoin: Operator {
  private typealias List = UnsafeBufferPointer<TermID>

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
  /// For each pattern: where it takes its bound ids from, what they were last, and the list for
  /// them, which lives as long as the view.
  private let sources: [(PatternAccess.Source, PatternAccess.Source)]
  private var keys: [(TermID, TermID)]
  private var views: [IndexView?]
  private var lists: [List]
  /// Where the lists of each row of the batch lie in the base; nil for a pattern with a delta.
  private var ranges: [[Range<Int>]?] = []
  /// The pattern whose list changed last, and what the others have in common.
  private var varying = 0
  private var common: [TermID] = []

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
    sources = accesses.map { ($0.first, $0.second) }
    keys = patterns.map { _ in (.none, .none) }
    views = patterns.map { _ in nil }
    lists = patterns.map { _ in List(start: nil, count: 0) }
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
      ranges = accesses.map { $0.baseRanges(batch) }
      try context.poll(rowCount: batch.count)
    }
  }

  /// All matches of a row go into one batch, which may be larger than usual for that.
  private func fill(from batch: Batch) throws(EvaluationError) -> Batch {
    var rows: [Int] = []
    var counts: [Int] = []
    var values: [TermID] = []
    while row < batch.count, rows.count < Batch.size {
      update(batch)
      let one = lists[varying]
      let other = sources.count == 2 ? lists[1 - varying] : nil
      if isCounting {
        let count =
          other.map { Self.intersect(one, $0, into: nil) }
          ?? common.withUnsafeBufferPointer { Self.intersect(one, $0, into: nil) }
        if count > 0 {
          rows.append(row)
          counts.append(count)
        }
      } else {
        let before = values.count
        if let other {
          Self.append(one, other, to: &values)
        } else {
          common.withUnsafeBufferPointer { Self.append(one, $0, to: &values) }
        }
        for _ in before..<values.count { rows.append(row) }
      }
      row += 1
      try context.tick()
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

  // MARK: Lists

  /// Finds the lists of the current row that are not those of the row before.
  @inline(__always)
  private func update(_ batch: Batch) {
    var changed = -1
    var isOnlyOne = true
    for index in sources.indices {
      let key = (
        sources[index].0.id(batch.columns, row), sources[index].1.id(batch.columns, row)
      )
      if keys[index] == key { continue }
      isOnlyOne = changed < 0
      changed = index
      keys[index] = key
      find(index, batch)
    }
    guard sources.count > 2, changed >= 0, !isOnlyOne || changed != varying else { return }
    varying = changed
    intersectOthers()
  }

  private func intersectOthers() {
    var others = lists
    others.remove(at: varying)
    others.sort { $0.count < $1.count }
    common.removeAll(keepingCapacity: true)
    Self.append(others[0], others[1], to: &common)
    for list in others.dropFirst(2) {
      var less: [TermID] = []
      common.withUnsafeBufferPointer { Self.append($0, list, to: &less) }
      common = less
    }
  }

  private func find(_ index: Int, _ batch: Batch) {
    if let ranges = ranges[index] {
      lists[index] = List(rebasing: accesses[index].index.thirds[ranges[row]])
      return
    }
    let view = accesses[index].view(batch.columns, row)
    views[index] = view
    lists[index] = List(rebasing: view.index.thirds[view.range])
  }

  private static func append(_ a: List, _ b: List, to values: inout [TermID]) {
    let most = min(a.count, b.count)
    if most == 0 { return }
    withUnsafeTemporaryAllocation(of: TermID.self, capacity: most) { found in
      let count = intersect(a, b, into: found)
      values.append(contentsOf: List(rebasing: found[..<count]))
    }
  }

  /// How many ids two ascending lists share, written to `found` if given: by merging them, or by
  /// galloping where one is much longer.
  @inline(__always)
  private static func intersect(
    _ a: List, _ b: List, into found: UnsafeMutableBufferPointer<TermID>?
  ) -> Int {
    if a.count > b.count { return intersect(shorter: b, a, into: found) }
    return intersect(shorter: a, b, into: found)
  }

  private static func intersect(
    shorter a: List, _ b: List, into found: UnsafeMutableBufferPointer<TermID>?
  ) -> Int {
    var count = 0
    if b.count / 16 > a.count {
      var start = 0
      for value in a {
        start = b.gallop(to: value, in: start..<b.count)
        if start == b.count { break }
        if b[start] == value {
          found?[count] = value
          count += 1
        }
      }
      return count
    }
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      let (x, y) = (a[i].rawValue, b[j].rawValue)
      if let found, x == y { found[count] = a[i] }
      count &+= x == y ? 1 : 0
      i &+= x <= y ? 1 : 0
      j &+= y <= x ? 1 : 0
    }
    return count
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
