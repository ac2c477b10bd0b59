import RDF

/// For each row, the matches of a triple pattern whose bound positions the row fills.
///
/// Keeps the order of its input and, within a row, the order of an index. Makes only the columns
/// that are asked for; where equal rows may be put together, it counts instead of enumerating.
final class LookupJoin: Operator {
  private let input: any Operator
  private let access: PatternAccess
  private let context: ExecutionContext
  private let outputs: [Output]
  private let needsRows: Bool
  /// Which of the pattern's open positions are wanted: leading, second, third.
  private let wanted: (Bool, Bool, Bool)
  private let unit: Unit
  private let duplicates: Duplicates
  private var batch: Batch?
  private var row = 0
  /// What is left of the current row's matches.
  private var matches: IndexView?
  /// For a pattern without anything bound, the leading ids still to come.
  private var leads: ArraySlice<TermID> = []
  private var lead = TermID.none

  private enum Output {
    case input(Int)
    /// An open position, counted in the order of the permutation.
    case match(Int)
  }

  /// What makes a row.
  private enum Unit {
    case triple
    /// Matches with the same second id.
    case run
    /// All matches of a leading id, or of a row.
    case view
    /// All triples.
    case everything
  }

  init(
    _ input: any Operator, _ pattern: ScanPattern, _ graph: Graph, columns: [Slot],
    output: [Slot], duplicates: Duplicates, rowCount: Double, _ context: ExecutionContext
  ) {
    self.input = input
    self.context = context
    self.duplicates = duplicates
    access = PatternAccess(
      pattern, graph, columns: columns, output: output, rowCount: rowCount)
    let order = access.permutation.positions.map { pattern[$0].slot }
    outputs = output.map { slot in
      if let column = columns.firstIndex(of: slot) { return .input(column) }
      return .match(order.firstIndex(of: slot) ?? 2)
    }
    let places = outputs.map { if case .match(let place) = $0 { place } else { -1 } }
    wanted = (places.contains(0), places.contains(1), places.contains(2))
    needsRows = places.contains(-1)
    unit =
      switch (duplicates, wanted) {
      case (.kept, _), (_, (_, _, true)): .triple
      case (_, (_, true, _)): .run
      case (_, (true, _, _)): .view
      case (_, (_, _, _)): access.first.isBound ? .view : .everything
      }
  }

  func next() throws(EvaluationError) -> Batch? {
    while true {
      if let batch {
        if row < batch.count || hasMore { return try fill(from: batch) }
        self.batch = nil
      }
      guard let batch = try input.next() else { return nil }
      self.batch = batch
      row = 0
      try context.poll(rowCount: batch.count)
    }
  }

  private var hasMore: Bool { matches != nil || !leads.isEmpty }

  /// Rows that stand for all matches of a row of the input, from the index as it is; nil where
  /// that takes more.
  private func counts(_ batch: Batch) throws(EvaluationError) -> Batch? {
    guard unit == .view, access.first.isBound, !access.hasDelta else { return nil }
    var found = Found()
    for at in row..<batch.count {
      guard let count = access.baseRange(batch.columns, at)?.count, count > 0 else { continue }
      found.rows.append(at)
      found.counts.append(count)
    }
    row = batch.count
    found.count = found.rows.count
    return Batch(
      columns: outputs.map { output in
        if case .input(let column) = output {
          Batch.gather(batch.columns[column], found.rows)
        } else {
          []
        }
      }, count: found.count, weights: try weights(found, batch))
  }

  private func fill(from batch: Batch) throws(EvaluationError) -> Batch {
    if let counted = try counts(batch) { return counted }
    if outputs.isEmpty, unit == .triple { return try counted(batch) }
    if unit == .everything { return try whole(batch) }
    var found = Found()
    while found.count < Batch.size {
      guard var view = matches ?? nextMatches(batch) else { break }
      matches = nil
      switch unit {
      case .triple: take(view.range.prefix(Batch.size - found.count), view.index, &found)
      case .run:
        let end = view.index.seconds.endOfRun(
          from: view.range.lowerBound, to: view.range.upperBound)
        take(view.range.lowerBound..<end, view.index, &found)
      case .view, .everything: take(view.range, view.index, &found)
      }
      if found.end < view.range.upperBound {
        view.range = found.end..<view.range.upperBound
        matches = view
      }
    }
    let weights = try weights(found, batch)
    return Batch(
      columns: outputs.map { output in
        switch output {
        case .input(let column): Batch.gather(batch.columns[column], found.rows)
        case .match(0): found.leads
        case .match(1): found.seconds
        case .match: found.thirds
        }
      }, count: found.count, weights: weights)
  }

  /// The rows made so far.
  private struct Found {
    var rows: [Int] = []
    var leads: [TermID] = []
    var seconds: [TermID] = []
    var thirds: [TermID] = []
    /// How many matches each row stands for, where they are put together.
    var counts: [Int] = []
    var count = 0
    var end = 0
  }

  @inline(__always)
  private func take(_ part: Range<Int>, _ index: PermutationIndex, _ found: inout Found) {
    let rowCount = unit == .triple ? part.count : 1
    if needsRows || unit != .triple || batch?.weights != nil {
      found.rows.append(rowCount, of: row - 1)
    }
    if wanted.0 { found.leads.append(rowCount, of: lead) }
    if wanted.1 { found.seconds.append(index.seconds, part.prefix(rowCount)) }
    if wanted.2 { found.thirds.append(index.thirds, part) }
    if unit != .triple { found.counts.append(part.count) }
    found.count += rowCount
    found.end = part.upperBound
  }

  private func weights(_ found: Found, _ batch: Batch) throws(EvaluationError) -> [Int]? {
    guard duplicates == .weighted, unit != .triple else { return batch.weights(of: found.rows) }
    guard let weights = batch.weights else { return found.counts }
    var result = found.counts
    for (at, row) in found.rows.enumerated() { result[at] = try product(result[at], weights[row]) }
    return result
  }

  /// The number of all matches, without columns.
  private func counted(_ batch: Batch) throws(EvaluationError) -> Batch {
    var count = 0
    while let view = matches ?? nextMatches(batch) {
      matches = nil
      count = try sum(count, view.count)
    }
    return Batch(columns: [], count: count)
  }

  /// Each row with the number of all triples.
  private func whole(_ batch: Batch) throws(EvaluationError) -> Batch {
    let rows = Array(row..<batch.count)
    row = batch.count
    let count = access.graph.tripleCount
    if count == 0 { return Batch(columns: outputs.map { _ in [] }, count: 0) }
    var result = batch.gathered(rows)
    result.columns = outputs.map {
      if case .input(let column) = $0 { result.columns[column] } else { [] }
    }
    if duplicates == .weighted {
      var weights = result.weights ?? [Int](repeating: 1, count: rows.count)
      for at in weights.indices { weights[at] = try product(weights[at], count) }
      result.weights = weights
    }
    return result
  }

  /// The next part of the matches that is not empty; nil at the end of the batch.
  @inline(__always)
  private func nextMatches(_ batch: Batch) -> IndexView? {
    while true {
      if let next = leads.popFirst() {
        lead = next
        let view = access.graph.view(access.permutation, next)
        if !view.range.isEmpty { return view }
        continue
      }
      guard row < batch.count else { return nil }
      row += 1
      guard access.first.isBound else {
        leads = access.graph.leads(access.permutation)[...]
        continue
      }
      let view = access.view(batch.columns, row - 1)
      if !view.range.isEmpty { return view }
    }
  }
}

extension [TermID] {
  @inline(__always)
  fileprivate mutating func append(_ column: PermutationIndex.Column, _ part: Range<Int>) {
    if part.count > 8 {
      append(contentsOf: UnsafeBufferPointer(rebasing: column[part]))
    } else {
      for at in part { append(column[at]) }
    }
  }
}

extension Array {
  @inline(__always)
  fileprivate mutating func append(_ count: Int, of element: Element) {
    if count == 1 {
      append(element)
    } else {
      append(contentsOf: repeatElement(element, count: count))
    }
  }
}
