public import RDF

/// What a query gave.
public struct Evaluation: Sendable {
  /// For CONSTRUCT and DESCRIBE, those of the variables that make the graph.
  public let solutions: Solutions
  /// What CONSTRUCT and DESCRIBE give; nil for SELECT and ASK.
  public var graph: ResultGraph?
  /// What each operator of the plan did, the root first; empty unless profiled.
  public let plan: [OperatorReport]

  /// The answer to ASK.
  public var isTrue: Bool { solutions.rowCount > 0 }
}

/// One operator of an executed plan.
public struct OperatorReport: Sendable {
  /// Such as `scan` or `hash join`.
  public let name: String
  /// What it works on, its terms worded by the given function.
  public let detail: @Sendable (_ label: (Term) -> String) -> String
  public let estimatedRowCount: Double
  public let rowCount: Int
  /// With the operators it takes rows from.
  public let seconds: Double
  /// 0 for the root.
  public let depth: Int
}

/// The triples that CONSTRUCT and DESCRIBE give: each once, in order of arrival, decoded when asked for.
public struct ResultGraph: RandomAccessCollection, Sendable {
  private let triples: [EncodedTriple]
  private let decoder: any TermDecoder

  init(_ triples: [EncodedTriple], decoder: any TermDecoder) {
    self.triples = triples
    self.decoder = decoder
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { triples.count }

  public subscript(index: Int) -> Triple {
    let triple = triples[index]
    return Triple(
      decoder.term(triple.subject), decoder.term(triple.predicate), decoder.term(triple.object))
  }
}
