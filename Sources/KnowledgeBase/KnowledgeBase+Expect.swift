import Algebra
public import Diagnostics
public import Engine
import RDF
import Sentences

extension KnowledgeBase {
  /// Runs the expectations of files over everything they and the files beside them tell.
  ///
  /// All facts are loaded first, so an expectation may stand in any file. Returns what was loaded; when that has
  /// errors, no expectation runs.
  public func test(
    _ paths: [String], limits: Limits = Limits(), report: (SentenceResult, SourceText) -> Void
  ) throws(SystemFailure) -> LoadReport {
    let loaded = try load(paths, report: report)
    guard loaded.errorCount == 0 else { return loaded }
    for file in try Self.files(paths) {
      let source = SourceText(name: file, bytes: try SystemFiles.read(file))
      runExpectations(of: source, limits: limits) { report($0, source) }
    }
    return loaded
  }

  private func runExpectations(
    of source: SourceText, limits: Limits, report: (SentenceResult) -> Void
  ) {
    let outer = base
    defer { base = outer }
    let lexicon = GraphLexicon(knowledge: self)
    var parser = SentenceParser(source: source, mode: .script)
    while let sentence = parser.next(lexicon) {
      guard case .statement(let statement) = sentence.result else { continue }
      let result: SentenceResult.Result
      do throws(EvaluationError) {
        switch statement {
        case .expect(let question, let answers):
          result = .outcome(.expectation(try check(question, answers, source, limits: limits)))
        case .expectNo(let question):
          result = .outcome(.expectation(try checkNone(question, source, limits: limits)))
        case .prefix, .base:
          try declare(statement)
          continue
        default: continue
        }
      } catch {
        result = .stopped(error)
      }
      report(SentenceResult(range: sentence.range, line: sentence.line, result: result))
    }
  }

  /// Compares a question's answers with those expected, as sets; of several columns the first counts.
  func check(
    _ question: Question, _ expected: [Term], _ source: SourceText, limits: Limits
  ) throws(EvaluationError) -> Expectation {
    let labeler = labeler
    var isMissing = Array(repeating: true, count: expected.count)
    var unexpected: [String] = []
    try forEachAnswer(to: question, limits) { term, budget throws(EvaluationError) in
      try budget.step(4 * expected.count)
      var isExpected = false
      for (index, other) in expected.enumerated() where term.isSame(as: other) {
        isMissing[index] = false
        isExpected = true
      }
      if !isExpected { unexpected.append(try text(term, labeler, budget)) }
    }
    let budget = SearchBudget(snapshot, limits)
    var missing: [String] = []
    for (index, term) in expected.enumerated() where isMissing[index] {
      missing.append(try text(term, labeler, budget))
    }
    return Expectation(
      passed: missing.isEmpty && unexpected.isEmpty, sentence: source.text(question.range),
      reading: reading(of: question), missing: missing, unexpected: unexpected,
      range: question.range)
  }

  /// Passes when a question has no answer, or is not known to hold.
  func checkNone(
    _ question: Question, _ source: SourceText, limits: Limits
  ) throws(EvaluationError) -> Expectation {
    let labeler = labeler
    var unexpected: [String] = []
    try forEachAnswer(to: question, limits) { term, budget throws(EvaluationError) in
      if question.kind == .yesNo, term == Self.boolean(false) { return }
      unexpected.append(try text(term, labeler, budget))
    }
    return Expectation(
      passed: unexpected.isEmpty, sentence: source.text(question.range),
      reading: reading(of: question), missing: [], unexpected: unexpected, range: question.range)
  }

  private func text(
    _ term: Term, _ labeler: Labeler, _ budget: SearchBudget
  ) throws(EvaluationError) -> String {
    try budget.step(64)
    try budget.charge(byteCount: Self.textByteCount)
    return labeler.text(term)
  }

  /// About what an answer takes in a list of texts and a table of terms that grow.
  private static let textByteCount = 96

  /// The terms of the first column, each once; `true` or `false` for a yes/no question.
  private func forEachAnswer(
    to question: Question, _ limits: Limits,
    _ body: (Term, SearchBudget) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    let snapshot = settledSnapshot
    let evaluation = try QueryEngine().evaluate(question.query, on: snapshot, limits: limits)
    let budget = SearchBudget(snapshot, limits)
    if question.kind == .yesNo { return try body(Self.boolean(evaluation.isTrue), budget) }
    let solutions = evaluation.solutions
    guard !solutions.variables.isEmpty else { return }
    var seen: Set<TermID> = []
    for row in 0..<solutions.rowCount
    where seen.insert(solutions.id(row: row, column: 0)).inserted {
      try budget.step(16)
      if let term = solutions.term(row: row, column: 0) { try body(term, budget) }
    }
  }

  private static func boolean(_ value: Bool) -> Term {
    .literal(Literal(value ? "true" : "false", datatype: XSD.boolean))
  }

  private func reading(of question: Question) -> String {
    question.reading.map(\.text).joined(separator: " · ")
  }
}

extension Term {
  /// The same term, or literals of equal value, such as `3` and `3.0`.
  fileprivate func isSame(as other: Term) -> Bool {
    if self == other { return true }
    guard let value, let other = other.value else { return false }
    return value.equals(other) == true
  }

  /// The value of a literal of a datatype that we know.
  fileprivate var value: XSDValue? {
    guard case .literal(let literal) = self, let datatype = XSDDatatype(iri: literal.datatype)
    else { return nil }
    return XSDValue(literal.lexicalForm, as: datatype)
  }
}
