import Algebra
import Diagnostics
import Engine
import RDF
import SPARQL
import Sentences

extension KnowledgeBase {
  /// Answers a question from the graph as it is.
  func ask(_ question: Question, limits: Limits) throws(EvaluationError) -> Outcome {
    try ask(question, on: settledSnapshot, limits: limits)
  }

  func ask(
    _ question: Question, on version: Snapshot, limits: Limits
  ) throws(EvaluationError) -> Outcome {
    let labeler = Labeler(snapshot: version, standard: standard, origins: origins)
    let start = monotonicSeconds()
    let evaluation = try QueryEngine().evaluate(question.query, on: version, limits: limits)
    let milliseconds = (monotonicSeconds() - start) * 1000
    let evidence = Evidence(labeler, for: question.query.pattern)
    if question.kind == .yesNo {
      let rows = evaluation.isTrue ? try evidence.facts(for: [:], limits: limits) : []
      let claims = evaluation.isTrue ? [] : try evidence.claims(limits: limits)
      return .verdict(
        Verdict(evaluation.isTrue ? .yes : .notKnown, support: rows, claims: claims))
    }
    let solutions = evaluation.solutions
    return .answer(
      Answer(
        solutions: solutions,
        claims: solutions.rowCount == 0 ? try evidence.claims(limits: limits) : [],
        milliseconds: milliseconds, display: { labeler.text($0) },
        evidence: { row in
          var bindings: [Variable: Term] = [:]
          for (column, variable) in solutions.variables.enumerated() {
            if let term = solutions.term(row: row, column: column) { bindings[variable] = term }
          }
          // Support is shown beside an answer that stands without it.
          return (try? evidence.facts(for: bindings, limits: Limits(seconds: 1))) ?? []
        }))
  }

  /// Answers a question as if facts held, and leaves the graph as it was.
  func suppose(
    _ facts: [Fact], _ question: Question, limits: Limits
  ) throws(EvaluationError) -> Outcome {
    settle()
    var supposed = PendingFacts()
    defer { unlearn(supposed.additions.map(\.triple)) }
    for fact in facts { try lower(fact, into: &supposed, lineBase: nil) }
    let version = Self.snapshot(snapshot, adding: supposed.additions)
    return try ask(question, on: version, limits: limits)
  }

  /// How a question was cut, its SPARQL, and the plan with what each operator did.
  func explain(_ question: Question, limits: Limits) throws(EvaluationError) -> PlanReport {
    let evaluation = try QueryEngine().evaluate(
      question.query, on: settledSnapshot, limits: limits, profile: true)
    return PlanReport(
      reading: question.reading.map { ($0.role.word, $0.text) },
      sparql: QueryWriter().text(of: question.query), operators: operators(evaluation))
  }

  /// The plan of a profiled evaluation, its terms by their names.
  func operators(_ evaluation: Evaluation) -> [PlanReport.Operator] {
    let labeler = labeler
    return evaluation.plan.map { step in
      PlanReport.Operator(
        name: step.name, detail: step.detail(labeler.phrase),
        estimatedRowCount: step.estimatedRowCount, rowCount: step.rowCount,
        milliseconds: step.seconds * 1000, depth: step.depth)
    }
  }

  /// Why a fact holds: down to the asserted facts, each with its origin, qualifiers and source.
  func explainFacts(_ question: Question, limits: Limits) throws -> Outcome {
    let evidence = Evidence(labeler, for: question.query.pattern)
    let explanations = try evidence.explanations(for: [:], limits: limits)
    if explanations.isEmpty {
      return .verdict(Verdict(.notKnown, support: [], claims: try evidence.claims(limits: limits)))
    }
    return .why(explanations)
  }

  /// Retracts every asserted fact that matches the patterns of a sentence with gaps.
  func forget(_ question: Question, limits: Limits) throws -> Change {
    let evidence = Evidence(labeler, for: question.query.pattern)
    let facts = try evidence.matches(limits: limits)
    guard !facts.isEmpty else {
      throw Diagnostic(
        id: "nothing-to-forget", "no fact of the graph matches this sentence",
        at: question.range)
    }
    return retract(facts)
  }
}

extension Piece.Role {
  /// As `explain` shows it.
  var word: String {
    switch self {
    case .entity: "entity"
    case .class: "class"
    case .relation: "relation"
    case .gap: "gap"
    case .value: "value"
    case .word: "word"
    }
  }
}
