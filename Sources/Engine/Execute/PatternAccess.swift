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
  }

  let graph: Graph
  let permutation: Permutation
  /// In the order of the permutation; bound ones come first.
  let first: Source
  let second: Source
  let third: Source
  let index: PermutationIndex
  /// The same order of what a delta adds and removes; nil without a delta.
  private let delta: (added: PermutationIndex, removed: PermutationIndex)?

  var hasDelta: Bool { delta != nil }

  /// `columns` are the slots of the input rows, of which there may be about `rowCount`; `output`
  /// the slots wanted of the matches.
  init(
    _ pattern: ScanPattern, _ graph: Graph, columns: [Slot], output: [Slot], rowCount: Double
  ) {
    self.graph = graph
    let sources = (0..<3).map { position -> Source in
      switch pattern[position] {
      case .constant(let id): .constant(id)
      case .slot(let slot): columns.firstIndex(of: slot).map(Source.column) ?? .open
      }
    }
    let wanted = (0..<3).filter { pattern[$0].slot.map(output.contains) ?? false }
    let subset = Self.ofPredicate(sources, graph, rowCount)
    permutation = subset?.permutation ?? Self.permutation(sources, wanted, graph)
    let order = permutation.positions
    first = sources[order[0]]
    second = sources[order[1]]
    third = sources[order[2]]
    index = subset ?? graph.base.index(permutation)
    delta =
      graph.hasDelta
      ? (graph.added.index(permutation), graph.removed.index(permutation)) : nil
  }

  /// The index of the pattern's predicate alone, in the order that begins with what each row has.
  private static func ofPredicate(
    _ sources: [Source], _ graph: Graph, _ rowCount: Double
  ) -> PermutationIndex? {
    guard case .constant(let predicate) = sources[1] else { return nil }
    if case .column = sources[0] {
      return graph.base.index(.spo, of: predicate, forRows: rowCount)
    }
    if case .column = sources[2] {
      return graph.base.index(.ops, of: predicate, forRows: rowCount)
    }
    return nil
  }

  /// With subjects alone to be given, the order that puts equal ones together.
  private static func permutation(
    _ sources: [Source], _ wanted: [Int], _ graph: Graph
  ) -> Permutation {
    switch (sources[0].isBound, sources[1].isBound, sources[2].isBound) {
    case (true, true, _), (true, false, false): return .spo
    case (false, true, false):
      guard wanted == [0], case .constant(let predicate) = sources[1] else { return .pos }
      let matchCount = graph.count(.none, predicate, .none)
      return graph.base.has(.pso) || matchCount > graph.base.count / 20 ? .pso : .pos
    case (true, false, true), (false, false, true): return .osp
    case (false, false, false): return wanted == [1] ? .pos : wanted == [2] ? .osp : .spo
    case (false, true, true): return .pos
    }
  }

  /// The matches for one row, of which at least the first position is bound.
  @inline(__always)
  func view(_ columns: [[TermID]], _ row: Int) -> IndexView {
    let lead = first.id(columns, row)
    if let delta, !delta.added.range(lead).isEmpty || !delta.removed.range(lead).isEmpty {
      return mergedView(lead, columns, row)
    }
    var range = index.range(lead)
    if second.isBound {
      range = index.range(second.id(columns, row), in: range)
      if third.isBound {
        let at = index.position(third.id(columns, row), in: range)
        range = at.map { $0..<$0 + 1 } ?? 0..<0
      }
    }
    return IndexView(index: index, range: range)
  }

  /// Where the matches for one row lie in `index`; nil when a delta has to be merged in.
  @inline(__always)
  func baseRange(_ columns: [[TermID]], _ row: Int) -> Range<Int>? {
    if delta != nil { return nil }
    var range = index.range(first.id(columns, row))
    if second.isBound {
      range = index.range(second.id(columns, row), in: range)
      if third.isBound {
        let at = index.position(third.id(columns, row), in: range)
        range = at.map { $0..<$0 + 1 } ?? 0..<0
      }
    }
    return range
  }

  /// The third ids of the matches of each row, the first two positions being bound. In one loop,
  /// so that the memory is waited for once for many.
  func lists(_ batch: Batch) -> RowLists {
    var result = RowLists()
    result.lists.reserveCapacity(batch.count)
    var last = (TermID.none, TermID.none)
    var list = SortedList(start: nil, count: 0)
    let leads = index.ranges(of: first, batch)
    for row in 0..<batch.count {
      let key = (first.id(batch.columns, row), second.id(batch.columns, row))
      if key != last {
        last = key
        result.changeCount += 1
        if delta == nil {
          list = SortedList(rebasing: index.thirds[index.range(key.1, in: leads[row])])
        } else {
          let view = view(batch.columns, row)
          result.owners.append(view.index)
          list = SortedList(rebasing: view.index.thirds[view.range])
        }
      }
      result.lists.append(list)
    }
    return result
  }

  @inline(never)
  private func mergedView(_ lead: TermID, _ columns: [[TermID]], _ row: Int) -> IndexView {
    guard second.isBound else { return graph.view(permutation, lead) }
    let view = graph.view(permutation, lead, second.id(columns, row))
    guard third.isBound else { return view }
    let at = view.index.position(third.id(columns, row), in: view.range)
    return IndexView(index: view.index, range: at.map { $0..<$0 + 1 } ?? 0..<0)
  }
}

/// A list for each row of a batch.
struct RowLists {
  var lists: [SortedList] = []
  /// How often a row has another one than the row before, the first included.
  var changeCount = 0
  /// What the lists live in, where a delta was merged in.
  var owners: [PermutationIndex] = []
}

extension PermutationIndex {
  /// Where the triples of each row's leading id lie.
  fileprivate func ranges(of lead: PatternAccess.Source, _ batch: Batch) -> [Range<Int>] {
    switch lead {
    case .column(let column): batch.columns[column].map { range($0) }
    case .constant(let id): Array(repeating: range(id), count: batch.count)
    case .open: []
    }
  }
}
