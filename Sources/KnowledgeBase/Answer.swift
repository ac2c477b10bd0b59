public import Algebra
public import Engine
import Sentences
public import RDF

/// The rows that answer a question.
public struct Answer: Sendable {
  private let solutions: Solutions
  private let display: @Sendable (Term) -> String
  private let evidence: Evidence?
  /// When there are no rows: facts that claim what was asked for, such as `X says (…)`; at most 20.
  public let claims: [StatedFact]
  /// When there are no rows: why, where that can be said.
  public let absence: Absence?
  /// From parsed question to last row.
  public let milliseconds: Double

  /// `evidence` is nil for what no facts stand behind.
  init(
    solutions: Solutions, claims: [StatedFact] = [], absence: Absence? = nil,
    milliseconds: Double, evidence: Evidence?,
    display: @escaping @Sendable (Term) -> String
  ) {
    self.solutions = solutions
    self.claims = claims
    self.absence = absence
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

  /// The cell as people read it: a name, a literal's text, a claim as a sentence; nil where nothing is bound. Of a text, no more
  /// than whole code points of so many bytes.
  public func text(row: Int, column: Int, upTo byteCount: Int = .max) -> String? {
    solutions.term(row: row, column: column, upTo: byteCount).map(display)
  }

  /// The facts that support a row; empty for counts and aggregates, and where the limits end the search for them.
  public func support(row: Int, limits: Limits = Limits(seconds: 1)) -> [StatedFact] {
    // Support is shown beside an answer that stands without it.
    (try? evidence?.facts(for: bindings(row: row), limits: limits)) ?? []
  }

  /// Why a row holds, down to the asserted facts.
  func explanations(row: Int, limits: Limits) throws(EvaluationError) -> [Explanation] {
    try evidence?.explanations(for: bindings(row: row), limits: limits) ?? []
  }

  /// Of what evidence is looked for by: others may be long texts that were made.
  private func bindings(row: Int) -> [Variable: Term] {
    let wanted = evidence?.variables ?? []
    var bindings: [Variable: Term] = [:]
    for (column, variable) in columns.enumerated() where wanted.contains(variable) {
      bindings[variable] = solutions.term(row: row, column: column)
    }
    return bindings
  }

  /// What `$3`, `$who` and `$3:who` stand for.
  func cell(row: Int?, column name: String?) -> CellMatch {
    guard rowCount > 0 else { return .missing("the last answer has no rows") }
    var column = 0
    if let name {
      guard let index = columns.firstIndex(of: Variable(name)) else {
        let names = columns.map { "$" + $0.name }.joined(separator: ", ")
        return .missing("the last answer has no column '\(name)', it has \(names)")
      }
      column = index
    }
    if let row {
      guard (1...rowCount).contains(row) else {
        return .missing("the last answer has \(rowCount) row\(rowCount == 1 ? "" : "s")")
      }
      return match(term(row: row - 1, column: column))
    }
    let first = term(row: 0, column: column)
    guard (1..<rowCount).allSatisfy({ term(row: $0, column: column) == first }) else {
      return .missing(
        "the last answer has several values there; say which row, as in $1:\(columns[column].name)")
    }
    return match(first)
  }

  private func match(_ term: Term?) -> CellMatch {
    switch term {
    case nil: .missing("this cell of the last answer is empty")
    case .blankNode: .missing("this cell holds a node without a name, which no sentence can say")
    case .some(let term): .term(term)
    }
  }
}
