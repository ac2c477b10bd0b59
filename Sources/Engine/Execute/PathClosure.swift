import RDF

/// All pairs of ends of a repeated path between two open slots, found a strongly connected
/// component at a time: what one member reaches, all reach.
///
/// Where nobody reads the object and equal rows may be put together, a subject is one row with
/// the number of its objects.
final class PathClosure: Operator {
  private let input: any Operator
  private let search: PathSearch
  private let path: EncodedPath
  private let wanted: (subject: Bool, object: Bool)
  private let duplicates: Duplicates
  private let context: ExecutionContext
  private var batch: Batch?
  private var row = 0
  private var components: ComponentReach?
  /// The members of the current component, and where the next row is.
  private var members: ArraySlice<TermID> = []
  private var targets: [TermID] = []
  private var targetCount = 0
  private var nextTarget = 0

  init(
    _ input: any Operator, _ pattern: PathPattern, _ graph: Graph, columns: [Slot],
    output: [Slot], duplicates: Duplicates, _ context: ExecutionContext
  ) {
    self.input = input
    self.context = context
    self.duplicates = duplicates
    path = pattern.path
    search = PathSearch(graph, context)
    func isWanted(_ position: Position) -> Bool { position.slot.map(output.contains) ?? false }
    wanted = (isWanted(pattern.subject), isWanted(pattern.object))
  }

  func next() throws(EvaluationError) -> Batch? {
    while true {
      if let batch {
        if let result = try fill(batch) { return result }
        components = nil
        row += 1
        if row < batch.count { continue }
        self.batch = nil
      }
      guard let batch = try input.next() else { return nil }
      if batch.count > 0 { self.batch = batch }
      row = 0
    }
  }

  /// The next rows for the current row of the input; nil at their end.
  private func fill(_ batch: Batch) throws(EvaluationError) -> Batch? {
    if components == nil { components = try ComponentReach(path, search, context) }
    var subjects: [TermID] = []
    var objects: [TermID] = []
    var counts: [Int] = []
    let isCounting = duplicates != .kept && !wanted.object
    while max(subjects.count, counts.count) < Batch.size {
      guard let subject = members.first else {
        guard let next = try components?.next(onlyCounting: isCounting) else { break }
        targets = next.targets
        targetCount = next.targetCount
        members = targetCount == 0 ? [] : next.members[...]
        nextTarget = 0
        continue
      }
      let part =
        isCounting
        ? 0..<targetCount
        : nextTarget..<min(targetCount, nextTarget + Batch.size - subjects.count)
      subjects += repeatElement(subject, count: isCounting ? 1 : part.count)
      if isCounting { counts.append(part.count) } else { objects += targets[part] }
      nextTarget = part.upperBound
      if nextTarget == targetCount {
        members = members.dropFirst()
        nextTarget = 0
      }
    }
    if subjects.isEmpty { return nil }
    try context.poll(rowCount: subjects.count)
    var columns = batch.columns.map { [TermID](repeating: $0[row], count: subjects.count) }
    if wanted.subject { columns.append(subjects) }
    if wanted.object { columns.append(objects) }
    return Batch(
      columns: columns, count: subjects.count,
      weights: try weights(counts, batch, subjects.count))
  }

  private func weights(
    _ counts: [Int], _ batch: Batch, _ rowCount: Int
  ) throws(EvaluationError) -> [Int]? {
    let weight = batch.weights?[row]
    guard duplicates == .weighted, !counts.isEmpty else {
      return weight.map { [Int](repeating: $0, count: rowCount) }
    }
    guard let weight else { return counts }
    var result = counts
    for at in result.indices { result[at] = product(result[at], weight) }
    return result
  }
}

extension PathPattern {
  /// Whether it leads by repetition from one open slot to another.
  func isOpenClosure(over columns: [Slot]) -> Bool {
    guard let from = subject.slot, let to = object.slot, from != to, !columns.contains(from),
      !columns.contains(to)
    else { return false }
    switch path {
    case .zeroOrMore, .oneOrMore: return true
    default: return false
    }
  }
}
