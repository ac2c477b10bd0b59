import Diagnostics
import Engine
import Testing

@testable import KnowledgeBase

/// Statements of SPARQL among sentences.
@Suite struct StatementTests {
  private func graph() -> KnowledgeBase {
    let knowledge = KnowledgeBase()
    _ = outcomes(knowledge, "Sameer Raje heads Zoom India. Zoom India part of Zoom.")
    return knowledge
  }

  @Test func sentencesAndStatementsTakeTurns() {
    let text = """
      who heads Zoom India?
      SELECT ?who {
        ?who :heads ?what   # a comment
      } LIMIT 3
      who heads Zoom India?
      ASK { :Zoom :heads ?x };
      CONSTRUCT WHERE { ?s :heads ?o }
      who heads 'Zoom India'?
      """
    #expect(
      outcomes(graph(), text) == [
        "Sameer Raje", "Sameer Raje", "Sameer Raje", "no, 0 facts, 0 claims",
        "Sameer Raje heads Zoom India", "Sameer Raje",
      ])
  }

  @Test func aLongStatementIsStoppedWhileItIsRead() throws {
    let knowledge = graph()
    let tripleCount = knowledge.tripleCount
    let flag = CancellationFlag()
    let data = "INSERT DATA {" + (0..<5000).map { " :a\($0) :b :c\($0) ." }.joined() + " }"
    let text = "ASK { :Zoom :heads ?x }\n\(data)\n\nwho heads Zoom India?"
    func results(_ limits: Limits) -> [SentenceResult] {
      var results: [SentenceResult] = []
      knowledge.run(SourceText(name: "test", text), mode: .script, limits: limits) { result in
        results.append(result)
        return .goOn
      }
      return results
    }
    let limited = results(Limits(byteCount: 1_000_000))
    try #require(limited.count == 3)
    guard case .stopped(.memoryLimit(byteCount: 1_000_000)) = limited[1].result else {
      Issue.record("\(limited[1].result)")
      return
    }
    #expect(limited[1].line == 2)
    guard case .outcome(.answer(let answer)) = limited[2].result else {
      Issue.record("\(limited[2].result)")
      return
    }
    #expect(answer.text(row: 0, column: 0) == "Sameer Raje")
    flag.raise()
    let stopped = results(Limits(cancellation: flag))
    guard case .stopped(.interrupted) = try #require(stopped.first).result else {
      Issue.record("\(stopped[0].result)")
      return
    }
    #expect(knowledge.tripleCount == tripleCount)
    let long = "ASK { VALUES ?x {" + (0..<20_000).map { " \($0)" }.joined() + " } }"
    #expect(throws: EvaluationError.memoryLimit(byteCount: 1_000_000)) {
      _ = try knowledge.query(SourceText(name: "q", long), limits: Limits(byteCount: 1_000_000))
    }
    #expect(try knowledge.query(SourceText(name: "q", long)).isTrue)
    _ = results(Limits(byteCount: 100_000_000))
    #expect(knowledge.tripleCount == tripleCount + 5000)
  }

  @Test func prefixesHoldForBothLanguages() {
    let text = """
      PREFIX ex: <urn:ex:>
      ex:Bob heads ex:Acme.
      SELECT ?x { ex:Bob :heads ?x }
      prefix a: <urn:ex:>.
      SELECT ?x { a:Bob :heads ?x }
      """
    #expect(outcomes(graph(), text) == ["Acme", "Acme"])
  }

  @Test func updatesAreUndoneWhole() {
    let knowledge = graph()
    let text = """
      INSERT DATA { :Ann :heads :Bolt . :Bob :heads :Acme } ;
      DELETE WHERE { :Sameer_Raje ?p ?o }
      """
    #expect(outcomes(knowledge, text) == [])
    #expect(outcomes(knowledge, "?who heads ?what | show ?who?") == ["Ann; Bob"])
    #expect(outcomes(knowledge, "undo.") == ["undone 0"])
    #expect(outcomes(knowledge, "?who heads ?what | show ?who?") == ["Sameer Raje"])
  }

  @Test func aReadOnlyGraphRefusesUpdates() {
    let knowledge = graph()
    knowledge.isReadOnly = true
    #expect(outcomes(knowledge, "INSERT DATA { :a :b :c }") == ["rejected read-only"])
    #expect(outcomes(knowledge, "ASK { ?s ?p ?o }") == ["yes, 0 facts, 0 claims"])
  }

  @Test(arguments: [
    ("ASK { ?s ?p }", "unexpected-token"), ("SELECT ?x { ex:a ?p ?x }", "unknown-prefix"),
    ("SELECT ?x { ?x ?p ?o } LIMT 3", "unexpected-token"), ("ASK { ?s", "unexpected-token"),
    ("LOAD <file:///etc/passwd>", "not-updated"), ("SELECT * { ?s ?p \"", "unclosed-string"),
    ("explain CLEAR ALL", "update-explained"),
  ])
  func whatIsWrongIsRejectedUpToAnEmptyLine(_ text: String, _ id: String) {
    let script = text + "\nwho heads Zoom India?\n\nwho heads Zoom India?"
    let shown = outcomes(graph(), script)
    #expect(shown.first == "rejected \(id)")
    #expect(shown.last == "Sameer Raje")
  }

  @Test func namesLikeKeywordsStaySentences() {
    let text = "Ask is a Company. Base part of Ask. Select heads Ask.\nwho heads Ask?"
    #expect(outcomes(KnowledgeBase(), text) == ["Select"])
  }

  @Test(arguments: [
    ("ASK {", Completeness.incomplete(open: "{")), ("SELECT ?x", .incomplete(open: "…")),
    ("SELECT (COUNT(*", .incomplete(open: "(")), ("ASK { ?s ex:p <a> }", .complete),
    ("ASK { ?s ?p \"\"\"a", .incomplete(open: "\"\"\"")), ("ASK { ?s ?p 'a", .complete),
    ("ASK { ?s ?p ?o }\nZoom heads (", .incomplete(open: "(")),
    ("who heads Zoom?\nASK {", .incomplete(open: "{")), ("ASK }", .complete),
    ("PREFIX ex: <urn:x>", .complete), ("", .complete),
  ])
  func entriesGoOnUntilTheyAreWhole(_ text: String, _ expected: Completeness) {
    #expect(KnowledgeBase.completeness(of: text) == expected)
  }

  @Test func aQueryAskedAgainSeesWhatHasChanged() throws {
    let knowledge = graph()
    let query = "SELECT ?x { ?x :heads ?y } ORDER BY ?x"
    func asked() throws -> [String] {
      let solutions = try knowledge.query(SourceText(name: "q", query)).solutions
      let rows = (0..<solutions.rowCount).compactMap { solutions.term(row: $0, column: 0) }
      #expect(
        outcomes(knowledge, query) == [
          rows.map { knowledge.labeler.text($0) }.joined(separator: "; ")
        ])
      return rows.map { knowledge.labeler.text($0) }
    }
    #expect(try asked() == ["Sameer Raje"])
    #expect(try asked() == ["Sameer Raje"])
    _ = outcomes(knowledge, "Ann heads Bolt.")
    #expect(try asked() == ["Ann", "Sameer Raje"])
    _ = outcomes(knowledge, "undo.")
    #expect(try asked() == ["Sameer Raje"])
    _ = outcomes(knowledge, "INSERT DATA { :Bob :heads :Acme }")
    #expect(try asked() == ["Bob", "Sameer Raje"])
    _ = outcomes(knowledge, "PREFIX : <urn:other:>\nINSERT DATA { :Cid :heads :Dow }")
    #expect(try asked() == ["Cid"])
  }

  @Test func aQueryAskedAgainWithTermsOfItsOwnIsAnsweredAgain() throws {
    let knowledge = graph()
    let text = SourceText(name: "q", "SELECT ?x { VALUES ?x { <urn:new> 1234 } BIND(?x AS ?y) }")
    for _ in 0..<3 {
      let solutions = try knowledge.query(text).solutions
      #expect(solutions.rowCount == 2)
      #expect(solutions.term(row: 0, column: 0) == .iri("urn:new"))
    }
  }

  @Test func unknownIRIsOfAnEmptyAnswerAreNamed() {
    let knowledge = graph()
    var notes: [String] = []
    let text = "SELECT * { ?s :heads :Zoom_Indai }\nSELECT * { ?s :heads :Zoom }"
    knowledge.run(SourceText(name: "q", text), mode: .script) { result in
      notes += result.warnings.map { $0.message + "; " + $0.notes.map(\.message).joined() }
      return .goOn
    }
    #expect(
      notes == [
        "nothing in the graph is called :Zoom_Indai, so there is no answer; there is :Zoom_India"
      ])
  }
}
