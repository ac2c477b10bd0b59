import Algebra
public import Diagnostics
public import Engine
import RDF
import SPARQL
import Sentences

/// How a text is read.
public enum RunMode: Hashable, Sendable {
  /// Every sentence has its mark; a run of facts is brought into the graph when a question needs it.
  case script
  /// A line without a mark is a question; each change is reported.
  case prompt
}

extension KnowledgeBase {
  /// Runs every sentence of a text in order and hands each result to `receive`, which says whether to go on.
  ///
  /// In a script, facts without warnings give no result. A sentence that is rejected, stopped or failed changes nothing.
  /// What `with` and `base` say holds until the end of the script that `asScript` encloses.
  public func run(
    _ source: SourceText, mode: RunMode, limits: Limits = Limits(),
    receive: (SentenceResult) -> Continuation
  ) {
    let lineBase = reserveOrigin(source, mode)
    var parser = SentenceParser(source: source, mode: mode == .script ? .script : .prompt)
    let reading = ReadingLimits(limits)
    let statements = StatementReader(source)
    parser.goesOn = { reading.admit(byteCount: $0) }
    while true {
      let limits = limits.begun()
      if let statement = statement(at: parser.position, statements, reading) {
        parser.skip(to: statement.range.lowerBound)
        let report = run(
          statement, in: source, line: parser.line, mode, lineBase: lineBase, reading)
        let range = statement.range
        parser.skip(to: max(range.upperBound, parser.position + 1))
        if range.upperBound - range.lowerBound > Self.quicklyFreedByteCount {
          DetachedThread.letGo(of: consume statement)
        }
        if case .outcome(.none) = report.result { continue }
        if case .outcome(.answer(let answer)) = report.result { shownAnswer = answer }
        if receive(report) == .stop { return }
        continue
      }
      // What comes next needs the names, which may take a while to make.
      if namesAreStale { rebuildNames(until: limits.cancellation) }
      if namesAreStale {
        let place = SourceRange(parser.position, parser.position)
        _ = receive(
          SentenceResult(
            range: place, line: parser.line,
            result: .stopped(.interrupted(afterSeconds: 0, rowCount: 0))))
        return
      }
      guard let sentence = parser.next(GraphLexicon(knowledge: self, limits: limits)) else {
        return
      }
      var result: SentenceResult.Result
      do throws(EvaluationError) {
        var rest = limits
        rest.readByteCount = try reading.finish().readByteCount
        result = carryOut(sentence, in: source, mode, lineBase: lineBase, limits: rest)
      } catch {
        result = .stopped(error)
      }
      if case .rejected = sentence.result, case .rejected(var diagnostics) = result,
        let fixIt = statements.misspelling(at: sentence.range.lowerBound)
      {
        diagnostics[0].fixIts = [fixIt]
        result = .rejected(diagnostics)
      }
      if case .outcome(.none) = result, sentence.warnings.isEmpty { continue }
      if case .outcome(.answer(let answer)) = result { shownAnswer = answer }
      let report = SentenceResult(
        range: sentence.range, line: sentence.line, result: result, warnings: sentence.warnings)
      if receive(report) == .stop { return }
    }
  }

  /// Runs the parts of one script: what `with` and `base` say in it ends with it.
  public func asScript<Result>(_ body: () -> Result) -> Result {
    let outer = (base: base, defaults: defaults)
    defaults = []
    defer { (base, defaults) = outer }
    return body()
  }

  /// Entries at the prompt are one growing text, so that an origin tells which entry it was.
  private func reserveOrigin(_ source: SourceText, _ mode: RunMode) -> UInt32? {
    origins.reserve(file: source.name, lineCount: source.lineCount)
  }

  private func carryOut(
    _ sentence: ParsedSentence, in source: SourceText, _ mode: RunMode, lineBase: UInt32?,
    limits: Limits
  ) -> SentenceResult.Result {
    switch sentence.result {
    case _ where limits.cancellation?.isRaised == true:
      .stopped(.interrupted(afterSeconds: 0, rowCount: 0))
    case .rejected(let diagnostics): .rejected(diagnostics)
    case .statement(let statement) where isReadOnly && statement.changesGraph:
      .rejected([readOnly(sentence.range)])
    case .statement(let statement):
      carryOut(statement, in: source, mode, lineBase: lineBase, limits: limits)
    }
  }

  private func carryOut(
    _ statement: Statement, in source: SourceText, _ mode: RunMode, lineBase: UInt32?,
    limits: Limits
  ) -> SentenceResult.Result {
    do {
      if statement.isDeclaration {
        try declare(statement)
        return .outcome(.none)
      }
      if case .facts(let facts) = statement {
        if mode == .prompt {
          return .outcome(.change(try tell(facts, lineBase: lineBase, limits: limits)))
        }
        if facts.reduce(0, { $0 + 1 + $1.qualifierGroups.count }) > Self.quickFactCount {
          pending.append(try lowered(facts, lineBase: lineBase, limits: limits))
          return .outcome(.none)
        }
        for fact in facts { try lower(fact, into: &pending, lineBase: lineBase) }
        pending.endSentence()
        return .outcome(.none)
      }
      return .outcome(try outcome(of: statement, in: source, limits: limits))
    } catch let error as EvaluationError {
      return .stopped(error)
    } catch let error as SystemFailure {
      return .failed(error)
    } catch let error as Diagnostic {
      return .rejected([error])
    } catch {
      preconditionFailure("an error of no known kind: \(error)")
    }
  }

  /// What was read of longer statements is freed by another thread.
  private static let quicklyFreedByteCount = 1 << 18

  /// So many facts and qualifiers of a sentence are taken in without a look at what may end it.
  private static let quickFactCount = 256

  /// Throws `EvaluationError`, `SystemFailure` or `Diagnostic`.
  private func outcome(
    of statement: Statement, in source: SourceText, limits: Limits
  ) throws -> Outcome {
    switch statement {
    case .question(let question): return try ask(question, limits: limits)
    case .explain(let question): return .plan(try explain(question, limits: limits))
    case .why(let question): return try explainFacts(question, limits: limits)
    case .whyNot(let question): return try explainAbsence(question, limits: limits)
    case .whyRow(let row, let range): return try explainRow(row, at: range, limits: limits)
    case .about(let term): return .about(try portrait(of: term, limits: limits))
    case .path(let from, let to):
      let search = ChainSearch(labeler, limits: limits)
      return .chains(
        try search.shortest(from: from, to: to), from: labeler.text(from), to: labeler.text(to))
    case .paths(let from, let to, let within):
      let search = ChainSearch(labeler, limits: limits)
      return .chains(
        try search.all(from: from, to: to, within: within), from: labeler.text(from),
        to: labeler.text(to))
    case .timeline(let term):
      return .timeline(try Timeline(labeler, limits: limits).facts(about: term))
    case .map(let term, let depth, let file):
      return try map(term, depth: depth ?? 2, file: file, limits: limits)
    case .kinds: return .vocabulary(try vocabulary(limits).kinds())
    case .relations: return .vocabulary(try vocabulary(limits).relations())
    case .sources: return .vocabulary(try vocabulary(limits).sources())
    case .rules: return .vocabulary(VocabularyList(title: "rule", unit: "facts", entries: []))
    case .forget(let question): return .change(try forget(question, limits: limits))
    case .undo: return .change(try step(undo(limits: limits), "undo", source))
    case .redo: return .change(try step(redo(limits: limits), "redo", source))
    case .suppose(let facts, let question): return try suppose(facts, question, limits: limits)
    case .expect(let question, let answers):
      return .expectation(try check(question, answers, source, limits: limits))
    case .expectNo(let question):
      return .expectation(try checkNone(question, source, limits: limits))
    case .facts, .defaults, .prefix, .base: return .none
    }
  }

  private func vocabulary(_ limits: Limits) -> VocabularyLister {
    VocabularyLister(labeler, limits: limits)
  }

  private func step(
    _ change: Change?, _ word: String, _ source: SourceText
  ) throws(Diagnostic) -> Change {
    guard let change else {
      throw Diagnostic(
        id: "nothing-to-\(word)", "there is no change to \(word)",
        at: SourceRange(0, source.bytes.count))
    }
    return change
  }
}

extension Statement {
  /// Whether carrying it out leaves another graph.
  var changesGraph: Bool {
    switch self {
    case .facts, .forget, .undo, .redo: true
    case .defaults, .prefix, .base, .question, .explain, .about, .why, .whyRow, .whyNot, .path,
      .paths,
      .timeline, .map, .kinds, .relations, .sources, .rules, .suppose, .expect, .expectNo:
      false
    }
  }
}
