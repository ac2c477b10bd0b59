public import RDF

/// What a query gave.
public struct Evaluation: Sendable {
  public let solutions: Solutions
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
