/// The rows of some sorted runs in order, by a tree of losers: each row costs a comparison a level.
struct SortedRuns {
  private var runs: [[SortKeys.Row]]
  /// The next row of each run, with no place at its end.
  private var heads: [SortKeys.Row]
  /// Where the row behind it stands.
  private var nexts: [Int]
  /// The run that has lost at each node; the winner of all stands first.
  private var losers: [Int]

  private static let end = SortKeys.Row(major: .max, place: .max)

  init(_ runs: [[SortKeys.Row]], _ keys: SortKeys) {
    self.runs = runs
    heads = runs.map { $0.first ?? Self.end }
    nexts = [Int](repeating: 1, count: runs.count)
    losers = [Int](repeating: -1, count: runs.count)
    for run in runs.indices { settle(run, keys) }
  }

  /// The next row; nil at the end.
  mutating func next(_ keys: SortKeys) -> SortKeys.Row? {
    guard let run = losers.first, heads[run].place != .max else { return nil }
    let row = heads[run]
    let next = nexts[run]
    if next < runs[run].count {
      heads[run] = runs[run][next]
      nexts[run] = next + 1
    } else {
      // Memory is given back as the rows are read.
      heads[run] = Self.end
      runs[run] = []
    }
    settle(run, keys)
    return row
  }

  /// Lets a run play from its leaf up; while the tree is made, the first to come to a node waits there.
  @inline(__always)
  private mutating func settle(_ run: Int, _ keys: SortKeys) {
    var winner = run
    var node = (run + runs.count) / 2
    while node > 0 {
      let other = losers[node]
      if other < 0 {
        losers[node] = winner
        return
      }
      if precedes(heads[other], heads[winner], keys) {
        losers[node] = winner
        winner = other
      }
      node /= 2
    }
    losers[0] = winner
  }

  @inline(__always)
  private func precedes(_ a: SortKeys.Row, _ b: SortKeys.Row, _ keys: SortKeys) -> Bool {
    if a.major != b.major { return a.major < b.major }
    if a.place == .max || b.place == .max { return a.place < b.place }
    return keys.precedes(a, b)
  }
}
