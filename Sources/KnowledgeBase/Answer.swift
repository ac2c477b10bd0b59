public import Algebra
import Engine
public import RDF

/// The rows that answer a question.
public struct Answer: Sendable {
  private let solutions: Solutions
  private let display: @Sendable (Term) -> String
  private let evidence: @Sendable (Int) -> [StatedFact]
  /// When there are no rows: facts that claim what was asked for, such as `X says (…)`; at most 20.
  public let claims: [StatedFact]
  /// From parsed question to last row.
  public let milliseconds: Double

  init(
    solutions: Solutions, claims: [StatedFact], milliseconds: Double,
    display: @escaping @Sendable (Term) -> String,
    evidence: @escaping @Sendable (Int) -> [StatedFact]
  ) {
    self.solutions = solutions
    self.claims = claims
    self.milliseconds = milliseconds
    self.display = display
    self.evidence = evidence
  }

  public var columns: [Variable] { solutions.variables }
  public var rowCount: Int { solutions.rowCount }

  /// The term in a cell; nil where nothing is bound.
  public func term(row: Int, column: Int) -> Term? {
    solutions.term(row: row, column: column)
  }

  /// The cell as people read it: a name, a literal's text, a claim as a sentence; nil where nothing is bound.
  public func text(row: Int, column: Int) -> String? {
    term(row: row, column: column).map(display)
  }

  /// The facts that support a row; empty for counts and aggregates. Looked up on demand.
  public func support(row: Int) -> [StatedFact] { evidence(row) }
}
