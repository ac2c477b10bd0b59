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
  private let unit: Unit
  private let duplicates: Duplicates
  private var batch: Batch?
  /// For the batch.
  private var charged = 0
  /// Rows that a batch of the output aims at: less where there are many columns.
  private let size: Int
  /// The next row, and what is left of the matches of the one before.
  private var row = 0
  private var rest: Piece?
  /// The matches of all rows, if the pattern has anything bound.
  private var found = RowMatches()
  /// For a pattern without anything bound, the leading ids still to come.
  private var leads: ArraySlice<TermID> = []
  /// nil where nobody asks.
  private var order: LookupOrder?

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

  /// Matches of a row that make rows of the output, or one.
  private struct Piece {
    var row: Int
    var lead: TermID
    var matches: Matches
  }

  /// How many pieces before they are read the ids of one are asked for.
  private static let lookahead = 8

  init(
    _ input: any Operator, _ pattern: ScanPattern, _ graph: Graph, columns: [Slot],
    output: [Slot], duplicates: Duplicates, rowCount: Double, isProfiled: Bool,
    _ context: ExecutionContext
  ) throws(EvaluationError) {
    self.input = input
    self.context = context
    self.duplicates = duplicates
    order = isProfiled ? LookupOrder() : nil
    access = try PatternAccess(
      pattern, graph, columns: columns, output: output, rowCount: rowCount, context)
    let order = access.permutation.positions
    var places = SlotSet()
    // Most columns follow one another as they do below.
    var next = 0
    outputs = output.map { slot in
      let isNext = next < columns.count && columns[next] == slot
      if let column = isNext ? next : columns.firstIndex(of: slot) {
        next = column + 1
        return .input(column)
      }
      let place = order.firstIndex { pattern[$0].slot == slot } ?? 2
      places.insert(place)
      return .match(place)
    }
    size = max(16, min(Batch.size, Batch.size * 16 / max(1, outputs.count)))
    unit =
      if duplicates == .kept || places.contains(2) {
        .triple
      } else if places.contains(1) {
        .run
      } else if places.contains(0) || access.first.isBound {
        .view
      } else {
        .everything
      }
  }

  func next() throws(EvaluationError) -> Batch? {
    while true {
      if let batch {
        if row < batch.count || rest != nil || !leads.isEmpty {
          // One batch may make more than anybody waits for.
          try context.poll(rowCount: 0)
          return try fill(from: batch)
        }
        self.batch = nil
      }
      context.release(byteCount: charged)
      charged = 0
      guard let batch = try input.next() else { return nil }
      self.batch = batch
      row = 0
      charged = batch.byteCount
      try context.charge(byteCount: charged)
      if access.first.isBound { found = try access.matches(batch, context) }
      if case .column(let column) = access.first { order?.note(batch.columns[column]) }
      try context.poll(rowCount: batch.count)
    }
  }

  /// Whether the rows came in the order of the index: then both were read once, from front to back.
  var isMerge: Bool { order?.isAscending ?? false }

  private func fill(from batch: Batch) throws(EvaluationError) -> Batch {
    if outputs.isEmpty, unit == .triple { return try counted(batch) }
    if unit == .everything { return whole(batch) }
    let (pieces, count) = pieces(batch)
    if batch.columns.isEmpty, batch.count == 1 { noteProgress() }
    return Batch(
      columns: outputs.map { column(pieces, count, $0, batch) }, count: count,
      weights: weights(pieces, count, batch))
  }

  /// For a pattern that no other fills: how many of its matches, or leading ids, are taken.
  private func noteProgress() {
    if access.first.isBound {
      let total = found.matches[0].count
      context.note(scanned: total - (rest?.matches.count ?? 0), of: total)
    } else {
      context.note(scanned: leads.startIndex, of: leads.endIndex)
    }
  }

  // MARK: Pieces

  /// The next matches, for about a batch of rows.
  private func pieces(_ batch: Batch) -> (pieces: [Piece], rowCount: Int) {
    var pieces: [Piece] = []
    pieces.reserveCapacity(min(size, batch.count - row + 1))
    forgetLeads()
    var count = 0
    var rest = rest
    while count < size, var piece = rest ?? nextPiece(batch) {
      let part =
        switch unit {
        case .triple: min(piece.matches.count, size - count)
        case .run: piece.matches.runLength
        case .view, .everything: piece.matches.count
        }
      let taken = piece.matches.takeFirst(part)
      rest = piece.matches.count > 0 ? piece : nil
      pieces.append(Piece(row: piece.row, lead: piece.lead, matches: taken))
      count += unit == .triple ? part : 1
    }
    self.rest = rest
    return (pieces, count)
  }

  /// The next matches that are not empty; nil at the end of the batch.
  @inline(__always)
  private func nextPiece(_ batch: Batch) -> Piece? {
    guard access.first.isBound else { return nextLead(batch) }
    var at = row
    defer { row = at }
    while at < batch.count {
      let matches = found.matches[at]
      at += 1
      if matches.count > 0 { return Piece(row: at - 1, lead: .none, matches: matches) }
    }
    return nil
  }

  /// Lets go of what leading ids have had merged for them, but for the last one, which may go on.
  private func forgetLeads() {
    if !access.first.isBound { found.owners.removeFirst(max(0, found.owners.count - 1)) }
  }

  private func nextLead(_ batch: Batch) -> Piece? {
    while true {
      if let lead = leads.popFirst() {
        if !access.hasDelta {
          let range = access.index.range(lead)
          if range.isEmpty { continue }
          return Piece(row: row - 1, lead: lead, matches: Matches(access.index, range))
        }
        let view = access.graph.view(access.permutation, lead)
        if view.range.isEmpty { continue }
        if view.index !== access.index { found.owners.append(view.index) }
        return Piece(row: row - 1, lead: lead, matches: Matches(view.index, view.range))
      }
      guard row < batch.count else { return nil }
      row += 1
      leads = access.leads[...]
    }
  }

  // MARK: Columns

  private func column(
    _ pieces: [Piece], _ count: Int, _ output: Output, _ batch: Batch
  ) -> [TermID] {
    [TermID](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = count
      switch output {
      case .input(let column):
        batch.columns[column].withUnsafeBufferPointer { column in
          repeating(pieces, in: buffer) { column[$0.row] }
        }
      case .match(0): repeating(pieces, in: buffer) { $0.lead }
      case .match(let place):
        var at = 0
        for (index, piece) in pieces.enumerated() {
          if index + Self.lookahead < pieces.count {
            prefetch(pieces[index + Self.lookahead].matches.ids(place))
          }
          guard let ids = piece.matches.ids(place) else { continue }
          let size = unit == .triple ? piece.matches.count : 1
          for index in 0..<size { buffer.initializeElement(at: at + index, to: ids[index]) }
          at += size
        }
      }
    }
  }

  /// Writes what is the same for all rows of a piece.
  @inline(__always)
  private func repeating<Element>(
    _ pieces: [Piece], in buffer: UnsafeMutableBufferPointer<Element>, _ element: (Piece) -> Element
  ) {
    var at = 0
    for piece in pieces {
      let element = element(piece)
      let end = at + (unit == .triple ? piece.matches.count : 1)
      while at < end {
        buffer.initializeElement(at: at, to: element)
        at += 1
      }
    }
  }

  private func weights(_ pieces: [Piece], _ count: Int, _ batch: Batch) -> [Weight]? {
    let isCounted = duplicates == .weighted && unit != .triple
    guard isCounted || batch.weights != nil else { return nil }
    return [Weight](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = count
      repeating(pieces, in: buffer) { piece in
        let weight = batch.weights?[piece.row] ?? 1
        return isCounted ? product(Weight(piece.matches.count), weight) : weight
      }
    }
  }

  // MARK: Numbers only

  /// The number of the next matches, many at a time, without columns.
  private func counted(_ batch: Batch) throws(EvaluationError) -> Batch {
    var count = 0
    var weights: [Weight] = []
    while count < Batch.size * 32, let piece = rest ?? nextPiece(batch) {
      rest = nil
      forgetLeads()
      count += piece.matches.count
      if let weight = batch.weights?[piece.row] {
        try context.tick(piece.matches.count)
        weights += repeatElement(weight, count: piece.matches.count)
      }
    }
    return Batch(columns: [], count: count, weights: batch.weights == nil ? nil : weights)
  }

  /// Each row with the number of all triples.
  private func whole(_ batch: Batch) -> Batch {
    let rows = Array(row..<batch.count)
    row = batch.count
    let count = access.graph.tripleCount
    if count == 0 { return Batch(columns: outputs.map { _ in [] }, count: 0) }
    var result = batch.gathered(rows)
    result.columns = outputs.map {
      if case .input(let column) = $0 { result.columns[column] } else { [] }
    }
    if duplicates == .weighted {
      var weights = result.weights ?? [Weight](repeating: 1, count: rows.count)
      for at in weights.indices { weights[at] = product(weights[at], Weight(count)) }
      result.weights = weights
    }
    return result
  }
}

/// Whether what is looked up comes in the order of the index.
private struct LookupOrder {
  private var last = TermID.none
  private var changeCount = 0
  private var hasFallen = false

  /// Of two different terms at least.
  var isAscending: Bool { !hasFallen && changeCount > 1 }

  mutating func note(_ leads: [TermID]) {
    for lead in leads where lead != last {
      if lead < last { hasFallen = true }
      if hasFallen { return }
      changeCount += 1
      last = lead
    }
  }
}
