import RDF

/// For each row, the matches of a triple pattern whose bound positions the row fills.
///
/// Keeps the order of its input and, within a row, the order of an index. Makes only the columns
/// that are asked for; when none is, it counts without enumerating.
final class LookupJoin: Operator {
  private let input: any Operator
  private let access: PatternAccess
  private let context: ExecutionContext
  private let outputs: [Output]
  private let needsRows: Bool
  /// Which of the pattern's open positions are wanted: leading, second, third.
  private let wanted: (Bool, Bool, Bool)
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

  init(
    _ input: any Operator, _ pattern: ScanPattern, _ graph: Graph, columns: [Slot],
    output: [Slot], rowCount: Double, _ context: ExecutionContext
  ) {
    self.input = input
    self.context = context
    access = PatternAccess(pattern, graph, columns: columns, rowCount: rowCount)
    let order = access.permutation.positions.map { pattern[$0].slot }
    outputs = output.map { slot in
      if let column = columns.firstIndex(of: slot) { return .input(column) }
      return .match(order.firstIndex(of: slot) ?? 2)
    }
    let places = outputs.map { if case .match(let place) = $0 { place } else { -1 } }
    wanted = (places.contains(0), places.contains(1), places.contains(2))
    needsRows = places.contains(-1)
  }

  func next() throws(EvaluationError) -> Batch? {
    while true {
      if let batch {
        if row < batch.count || hasMore { return fill(from: batch) }
        self.batch = nil
      }
      guard let batch = try input.next() else { return nil }
      self.batch = batch
      row = 0
      try context.poll(rowCount: batch.count)
    }
  }

  private var hasMore: Bool { matches != nil || !leads.isEmpty }

  private func fill(from batch: Batch) -> Batch {
    var rows: [Int] = []
    var columns: (lead: [TermID], second: [TermID], third: [TermID]) = ([], [], [])
    var count = 0
    while count < Batch.size {
      guard var view = matches ?? nextMatches(batch) else { break }
      matches = nil
      let limit = outputs.isEmpty ? view.range.count : Batch.size - count
      let part = view.range.prefix(limit)
      if needsRows { rows.append(part.count, of: row - 1) }
      if wanted.0 { columns.lead.append(part.count, of: lead) }
      if wanted.1 { columns.second.append(view.index.seconds, part) }
      if wanted.2 { columns.third.append(view.index.thirds, part) }
      count += part.count
      if part.count < view.range.count {
        view.range = part.upperBound..<view.range.upperBound
        matches = view
      }
    }
    return Batch(
      columns: outputs.map { output in
        switch output {
        case .input(let column): Batch.gather(batch.columns[column], rows)
        case .match(0): columns.lead
        case .match(1): columns.second
        case .match: columns.third
        }
      }, count: count)
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
