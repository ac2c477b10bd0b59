import Algebra
import Glibc
import RDF
import Synchronization
import Testing

@testable import Engine

@Suite("Limits")
struct LimitTests {
  /// A hundred million rows, if it were let run.
  private let endless: Pattern = {
    let columns = (0..<4).map { column in
      Pattern.values(
        variables: [Variable("v\(column)")], rows: (0..<100).map { [number($0)] })
    }
    return columns.dropFirst().reduce(columns[0]) { .join($0, $1) }
  }()

  private func run(_ limits: Limits) throws {
    _ = try Fixture([]).rows(
      .group(
        endless, by: [],
        aggregates: [
          AggregateBinding(
            Variable("n"), Aggregate(.count, .variable(Variable("v0")), distinct: true))
        ]), limits: limits)
  }

  @Test("a raised flag interrupts")
  func cancellation() throws {
    let flag = CancellationFlag()
    flag.raise()
    #expect {
      try run(Limits(cancellation: flag))
    } throws: { error in
      if case EvaluationError.interrupted = error { true } else { false }
    }
  }

  @Test("a deadline interrupts")
  func deadline() throws {
    #expect(throws: EvaluationError.timeLimit(seconds: 0.05)) { try run(Limits(seconds: 0.05)) }
  }

  @Test("a budget of memory interrupts")
  func memory() throws {
    #expect(throws: EvaluationError.memoryLimit(byteCount: 100_000)) {
      _ = try Fixture([]).rows(endless, limits: Limits(byteCount: 100_000))
    }
  }

  @Test("what ends the reading of a text is thrown, once")
  func reading() throws {
    let flag = CancellationFlag()
    let reading = ReadingLimits(Limits(seconds: 60, byteCount: 1000, cancellation: flag))
    #expect(reading.admit(byteCount: 0))
    #expect(reading.admit(byteCount: 1000))
    let rest = try reading.finish()
    #expect(rest.readByteCount == 1000)
    #expect(rest.start != nil)
    let unread = try reading.finish()
    #expect(unread.readByteCount == 0)
    #expect(unread.start == nil)
    #expect(!reading.admit(byteCount: 1001))
    #expect(throws: EvaluationError.memoryLimit(byteCount: 1000)) { _ = try reading.finish() }
    #expect(try reading.finish().byteCount == 1000)
    flag.raise()
    #expect(!reading.admit(byteCount: 0))
    #expect {
      _ = try reading.finish()
    } throws: { error in
      if case EvaluationError.interrupted(_, rowCount: 0) = error { true } else { false }
    }
    let late = ReadingLimits(Limits(seconds: 0))
    // The clock may not have moved on yet.
    while late.admit(byteCount: 0) {}
    #expect(throws: EvaluationError.timeLimit(seconds: 0)) { _ = try late.finish() }
  }

  @Test("much is read again by a thread that nobody waits for when reading is to stop")
  func readingMuch() throws {
    let flag = CancellationFlag()
    let reading = ReadingLimits(Limits(cancellation: flag))
    let caller = pthread_self()
    #expect(reading.read { $0(1000) ? [pthread_self()] : [] } == [caller])
    let readers = reading.read { $0(1 << 30) ? [pthread_self()] : [] }
    #expect(readers.count == 1 && readers != [caller])
    #expect(try reading.finish().readByteCount == 1 << 30)
    let end = Message<Void>()
    let result = reading.read { goesOn in
      if !goesOn(1 << 30) { return "a part" }
      flag.raise()
      // Until the caller has given up.
      while goesOn(1 << 30) {}
      end.wait()
      return "all"
    }
    end.tell(())
    #expect(result == "a part")
    #expect {
      _ = try reading.finish()
    } throws: { error in
      if case EvaluationError.interrupted = error { true } else { false }
    }
  }

  @Test("nobody waits for what a large evaluation does after its end")
  func endedEvaluation() throws {
    let flag = CancellationFlag()
    let context = ExecutionContext(
      Snapshot(dictionary: TermDictionary()), Limits(cancellation: flag))
    #expect(try DeepStack.run(ifLarge: true, context) { 1 } == 1)
    flag.raise()
    let end = Message<Void>()
    #expect {
      try DeepStack.run(ifLarge: true, context) { () throws(EvaluationError) in
        defer { end.wait() }
        try context.poll(rowCount: 0)
      }
    } throws: { error in
      if case EvaluationError.interrupted = error { true } else { false }
    }
    end.tell(())
  }

  @Test("a large evaluation is given up while it looks at nothing, and ends when it looks again")
  func givenUpEvaluation() throws {
    let flag = CancellationFlag()
    let context = ExecutionContext(
      Snapshot(dictionary: TermDictionary()), Limits(cancellation: flag))
    let (begun, isGivenUp, end) = (Message<Void>(), Message<Void>(), Message<Bool>())
    #expect(
      DetachedThread.start {
        begun.wait()
        flag.raise()
      })
    #expect {
      try DeepStack.run(ifLarge: true, context) { () throws(EvaluationError) in
        begun.tell(())
        isGivenUp.wait()
        do throws(EvaluationError) {
          try context.poll(rowCount: 0)
          end.tell(false)
        } catch {
          end.tell(true)
        }
      }
    } throws: { error in
      if case EvaluationError.interrupted = error { true } else { false }
    }
    // As the next question does.
    flag.lower()
    isGivenUp.tell(())
    #expect(end.wait())
  }

  @Test("a large array grows in steps, or stays as it was when the evaluation is ended")
  func growing() throws {
    let flag = CancellationFlag()
    let context = ExecutionContext(
      Snapshot(dictionary: TermDictionary()), Limits(cancellation: flag))
    let small = Array(0..<100_000)
    var numbers = small
    try numbers.extend(to: 600_000, with: 7, context)
    try numbers.extend(to: 1_500_000, with: 8, context)
    #expect(numbers[..<100_000] == small[...])
    #expect(numbers[100_000..<600_000].allSatisfy { $0 == 7 })
    #expect(numbers[600_000...].allSatisfy { $0 == 8 } && numbers.count == 1_500_000)
    flag.raise()
    #expect(throws: EvaluationError.self) { try numbers.extend(to: 3_000_000, with: 9, context) }
    #expect(numbers.count == 1_500_000 && numbers[1_499_999] == 8)
    #expect(throws: EvaluationError.self) { try [Int](repeating: 0, count: 3_000_000, context) }
  }

  @Test("what is let go of is freed by another thread")
  func lettingGo() {
    final class Content: Sendable {
      let end: Message<pthread_t>
      init(_ end: Message<pthread_t>) { self.end = end }
      deinit { end.tell(pthread_self()) }
    }
    let end = Message<pthread_t>()
    let content = [Content(end)]
    DetachedThread.letGo(of: consume content)
    #expect(end.wait() != pthread_self())
  }

  @Test("what reading has used is not there for the evaluation")
  func spent() throws {
    var limits = Limits(byteCount: 2_000_000)
    let rows = Pattern.slice(endless, offset: 0, limit: 50_000)
    #expect(try Fixture([]).rows(rows, limits: limits).count == 50_000)
    limits.readByteCount = 1_500_000
    #expect(throws: EvaluationError.memoryLimit(byteCount: 2_000_000)) {
      _ = try Fixture([]).rows(rows, limits: limits)
    }
    let reading = ReadingLimits(Limits(seconds: 0.1))
    #expect(reading.admit(byteCount: 0))
    let rest = try reading.finish()
    // None of these takes so long, but the seconds count from the beginning of the reading.
    let fixture = try Fixture([])
    #expect(throws: EvaluationError.timeLimit(seconds: 0.1)) {
      for _ in 0..<1_000_000 { _ = try fixture.rows(.triples([]), limits: rest) }
    }
  }

  @Test("patterns nested without end are refused")
  func depth() throws {
    func isRefused(_ pattern: Pattern) throws -> Bool {
      do throws(EvaluationError) {
        _ = try QueryEngine().evaluate(
          Query(.select, pattern), on: Snapshot(dictionary: TermDictionary()))
        return false
      } catch {
        guard case .unsupported = error else { throw error }
        return true
      }
    }
    func nested(_ depth: Int) -> Pattern {
      (0..<depth).reduce(Pattern.triples([])) { inner, _ in .filter(.term(text("x")), inner) }
    }
    #expect(try !isRefused(nested(500)))
    #expect(try isRefused(nested(700)))
    let wide = (0..<2000).map { TriplePattern(v("x"), t(iri("p\($0)")), v("y")) }
    #expect(try isRefused(.triples(wide)))
    let extended = (0..<5000).reduce(Pattern.triples([])) { inner, number in
      .extend(inner, Variable("v\(number)"), .term(text("x")))
    }
    #expect(try isRefused(extended))
  }

  @Test("ASK ends at the first row")
  func ask() throws {
    let evaluation = try QueryEngine().evaluate(
      Query(.ask, endless), on: Fixture([]).snapshot, limits: Limits(seconds: 10))
    #expect(evaluation.isTrue)
  }

  @Test("a profile names the operators from the root down, with their rows")
  func profile() throws {
    let graph = try Fixture([(iri("a"), iri("p"), iri("b")), (iri("a"), iri("q"), iri("c"))])
    let plan = try QueryEngine().evaluate(
      Query(.select, .distinct(bgp((v("x"), t(iri("p")), v("y"))))), on: graph.snapshot,
      profile: true
    ).plan
    #expect(plan.map(\.name) == ["distinct", "scan", "start"])
    #expect(plan.map(\.depth) == [0, 1, 2])
    #expect(plan.map(\.rowCount) == [1, 1, 1])
    #expect(plan[1].detail { $0.short } == "?x p ?y")
  }

  @Test("a path within a path on a dense graph, and a pattern that backtracks, end at the deadline")
  func longSteps() throws {
    let nodes = (0..<300).map { iri("n\($0)") }
    let dense = try Fixture(
      nodes.flatMap { from in nodes.map { (from, iri("k"), $0) } })
    let k = Path.predicate(iri("k"))
    let path = Pattern.path(v("a"), .zeroOrMore(.sequence(k, .zeroOrMore(k))), v("b"))
    let text = Expression.call(
      .concat,
      [
        .call(.str, [.variable(Variable("a"))]), .call(.str, [.variable(Variable("b"))]),
        .term(text(String(repeating: "x", count: 60))),
      ])
    let match = Pattern.filter(
      .call(.regex, [text, .term(.literal(Literal("(x+x+)+y")))]),
      bgp((v("a"), t(iri("k")), v("b"))))
    for pattern in [path, match] {
      #expect(throws: EvaluationError.timeLimit(seconds: 0.05)) {
        _ = try dense.rows(pattern, limits: Limits(seconds: 0.05))
      }
    }
  }

  @Test("a long question says how far the pattern has come that drives it")
  func partOfALongQuestion() throws {
    let fixture = try Fixture((0..<45_000).map { (iri("\($0)"), iri("p"), number($0)) })
    let pattern = Pattern.filter(
      .compare(.equal, .call(.str, [.variable(Variable("a"))]), .term(text("none"))),
      bgp((v("s"), t(iri("p")), v("a"))))
    let parts = Mutex<[EvaluationProgress.Part?]>([])
    var limits = Limits()
    limits.threads.count = 1
    limits.progressDelay = 0
    limits.progressInterval = 0
    limits.progress = { progress in parts.withLock { $0.append(progress.part) } }
    #expect(try fixture.rows(pattern, limits: limits).isEmpty)
    let said = parts.withLock { $0 }.compactMap(\.self)
    #expect(!said.isEmpty)
    for part in said {
      #expect(part.fraction > 0 && part.fraction < 1)
      #expect(part.seconds >= 0)
    }
  }
}
