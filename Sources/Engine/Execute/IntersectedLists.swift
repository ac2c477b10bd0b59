import RDF

/// The lists of several patterns for the rows of a batch, and what they have in common.
struct IntersectedLists: ~Copyable {
  /// Rows of the batch, once for each value found or, where values are counted, with their number.
  struct Found {
    var rows: [Int] = []
    var values: [TermID] = []
    var counts: [Int] = []
  }

  private let accesses: [PatternAccess]
  private let inherited: InheritedList?
  /// The lists of the pattern that changes most often from row to row, and of the others.
  private var varying = RowMatches()
  private var others: [RowMatches] = []
  /// The rows that are at work, and what the other lists have in common in all of them.
  private var run = 0..<0
  private var steady = SteadyList()

  /// How many rows before it is read a list is asked for.
  private static let lookahead = 8

  init(_ accesses: [PatternAccess], _ inherited: InheritedList?) {
    self.accesses = accesses
    self.inherited = inherited
  }

  /// Finds the lists of each row.
  mutating func load(_ batch: Batch, _ context: ExecutionContext) throws(EvaluationError) {
    run = 0..<0
    if inherited != nil {
      varying = try accesses[accesses.count - 1].matches(batch, context)
      return
    }
    others.removeAll(keepingCapacity: true)
    for access in accesses { others.append(try access.matches(batch, context)) }
    let most = others.indices.max { others[$0].changeCount < others[$1].changeCount }
    varying = others.remove(at: most ?? 0)
  }

  /// Goes on with a row, until there is a batch of results; gives the row to go on with.
  mutating func fill(
    _ found: inout Found, from start: Int, of batch: Batch, isCounting: Bool,
    _ context: ExecutionContext
  ) throws(EvaluationError) -> Int {
    var row = start
    while row < batch.count, found.rows.count < Batch.size {
      if row == run.upperBound {
        run = row..<endOfRun(row, batch)
        takeCommon(batch)
        try context.tick(steady.ids.count)
      }
      while row < run.upperBound, found.rows.count < Batch.size {
        let list = varying.matches[row].list
        varying.prefetch(row + Self.lookahead)
        if isCounting {
          let count = steady.count(in: list)
          if count > 0 {
            found.rows.append(row)
            found.counts.append(count)
          }
        } else {
          let before = found.values.count
          steady.append(sharedWith: list, to: &found.values)
          for _ in before..<found.values.count { found.rows.append(row) }
        }
        row += 1
        try context.tick(1 + list.count)
      }
    }
    return row
  }

  // MARK: Runs of rows with the same other lists

  private func endOfRun(_ row: Int, _ batch: Batch) -> Int {
    var end = row + 1
    if let inherited {
      let column = batch.columns[inherited.column]
      // A run that comes again begins with a smaller value, or the same one.
      while end < batch.count, column[end - 1] < column[end],
        inherited.keys.allSatisfy({ batch.columns[$0][end] == batch.columns[$0][row] })
      {
        end += 1
      }
      return end
    }
    while end < batch.count, others.allSatisfy({ $0.isSame(row, end) }) { end += 1 }
    return end
  }

  private mutating func takeCommon(_ batch: Batch) {
    if let inherited {
      batch.columns[inherited.column].withUnsafeBufferPointer {
        steady.set(copyOf: SortedList(rebasing: $0[run]))
      }
    } else if others.count == 1 {
      steady.set(others[0].matches[run.lowerBound].list)
    } else {
      let lists = others.map { $0.matches[run.lowerBound].list }.sorted { $0.count < $1.count }
      steady.set(lists[0])
      for list in lists.dropFirst() { steady.narrow(to: list) }
    }
    steady.prepare(useCount: run.count)
  }
}

extension RowMatches {
  /// Whether two rows have the same matches.
  @inline(__always)
  fileprivate func isSame(_ a: Int, _ b: Int) -> Bool {
    matches[a].thirds == matches[b].thirds && matches[a].count == matches[b].count
  }
}
