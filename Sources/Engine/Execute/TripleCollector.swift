import RDF

/// Keeps each triple once, in order of arrival.
public struct TripleCollector: ~Copyable {
  private let found = RowTable(width: 3)
  private var waiting = [[TermID]](repeating: [], count: 3)

  public init() {}

  mutating func add(
    _ triple: EncodedTriple, _ context: ExecutionContext
  ) throws(EvaluationError) {
    waiting[0].append(triple.subject)
    waiting[1].append(triple.predicate)
    waiting[2].append(triple.object)
    if waiting[0].count == Batch.size { try settle(context) }
  }

  private mutating func settle(_ context: ExecutionContext) throws(EvaluationError) {
    _ = try found.numbers(of: waiting, count: waiting[0].count, context)
    for column in waiting.indices { waiting[column].removeAll(keepingCapacity: true) }
  }

  mutating func finish(_ context: ExecutionContext) throws(EvaluationError) -> [EncodedTriple] {
    try settle(context)
    try context.charge(byteCount: found.count * 12)
    let ids = found.columns
    var triples: [EncodedTriple] = []
    triples.reserveCapacity(found.count)
    for row in 0..<found.count {
      try context.tick()
      triples.append(EncodedTriple(ids[0][row], ids[1][row], ids[2][row]))
    }
    return triples
  }
}
