import RDF

/// For each row, the pairs of ends of a path that agree with it; each pair once.
final class PathJoin: Operator {
  private let input: any Operator
  private let pattern: PathPattern
  private let graph: Graph
  private let context: ExecutionContext
  private let search: PathSearch
  private let subject: End
  private let object: End
  private var batch: Batch?
  private var row = 0
  private var pairs: [(TermID, TermID)] = []
  private var nextPair = 0
  /// Where both ends are open, the starts still to be tried.
  private var starts: ArraySlice<TermID> = []

  private enum End: Equatable {
    case constant(TermID)
    case column(Int)
    case open
  }

  init(
    _ input: any Operator, _ pattern: PathPattern, _ graph: Graph, columns: [Slot],
    _ context: ExecutionContext
  ) {
    self.input = input
    self.pattern = pattern
    self.graph = graph
    self.context = context
    search = PathSearch(graph, context)
    let end = { (position: Position) -> End in
      switch position {
      case .constant(let id): .constant(id)
      case .slot(let slot): columns.firstIndex(of: slot).map(End.column) ?? .open
      }
    }
    subject = end(pattern.subject)
    object = end(pattern.object)
  }

  func next() throws(EvaluationError) -> Batch? {
    while true {
      if let batch {
        if row < batch.count || hasMore { return try fill(batch) }
        self.batch = nil
      }
      guard let batch = try input.next() else { return nil }
      self.batch = batch
      row = 0
    }
  }

  private var hasMore: Bool { nextPair < pairs.count || !starts.isEmpty }

  private func fill(_ batch: Batch) throws(EvaluationError) -> Batch {
    var rows: [Int] = []
    var subjects: [TermID] = []
    var objects: [TermID] = []
    // What grows leaves holes between what others keep of the rows.
    rows.reserveCapacity(Batch.size)
    subjects.reserveCapacity(Batch.size)
    objects.reserveCapacity(Batch.size)
    while rows.count < Batch.size {
      if nextPair < pairs.count {
        rows.append(row - 1)
        subjects.append(pairs[nextPair].0)
        objects.append(pairs[nextPair].1)
        nextPair += 1
      } else if let start = starts.popFirst() {
        try context.poll(rowCount: 1)
        take(try pairs(from: start))
      } else if row < batch.count {
        try context.poll(rowCount: 1)
        try search(batch)
        row += 1
      } else {
        break
      }
    }
    var columns = batch.columns.map { Batch.gather($0, rows) }
    if subject == .open { columns.append(subjects) }
    if object == .open, pattern.object != pattern.subject { columns.append(objects) }
    return Batch(columns: columns, count: rows.count, weights: batch.weights(of: rows))
  }

  private func take(_ found: [(TermID, TermID)]) {
    pairs = found
    nextPair = 0
  }

  /// Starts on the current row.
  private func search(_ batch: Batch) throws(EvaluationError) {
    let from = id(subject, batch)
    let to = id(object, batch)
    if from.isBound {
      let found = try search.targets(pattern.path, from: from, backwards: false, goal: to)
        .filter { isMeant(from, $0) }
      take((to.isBound ? found.filter { $0 == to } : found).map { (from, $0) })
    } else if to.isBound {
      take(
        try search.targets(pattern.path, from: to, backwards: true).filter { isMeant($0, to) }
          .map { ($0, to) })
    } else {
      take([])
      try context.prepare(.order(.osp), of: graph)
      starts = graph.nodes[...]
    }
  }

  private func id(_ end: End, _ batch: Batch) -> TermID {
    switch end {
    case .constant(let id): id
    case .column(let column): batch.columns[column][row]
    case .open: .none
    }
  }

  private func pairs(from start: TermID) throws(EvaluationError) -> [(TermID, TermID)] {
    let isLoop = pattern.subject == pattern.object
    return try search.targets(
      pattern.path, from: start, backwards: false, goal: isLoop ? start : .none
    )
    .filter { !isLoop || $0 == start }.map { (start, $0) }
  }

  /// A path without length matches the terms of the graph, and a term written in the pattern.
  private func isMeant(_ from: TermID, _ to: TermID) -> Bool {
    from != to || subject == .constant(from) || object == .constant(to) || graph.isNode(from)
  }
}

extension Graph {
  func isNode(_ id: TermID) -> Bool { count(id, .none, .none) > 0 || count(.none, .none, id) > 0 }

  /// All subjects and objects, ascending.
  var nodes: [TermID] {
    let all = leads(.spo).merged(with: leads(.osp))
    return hasDelta ? all.filter(isNode) : all
  }
}
