import RDF

/// All rows of one side of a join, hashed by the columns that both sides always bind.
struct JoinTable {
  /// A column of the probing rows and one of the table's that must agree.
  struct Pair {
    var probe: Int
    var build: Int
  }

  private(set) var columns: [[TermID]]
  private(set) var count = 0
  /// Bound on both sides in every row.
  private let keys: [Pair]
  private let probeKeys: [Int]
  /// In both, but perhaps unbound: equal where both are bound.
  private let loose: [Pair]
  /// Row + 1 of the last row with a hash, and of the one before each.
  private var heads: [UInt32] = []
  private var earlier: [UInt32] = []

  /// Takes all rows of `source`.
  init(
    _ source: any Operator, columns buildColumns: [Slot], certain buildCertain: SlotSet,
    probe probeColumns: [Slot], certain probeCertain: SlotSet, _ context: ExecutionContext
  ) throws(EvaluationError) {
    columns = []
    var keys: [Pair] = []
    var loose: [Pair] = []
    for (build, slot) in buildColumns.enumerated() {
      guard let probe = probeColumns.firstIndex(of: slot) else { continue }
      if buildCertain.contains(slot), probeCertain.contains(slot) {
        keys.append(Pair(probe: probe, build: build))
      } else {
        loose.append(Pair(probe: probe, build: build))
      }
    }
    self.keys = keys
    probeKeys = keys.map(\.probe)
    self.loose = loose
    let rows = CollectedRows()
    while let batch = try source.next() {
      try rows.append(batch, context)
      try context.poll(rowCount: batch.count)
    }
    count = rows.count
    columns = try rows.columns(buildColumns.indices.map(Optional.some), context)
    try index(context)
  }

  private mutating func index(_ context: ExecutionContext) throws(EvaluationError) {
    var size = 16
    while size < count * 2 { size *= 2 }
    try context.charge(byteCount: (size + count) * 4)
    heads = try [UInt32](repeating: 0, count: size, context)
    earlier = try [UInt32](repeating: 0, count: count, context)
    let keyColumns = keys.map(\.build)
    // From the last row to the first, so that a chain gives the rows in their order.
    for row in stride(from: count - 1, through: 0, by: -1) {
      try context.tick()
      let place = place(columns, keyColumns, row)
      earlier[row] = heads[place]
      heads[place] = UInt32(truncatingIfNeeded: row + 1)
    }
  }

  @inline(__always)
  private func place(_ columns: [[TermID]], _ keys: [Int], _ row: Int) -> Int {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    for key in keys {
      hash = ByteHash.mix(hash ^ UInt64(columns[key][row].rawValue), 0xe703_7ed1_a0b4_28db)
    }
    return Int(truncatingIfNeeded: hash) & (heads.count - 1)
  }

  /// The first candidate for a probing row, 0 for none; with `following`, all of them.
  func firstCandidate(_ batch: Batch, _ row: Int) -> Int {
    count == 0 ? 0 : Int(heads[place(batch.columns, probeKeys, row)])
  }

  func following(_ candidate: Int) -> Int { Int(earlier[candidate - 1]) }

  @inline(__always)
  func agrees(_ batch: Batch, _ row: Int, _ found: Int) -> Bool {
    for key in keys where columns[key.build][found] != batch.columns[key.probe][row] {
      return false
    }
    for pair in loose {
      let a = columns[pair.build][found]
      let b = batch.columns[pair.probe][row]
      if a != b, a.isBound, b.isBound { return false }
    }
    return true
  }

  /// Whether a probing row and one that agrees with it bind some variable in common.
  func overlaps(_ batch: Batch, _ row: Int, _ found: Int) -> Bool {
    !keys.isEmpty
      || loose.contains {
        columns[$0.build][found].isBound && batch.columns[$0.probe][row].isBound
      }
  }

  /// Rows of both sides put together: the probe's columns, filled up from the table where they
  /// are unbound, then the table's own. `none` stands for no row of the table.
  func merged(_ batch: Batch, _ rows: [Int], _ found: [Int]) -> Batch {
    var result = batch.columns.map { Batch.gather($0, rows) }
    for pair in loose {
      for (at, row) in found.enumerated() where row >= 0 && !result[pair.probe][at].isBound {
        result[pair.probe][at] = columns[pair.build][row]
      }
    }
    let shared = Set((keys + loose).map(\.build))
    for index in columns.indices where !shared.contains(index) {
      let column = columns[index]
      result.append(found.map { $0 < 0 ? .none : column[$0] })
    }
    return Batch(columns: result, count: rows.count, weights: batch.weights(of: rows))
  }
}
