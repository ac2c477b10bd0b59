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
  /// The members of the current component still to come, and where the next row is.
  private var members = 0..<0
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
    // Held here alone, so that nothing of it is copied when it goes on.
    var found: ComponentReach
    if let begun = components.take() {
      found = begun
    } else {
      found = try ComponentReach(path, search, context)
    }
    defer { components = found }
    let isCounting = duplicates != .kept && !wanted.object
    if isCounting, !wanted.subject { return try counted(batch, &found) }
    var subjects: [TermID] = []
    var objects: [TermID] = []
    var counts: [Weight] = []
    var rowCount = 0
    if wanted.subject { subjects.reserveCapacity(Batch.size) }
    if wanted.object, !isCounting { objects.reserveCapacity(Batch.size) }
    while rowCount < Batch.size {
      guard let member = members.first else {
        guard let next = try found.next(onlyCounting: isCounting) else { break }
        targetCount = next.targetCount
        members = targetCount == 0 ? 0..<0 : next.members
        nextTarget = 0
        continue
      }
      if isCounting {
        subjects.append(found.member(member))
        counts.append(Weight(targetCount))
        members = members.dropFirst()
        rowCount += 1
        continue
      }
      let part = nextTarget..<min(targetCount, nextTarget + Batch.size - rowCount)
      if wanted.subject {
        subjects += repeatElement(found.member(member), count: part.count)
      }
      if wanted.object { objects += found.targets[part] }
      rowCount += part.count
      nextTarget = part.upperBound
      if nextTarget == targetCount {
        members = members.dropFirst()
        nextTarget = 0
      }
    }
    if rowCount == 0 { return nil }
    try context.poll(rowCount: rowCount)
    var columns = batch.columns.map { [TermID](repeating: $0[row], count: rowCount) }
    if wanted.subject { columns.append(subjects) }
    if wanted.object { columns.append(objects) }
    return Batch(
      columns: columns, count: rowCount, weights: weights(counts, batch, rowCount))
  }

  /// One row for all pairs of the current row; nil if there is none, or it was made.
  private func counted(
    _ batch: Batch, _ found: inout ComponentReach
  ) throws(EvaluationError) -> Batch? {
    var count: Weight = 0
    while let next = try found.next(onlyCounting: true) {
      count = sum(count, product(Weight(next.targetCount), Weight(next.members.count)))
    }
    if count == 0 { return nil }
    return Batch(
      columns: batch.columns.map { [$0[row]] }, count: 1, weights: weights([count], batch, 1))
  }

  private func weights(_ counts: [Weight], _ batch: Batch, _ rowCount: Int) -> [Weight]? {
    let weight = batch.weights?[row]
    guard duplicates == .weighted, !counts.isEmpty else {
      return weight.map { [Weight](repeating: $0, count: rowCount) }
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
