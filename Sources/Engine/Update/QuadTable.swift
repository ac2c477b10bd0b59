import RDF

/// Different quads in order of arrival, each with what was said of it last. What takes long among millions polls.
struct QuadTable: ~Copyable {
  private let rows = RowTable(width: 4)
  private var marks: [Bool] = []
  /// A batch that is not among the rows yet.
  private var waiting = [[TermID]](repeating: [], count: 4)
  private var waitingMarks: [Bool] = []

  mutating func append(
    _ quad: EncodedQuad, marked mark: Bool = true, _ context: ExecutionContext
  ) throws(EvaluationError) {
    waiting[0].append(quad.triple.subject)
    waiting[1].append(quad.triple.predicate)
    waiting[2].append(quad.triple.object)
    waiting[3].append(quad.graph)
    waitingMarks.append(mark)
    if waitingMarks.count == Batch.size { try settle(context) }
  }

  private mutating func settle(_ context: ExecutionContext) throws(EvaluationError) {
    let numbers = try rows.numbers(of: waiting, count: waitingMarks.count, context)
    try marks.extend(to: rows.count, with: true, context)
    for (number, mark) in zip(numbers, waitingMarks) { marks[number] = mark }
    for column in waiting.indices { waiting[column].removeAll(keepingCapacity: true) }
    waitingMarks.removeAll(keepingCapacity: true)
  }

  mutating func forEach(
    _ context: ExecutionContext, _ body: (EncodedQuad, Bool) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    try settle(context)
    let ids = rows.columns
    for row in 0..<rows.count {
      try context.tick(16)
      try body(
        EncodedQuad(EncodedTriple(ids[0][row], ids[1][row], ids[2][row]), graph: ids[3][row]),
        marks[row])
    }
  }
}
