import Diagnostics
import Engine
import RDF
import Sentences
import Testing

@testable import KnowledgeBase

@Suite struct SentenceLimitTests {
  private static let facts = """
    Ann knows Bob {on 2020-01-01, source Paper}.
    Bob knows Cid {on 2020-01-02}.
    Cid knows Dan.
    'part of' is transitive.
    X part of Y.
    Y part of Z.
    Ann is an Agent.
    Agent kind of Thing.
    Max says (Ann likes Bob).

    """

  private static let searches = [
    "path Ann to Dan", "paths Ann to Dan within 5", "why X part of Z", "why Ann knows Bob",
    "why Ann knows ?x",
    "why not Ann knows Dan", "about Ann", "about Thing", "timeline", "timeline Ann", "map Ann",
    "kinds",
    "relations", "sources", "Ann knows ?x?", "is X part of Z?", "X part of ?y?",
    "explain Ann knows ?x?", "suppose Dan knows Eve. Dan knows ?x?", "expect Ann knows ?x = Bob.",
    "expect no Ann knows Dan.", "forget ?x knows ?y", "undo",
  ]

  /// How each sentence ends under limits, and whether the graph is the same afterwards.
  private func end(
    of sentence: String, in knowledge: KnowledgeBase = KnowledgeBase(knowing: facts),
    _ limits: Limits
  ) -> EvaluationError? {
    var error: EvaluationError?
    let (tripleCount, factCount) = (knowledge.tripleCount, knowledge.factCount)
    knowledge.run(SourceText(name: "test", sentence), mode: .prompt, limits: limits) { result in
      if case .stopped(let stopped) = result.result { error = stopped }
      return .stop
    }
    #expect(knowledge.tripleCount == tripleCount && knowledge.factCount == factCount)
    return error
  }

  /// More than what is read without a look at the limits.
  private static let longSentences = [
    "Ann knows " + (0..<2000).map { "'New \($0)'" }.joined(separator: ", ") + ".",
    "Ann knows Bob " + (0..<2000).map { "{page \($0)}" }.joined(separator: " ") + ".",
    String(repeating: "word ", count: 5000) + "?",
    "Ann says \"" + String(repeating: "text ", count: 50_000) + "\".",
  ]

  @Test(arguments: longSentences)
  func aLongSentenceIsStoppedWhileItIsRead(_ sentence: String) {
    #expect(end(of: sentence, Limits(seconds: 0)) == .timeLimit(seconds: 0))
    #expect(end(of: sentence, Limits(byteCount: 4000)) == .memoryLimit(byteCount: 4000))
    let flag = CancellationFlag()
    flag.raise()
    let stopped = end(of: sentence, Limits(cancellation: flag))
    if case .interrupted = stopped {} else { Issue.record("it was not interrupted") }
  }

  @Test(arguments: [0, 3])
  func whatFollowsAStoppedSentenceIsReadBehindAnEmptyLine(_ number: Int) {
    let knowledge = KnowledgeBase(knowing: Self.facts)
    var results: [String] = []
    knowledge.run(
      SourceText(name: "test", Self.longSentences[number] + " Ann knows Eve.\n\nwho knows Dan?"),
      mode: .script, limits: Limits(byteCount: 100_000)
    ) { result in
      switch result.result {
      case .stopped(let error): results.append("\(error)")
      case .outcome(.answer(let answer)): results.append("\(answer.rowCount) at \(result.line)")
      default: results.append("?")
      }
      return .goOn
    }
    #expect(results == ["memoryLimit(byteCount: 100000)", "1 at 3"])
  }

  @Test func factsStayPendingWhenCtrlCComesWhileTheyArePutInOrder() throws {
    let knowledge = KnowledgeBase(knowing: Self.facts)
    let ids = try ["Ann", "knows", "Eve"].map { try knowledge.dictionary.intern(.iri("urn:" + $0)) }
    let triple = EncodedTriple(ids[0], ids[1], ids[2])
    _ = knowledge.settledSnapshot
    for line in 0..<300_000 { knowledge.pending.append(triple, line: UInt32(line)) }
    let flag = CancellationFlag()
    flag.raise()
    let limits = Limits(cancellation: flag)
    let query = "ASK { <urn:Ann> <urn:knows> <urn:Eve> }"
    #expect(throws: EvaluationError.self) {
      try knowledge.query(SourceText(name: "", query), limits: limits)
    }
    #expect(knowledge.pending.additions.count == 300_000)
    flag.lower()
    #expect(try knowledge.query(SourceText(name: "", query), limits: limits).isTrue)
    #expect(knowledge.pending.isEmpty)
  }

  @Test func factsOfAScriptThatAreStoppedLeaveNoNames() {
    let knowledge = KnowledgeBase(knowing: Self.facts)
    let text = "Ann knows Zoe. Ann knows " + (0..<300).map { "'New \($0)'" }.joined(separator: ", ")
    knowledge.run(
      SourceText(name: "test", text + "."), mode: .script, limits: Limits(seconds: 0)
    ) { _ in .goOn }
    #expect(knowledge.names.number(of: NameFolding.fold("New 1").span) == nil)
    #expect(knowledge.names.number(of: NameFolding.fold("Zoe").span) != nil)
  }

  @Test(arguments: searches)
  func everySentenceEndsWhenItsTimeIsOver(_ sentence: String) {
    #expect(end(of: sentence, Limits(seconds: 0)) == .timeLimit(seconds: 0))
  }

  @Test(
    arguments: searches.filter {
      // What only counts holds on to nothing.
      !["why not Ann knows Dan", "expect no Ann knows Dan."].contains($0)
    })
  func everySentenceObeysTheLimitOfMemory(_ sentence: String) {
    #expect(end(of: sentence, Limits(byteCount: 1)) == .memoryLimit(byteCount: 1))
  }

  @Test func anInterruptedSentenceIsNotCarriedOut() {
    let flag = CancellationFlag()
    flag.raise()
    for sentence in Self.searches + ["Eve knows Fay."] {
      guard case .interrupted = end(of: sentence, Limits(cancellation: flag)) else {
        Issue.record("\(sentence) was not interrupted")
        continue
      }
    }
  }

  @Test func redoObeysTheLimits() {
    let knowledge = KnowledgeBase(knowing: Self.facts)
    _ = outcomes(knowledge, "undo", .prompt)
    #expect(end(of: "redo", in: knowledge, Limits(seconds: 0)) == .timeLimit(seconds: 0))
    #expect(outcomes(knowledge, "redo", .prompt) == ["redone 1"])
  }

  @Test func theRowOfAnAnswerIsExplainedWithinTheLimits() {
    let knowledge = KnowledgeBase(knowing: Self.facts)
    #expect(outcomes(knowledge, "X part of ?y?") == ["Y; Z"])
    #expect(end(of: "why 2", in: knowledge, Limits(seconds: 0)) == .timeLimit(seconds: 0))
  }

  @Test func nearNamesAreLookedForAsLongAsThereIsTime() {
    let knowledge = KnowledgeBase(knowing: Self.facts)
    func notes(_ limits: Limits) -> [String] {
      var notes: [String] = []
      knowledge.run(SourceText(name: "test", "Ann knwos ?x?"), mode: .prompt, limits: limits) {
        if case .rejected(let diagnostics) = $0.result {
          notes = diagnostics.flatMap { $0.fixIts.map { "\($0)" } + [$0.message] }
        }
        return .stop
      }
      return notes
    }
    #expect(notes(Limits()).contains { $0.contains("knows") })
    #expect(!notes(Limits(seconds: 0)).isEmpty)
    #expect(!notes(Limits(seconds: 0)).contains { $0.contains("knows") })
  }

  @Test func aBudgetIsPolledWhileItSorts() throws {
    let snapshot = KnowledgeBase(knowing: "").snapshot
    var numbers = Array((0..<100).reversed())
    try SearchBudget(snapshot, Limits()).sort(&numbers, by: <)
    #expect(numbers == Array(0..<100))
    #expect(throws: EvaluationError.timeLimit(seconds: 0)) {
      try SearchBudget(snapshot, Limits(seconds: 0)).sort(&numbers, by: <)
    }
  }

  @Test func theSecondsOfASentenceAreThoseOfAllItsSteps() {
    let limits = Limits(seconds: 1000).begun()
    #expect(limits.begun().within(seconds: 5000).seconds ?? .infinity < 1000.1)
    #expect(limits.within(seconds: 5).seconds == 5)
    #expect(Limits().within(seconds: 5).seconds == 5)
  }
}
