import Algebra
import Diagnostics
import Engine
import RDF
import SPARQL
import Sentences

extension KnowledgeBase {
  /// Answers a question from the graph as it is.
  func ask(_ question: Question, limits: Limits) throws(EvaluationError) -> Outcome {
    try ask(question, on: settledSnapshot(until: limits.cancellation), limits: limits)
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
        absence: solutions.rowCount == 0
          ? AbsenceSearch.reason(for: question.query.pattern, labeler, limits: limits) : nil,
        milliseconds: milliseconds, evidence: evidence, display: { labeler.text($0) }))
  }

  /// Answers a question as if facts held, and leaves the graph as it was.
  func suppose(
    _ facts: [Fact], _ question: Question, limits: Limits
  ) throws(EvaluationError) -> Outcome {
    settle()
    let supposed = try lowered(facts, lineBase: nil, limits: limits)
    defer { unlearn(supposed.additions.map(\.triple), until: limits.cancellation) }
    let version = try Self.snapshot(
      snapshot, adding: supposed.additions, until: limits.cancellation)
    return try ask(question, on: version, limits: limits)
  }

  /// How a question was cut, its SPARQL, and the plan with what each operator did.
  func explain(_ question: Question, limits: Limits) throws(EvaluationError) -> PlanReport {
    let evaluation = try QueryEngine().evaluate(
      question.query, on: settledSnapshot(until: limits.cancellation), limits: limits,
      profile: true)
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

  /// Why something does not hold; the facts where it does.
  func explainAbsence(_ question: Question, limits: Limits) throws -> Outcome {
    let found = try explainFacts(question, limits: limits)
    if case .why = found { return found }
    let search = AbsenceSearch(labeler, limits: limits)
    return try search.absence(of: question.query.pattern).map(Outcome.absence) ?? found
  }

  /// Why a row of the answer shown last holds.
  func explainRow(_ row: Int, at range: SourceRange, limits: Limits) throws -> Outcome {
    let problem: String
    if let answer = shownAnswer {
      if (1...max(1, answer.rowCount)).contains(row), answer.rowCount > 0 {
        let explanations = try answer.explanations(row: row - 1, limits: limits)
        if !explanations.isEmpty { return .why(explanations) }
        problem = "no single facts stand behind row \(row): it was computed from many, or from none"
      } else {
        problem = "the last answer has \(answer.rowCount) row\(answer.rowCount == 1 ? "" : "s")"
      }
    } else {
      problem = "there is no answer yet"
    }
    throw Diagnostic(id: "no-row", problem, at: range)
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
    return try retract(facts, limits: limits)
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
