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
  /// One end, and all that are the other: the objects, or the subjects.
  private var known = TermID.none
  private var others: [TermID] = []
  private var areSubjects = false
  private var nextOther = 0
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

  private var hasMore: Bool { nextOther < others.count || !starts.isEmpty }

  private func fill(_ batch: Batch) throws(EvaluationError) -> Batch {
    var rows: [Int] = []
    var subjects: [TermID] = []
    var objects: [TermID] = []
    // What grows leaves holes between what others keep of the rows.
    rows.reserveCapacity(Batch.size)
    subjects.reserveCapacity(Batch.size)
    objects.reserveCapacity(Batch.size)
    while rows.count < Batch.size {
      if nextOther < others.count {
        let end = min(others.count, nextOther + Batch.size - rows.count)
        let part = others[nextOther..<end]
        nextOther = end
        rows += repeatElement(row - 1, count: part.count)
        let same = repeatElement(known, count: part.count)
        if areSubjects {
          subjects += part
          objects += same
        } else {
          subjects += same
          objects += part
        }
      } else if let start = starts.popFirst() {
        try context.poll(rowCount: 1)
        take(from: start, try others(from: start))
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

  private func take(from known: TermID, _ others: [TermID], areSubjects: Bool = false) {
    self.known = known
    self.others = others
    self.areSubjects = areSubjects
    nextOther = 0
  }

  /// Starts on the current row.
  private func search(_ batch: Batch) throws(EvaluationError) {
    let from = id(subject, batch)
    let to = id(object, batch)
    let known = from.isBound ? from : to
    guard known.isBound else {
      take(from: .none, [])
      try context.prepare(.order(.osp), of: graph)
      starts = graph.nodes[...]
      return
    }
    var found = try search.targets(
      pattern.path, from: known, backwards: !from.isBound, goal: from.isBound ? to : .none)
    if from.isBound, to.isBound { found = found.contains(to) ? [to] : [] }
    if !isMeant(known) { found.removeAll { $0 == known } }
    take(from: known, found, areSubjects: !from.isBound)
  }

  private func id(_ end: End, _ batch: Batch) -> TermID {
    switch end {
    case .constant(let id): id
    case .column(let column): batch.columns[column][row]
    case .open: .none
    }
  }

  private func others(from start: TermID) throws(EvaluationError) -> [TermID] {
    let isLoop = pattern.subject == pattern.object
    let found = try search.targets(
      pattern.path, from: start, backwards: false, goal: isLoop ? start : .none)
    return isLoop ? found.filter { $0 == start } : found
  }

  /// A path without length matches the terms of the graph, and a term written in the pattern.
  private func isMeant(_ end: TermID) -> Bool {
    subject == .constant(end) || object == .constant(end) || graph.isNode(end)
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
