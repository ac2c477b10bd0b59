import Algebra
import Diagnostics
import Engine
import RDF
import SPARQL

/// Statements of SPARQL among the sentences of a text.
extension KnowledgeBase {
  /// The prefixes of a statement, which sentences declare, too; `:` is for the names of facts unless declared otherwise.
  var sparqlPrefixes: [String: String] {
    namespaces.merging(["": base]) { declared, _ in declared }
  }

  /// The statement that begins at a byte offset; nil when a sentence or nothing does.
  func statement(
    at offset: Int, _ statements: StatementReader, _ reading: ReadingLimits
  ) -> StatementReader.Statement? {
    guard statements.hasStatement(at: offset) else { return nil }
    let (prefixes, base) = (sparqlPrefixes, sparqlBase)
    return reading.read { goesOn in
      statements.statement(at: offset, prefixes: prefixes, base: base, goesOn: goesOn)
    }
  }

  /// Carries out one statement. What its prologue declares holds for what follows, sentences included.
  func run(
    _ statement: StatementReader.Statement, in source: SourceText, line: Int, _ mode: RunMode,
    lineBase: UInt32?, _ reading: ReadingLimits
  ) -> SentenceResult {
    var report = SentenceResult(range: statement.range, line: line, result: .outcome(.none))
    do {
      let limits = try reading.finish()
      let request = try statement.result.get()
      declare(statement)
      let outcome = try carryOut(
        request, isExplained: statement.isExplained, at: statement.range, in: source,
        origin: lineBase.map { $0 + UInt32(line - 1) }, limits: limits)
      // As with facts, a change is remarked at the prompt only.
      if mode == .script, case .change = outcome { return report }
      report.result = .outcome(outcome)
      if case .query(let query) = request, outcome.isEmptyAnswer {
        report.warnings = unknownIRIs(of: query, in: source, statement)
      }
    } catch let error as EvaluationError {
      report.result = .stopped(error)
    } catch let diagnostic as Diagnostic {
      report.result = .rejected([diagnostic])
    } catch {
      preconditionFailure("an error of no known kind: \(error)")
    }
    return report
  }

  private func declare(_ statement: StatementReader.Statement) {
    for (prefix, namespace) in statement.prefixes where sparqlPrefixes[prefix] != namespace {
      namespaces[prefix] = namespace
    }
    if sparqlBase != statement.base { sparqlBase = statement.base }
  }

  /// Throws `EvaluationError` or `Diagnostic`.
  private func carryOut(
    _ request: Request, isExplained: Bool, at range: SourceRange, in source: SourceText,
    origin: UInt32?, limits: Limits
  ) throws -> Outcome {
    switch request {
    case .query(let query) where isExplained: return .plan(try explain(query, limits: limits))
    case .query(let query):
      let text = source.bytes[range.lowerBound..<range.upperBound]
      return try answer(prepared(Array(text), until: limits.cancellation) { query }, limits: limits)
    case .update(let operations):
      if operations.isEmpty { return .none }
      if isExplained {
        throw Diagnostic(
          id: "update-explained", "only a query has a plan to explain, not an update", at: range)
      }
      if isReadOnly { throw readOnly(range) }
      do throws(UpdateError) {
        return .change(
          try update(
            operations, limits: limits, origin: origin, loadingBelow: loadDirectory))
      } catch {
        throw problem(error, at: range)
      }
    }
  }

  func readOnly(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "read-only", "this would change the graph, which is read-only", at: range)
  }

  private func problem(_ error: UpdateError, at range: SourceRange) -> any Error {
    let message: String
    switch error {
    case .evaluation(let error): return error
    case .noGraph(let name): message = "there is no graph \(TermText.term(name))"
    case .graphExists(let name): message = "there is a graph \(TermText.term(name)) already"
    case .notLoaded(let source, let cause): message = "cannot load <\(source)>: \(cause)"
    }
    return Diagnostic(id: "not-updated", message, at: range)
  }

  private func answer(
    _ prepared: PreparedQuery, limits: Limits
  ) throws(EvaluationError) -> Outcome {
    let query = prepared.query
    let labeler = labeler
    let start = monotonicSeconds()
    let evaluation = try QueryEngine().evaluate(prepared, limits: limits)
    let milliseconds = (monotonicSeconds() - start) * 1000
    if query.form == .ask {
      return .verdict(Verdict(evaluation.isTrue ? .yes : .no, support: [], claims: []))
    }
    if let graph = evaluation.graph {
      return .graph(
        GraphAnswer(graph, milliseconds: milliseconds, display: { labeler.text($0) }))
    }
    return .answer(
      Answer(
        solutions: evaluation.solutions,
        absence: evaluation.solutions.rowCount == 0 && query.dataset == nil
          ? AbsenceSearch.reason(for: query.pattern, labeler, limits: limits)
          : nil, milliseconds: milliseconds,
        evidence: query.dataset == nil ? Evidence(labeler, for: query.pattern) : nil,
        display: { labeler.text($0) }))
  }

  /// The query as it was read, its algebra, and the plan with what each operator did.
  private func explain(_ query: Query, limits: Limits) throws(EvaluationError) -> PlanReport {
    let evaluation = try self.query(query, limits: limits, profile: true)
    return PlanReport(
      reading: [], sparql: QueryWriter(prefixes: prefixes).text(of: query),
      algebra: AlgebraWriter(prefixes: prefixes).text(of: query),
      operators: operators(evaluation))
  }
}

extension Outcome {
  /// Whether it is an answer of no rows, no triples, or no.
  fileprivate var isEmptyAnswer: Bool {
    switch self {
    case .answer(let answer): answer.rowCount == 0
    case .graph(let graph): graph.tripleCount == 0
    case .verdict(let verdict): verdict.value != .yes
    default: false
    }
  }
}
