import RDF

/// The way to a pattern's matches: which index, and where its bound ids come from.
struct PatternAccess {
  enum Source {
    case constant(TermID)
    case column(Int)
    case open

    @inline(__always)
    func id(_ columns: [[TermID]], _ row: Int) -> TermID {
      switch self {
      case .constant(let id): id
      case .column(let column): columns[column][row]
      case .open: .none
      }
    }

    var isBound: Bool { if case .open = self { false } else { true } }

    /// The ids of all rows; none where it is open.
    func ids(_ batch: Batch) -> [TermID] {
      switch self {
      case .constant(let id): [TermID](repeating: id, count: batch.count)
      case .column(let column): batch.columns[column]
      case .open: []
      }
    }
  }

  /// By position.
  private typealias Sources = InlineArray<3, Source>

  let graph: Graph
  let permutation: Permutation
  /// In the order of the permutation; bound ones come first.
  let first: Source
  let second: Source
  let third: Source
  let index: PermutationIndex
  /// Whether the index holds the triples of the pattern's predicate alone.
  private let isOfPredicate: Bool
  /// The same order of what a delta adds and removes; nil without a delta.
  private let delta: (added: PermutationIndex, removed: PermutationIndex)?

  var hasDelta: Bool { delta != nil }

  /// `columns` are the slots of the input rows, of which there may be about `rowCount`; `output`
  /// the slots wanted of the matches.
  init(
    _ pattern: ScanPattern, _ graph: Graph, columns: [Slot], output: [Slot], rowCount: Double,
    _ context: ExecutionContext
  ) throws(EvaluationError) {
    self.graph = graph
    let sources = Sources { position in
      switch pattern[position] {
      case .constant(let id): .constant(id)
      case .slot(let slot): columns.firstIndex(of: slot).map(Source.column) ?? .open
      }
    }
    var wanted = SlotSet()
    for position in 0..<3 {
      if let slot = pattern[position].slot, output.contains(slot) { wanted.insert(position) }
    }
    let subset = try Self.ofPredicate(sources, wanted, graph, rowCount, context)
    isOfPredicate = subset != nil
    permutation = subset?.permutation ?? Self.permutation(sources, wanted, graph)
    let order = permutation.positions
    first = sources[order[0]]
    second = sources[order[1]]
    third = sources[order[2]]
    if subset == nil { try context.prepare(.order(permutation), of: graph) }
    index = subset ?? graph.base.index(permutation)
    delta =
      graph.hasDelta
      ? (graph.added.index(permutation), graph.removed.index(permutation)) : nil
  }

  /// The index of the pattern's predicate alone, in the order that begins with what each row has,
  /// or that puts equal subjects together where they alone are to be given.
  private static func ofPredicate(
    _ sources: Sources, _ wanted: SlotSet, _ graph: Graph, _ rowCount: Double,
    _ context: ExecutionContext
  ) throws(EvaluationError) -> PermutationIndex? {
    guard case .constant(let predicate) = sources[1] else { return nil }
    var rowCount = rowCount
    let permutation: Permutation
    if case .column = sources[0] {
      permutation = .spo
    } else if case .column = sources[2] {
      permutation = .ops
    } else if wanted.onlyMember == 0, !sources[2].isBound, !graph.hasDelta {
      permutation = .spo
      rowCount = Double(graph.count(.none, predicate, .none))
    } else {
      return nil
    }
    if graph.base.isWorthMaking(indexOf: predicate, forRows: rowCount) {
      guard try context.prepareIfItFits(.predicateOrder(permutation, predicate), of: graph)
      else { return nil }
    }
    return graph.base.index(permutation, of: predicate, forRows: rowCount)
  }

  /// The leading ids, ascending, for a pattern whose first position is open.
  var leads: [TermID] { isOfPredicate ? index.leads : graph.leads(permutation) }

  /// With subjects alone to be given, the order that puts equal ones together.
  private static func permutation(
    _ sources: Sources, _ wanted: SlotSet, _ graph: Graph
  ) -> Permutation {
    switch (sources[0].isBound, sources[1].isBound, sources[2].isBound) {
    case (true, true, _), (true, false, false): return .spo
    case (false, true, false):
      guard wanted.onlyMember == 0, case .constant(let predicate) = sources[1] else { return .pos }
      let matchCount = graph.count(.none, predicate, .none)
      return matchCount > graph.base.count / 20 ? .pso : .pos
    case (true, false, true), (false, false, true): return .osp
    case (false, false, false):
      return wanted.onlyMember == 1 ? .pos : wanted.onlyMember == 2 ? .osp : .spo
    case (false, true, true): return .pos
    }
  }

  /// The matches of each row, the first position being bound. The leading ids of many rows are looked
  /// up before the others, so that their memory is waited for at once.
  func matches(
    _ batch: Batch, _ context: ExecutionContext
  ) throws(EvaluationError) -> RowMatches {
    var result = RowMatches()
    result.matches.reserveCapacity(batch.count)
    let leads = first.ids(batch)
    let seconds = second.isBound ? second.ids(batch) : leads
    let thirds = third.isBound ? third.ids(batch) : leads
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(batch.count)
    var last = Matches()
    var place = 0
    for row in 0..<batch.count {
      if row == ranges.count {
        try context.tick(Batch.size)
        let rows = row..<min(batch.count, row + Batch.size)
        for next in rows {
          let place = index.directory.place(of: leads[next])
          index.directory.prefetch(at: place)
          ranges.append(place..<place)
        }
        for next in rows {
          ranges[next] = index.directory.range(at: ranges[next].lowerBound)
          if second.isBound { index.prefetch(secondsIn: ranges[next]) }
        }
      }
      if row > 0, leads[row] == leads[row - 1], seconds[row] == seconds[row - 1],
        thirds[row] == thirds[row - 1]
      {
        result.matches.append(last)
        continue
      }
      result.changeCount += 1
      let lead = ranges[row]
      if hasDelta, isChanged(leads[row]) {
        let view = mergedView(leads[row], batch.columns, row)
        result.owners.append(view.index)
        last = Matches(view.index, view.range)
        place = lead.lowerBound
      } else {
        // Rows in ascending order find theirs after those of the row before.
        let isNear = row > 0 && lead == ranges[row - 1] && seconds[row] >= seconds[row - 1]
        let part = range(seconds[row], in: isNear ? place..<lead.upperBound : lead, isNear: isNear)
        place = part.lowerBound
        last = Matches(index, range(thirds[row], in: part))
      }
      result.matches.append(last)
    }
    return result
  }

  /// Whether a delta has triples with this leading id.
  @inline(__always)
  private func isChanged(_ lead: TermID) -> Bool {
    guard let delta else { return false }
    return !delta.added.range(lead).isEmpty || !delta.removed.range(lead).isEmpty
  }

  /// The part of a leading id's triples that has the second id, if that is bound.
  @inline(__always)
  private func range(_ second: TermID, in lead: Range<Int>, isNear: Bool) -> Range<Int> {
    self.second.isBound ? index.range(second, in: lead, isNear: isNear) : lead
  }

  /// The part of those that has the third id, if that is bound, too.
  @inline(__always)
  private func range(_ third: TermID, in part: Range<Int>) -> Range<Int> {
    guard self.third.isBound else { return part }
    guard let at = index.position(third, in: part) else { return 0..<0 }
    return at..<at + 1
  }

  @inline(never)
  private func mergedView(_ lead: TermID, _ columns: [[TermID]], _ row: Int) -> IndexView {
    guard second.isBound else { return graph.view(permutation, lead) }
    let second = second.id(columns, row)
    // The subjects of an object stand together in `pos`, too: no `ops` of all triples is made.
    let view =
      isOfPredicate && permutation == .ops
      ? graph.view(.pos, second, lead) : graph.view(permutation, lead, second)
    guard third.isBound else { return view }
    let at = view.index.position(third.id(columns, row), in: view.range)
    return IndexView(index: view.index, range: at.map { $0..<$0 + 1 } ?? 0..<0)
  }
}

/// Matches of a pattern that lie together in an index: their second and third ids.
struct Matches {
  /// Nothing is there where all triples of the index have the same second id.
  private(set) var seconds: UnsafePointer<TermID>? = nil
  private(set) var thirds: UnsafePointer<TermID>? = nil
  private(set) var count = 0

  init() {}

  @inline(__always)
  init(_ index: PermutationIndex, _ range: Range<Int>) {
    // Not by `map`: that is a call here, of a generic function.
    if let first = index.seconds.baseAddress { seconds = first + range.lowerBound }
    if let first = index.thirds.baseAddress { thirds = first + range.lowerBound }
    count = range.count
  }

  /// The second ids, or the third, for place 1 or 2 in the order of the index.
  @inline(__always)
  func ids(_ place: Int) -> UnsafePointer<TermID>? { place == 1 ? seconds : thirds }

  /// The third ids, ascending where the second id is bound.
  @inline(__always)
  var list: SortedList { SortedList(start: thirds, count: count) }

  /// Takes the first matches away.
  @inline(__always)
  mutating func takeFirst(_ taken: Int) -> Matches {
    var part = self
    part.count = taken
    if let first = seconds { seconds = first + taken }
    if let first = thirds { thirds = first + taken }
    count -= taken
    return part
  }

  /// How many of the first have the same second id; there is at least one.
  @inline(__always)
  var runLength: Int {
    seconds == nil ? count : SortedList(start: seconds, count: count).endOfRun(from: 0, to: count)
  }
}

/// The matches of each row of a batch.
struct RowMatches {
  var matches: [Matches] = []
  /// How often a row has others than the row before, the first included.
  var changeCount = 0
  /// What the matches live in, where a delta was merged in.
  var owners: [PermutationIndex] = []

  /// Says that the third ids of a row will be read soon; there may be no such row.
  @inline(__always)
  func prefetch(_ row: Int) {
    if row < matches.count { Engine.prefetch(matches[row].thirds) }
  }
}
