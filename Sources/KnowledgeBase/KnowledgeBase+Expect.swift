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
    let actual = try answers(to: question, limits: limits)
    let labeler = labeler
    let missing = expected.filter { term in !actual.contains { isSame($0, term) } }
    let unexpected = actual.filter { term in !expected.contains { isSame($0, term) } }
    return Expectation(
      passed: missing.isEmpty && unexpected.isEmpty, sentence: source.text(question.range),
      reading: reading(of: question), missing: missing.map(labeler.text),
      unexpected: unexpected.map(labeler.text), range: question.range)
  }

  /// Passes when a question has no answer, or is not known to hold.
  func checkNone(
    _ question: Question, _ source: SourceText, limits: Limits
  ) throws(EvaluationError) -> Expectation {
    let actual = try answers(to: question, limits: limits)
    let isNone = question.kind == .yesNo ? actual == [Self.boolean(false)] : actual.isEmpty
    return Expectation(
      passed: isNone, sentence: source.text(question.range), reading: reading(of: question),
      missing: [], unexpected: isNone ? [] : actual.map(labeler.text), range: question.range)
  }

  private func answers(
    to question: Question, limits: Limits
  ) throws(EvaluationError) -> [Term] {
    let evaluation = try QueryEngine().evaluate(
      question.query, on: settledSnapshot, limits: limits)
    if question.kind == .yesNo { return [Self.boolean(evaluation.isTrue)] }
    let solutions = evaluation.solutions
    guard !solutions.variables.isEmpty else { return [] }
    var seen: Set<Term> = []
    return (0..<solutions.rowCount).compactMap { row in
      solutions.term(row: row, column: 0).flatMap { seen.insert($0).inserted ? $0 : nil }
    }
  }

  private static func boolean(_ value: Bool) -> Term {
    .literal(Literal(value ? "true" : "false", datatype: XSD.boolean))
  }

  /// The same term, or literals of equal value, such as `3` and `3.0`.
  private func isSame(_ a: Term, _ b: Term) -> Bool {
    if a == b { return true }
    guard let a = a.value, let b = b.value else { return false }
    return a.equals(b) == true
  }

  private func reading(of question: Question) -> String {
    question.reading.map(\.text).joined(separator: " · ")
  }
}

extension Term {
  /// The value of a literal of a datatype that we know.
  fileprivate var value: XSDValue? {
    guard case .literal(let literal) = self, let datatype = XSDDatatype(iri: literal.datatype)
    else { return nil }
    return XSDValue(literal.lexicalForm, as: datatype)
  }
}
