import Diagnostics
import Testing

@testable import KnowledgeBase

@Suite struct CompletionTests {
  private let base = KnowledgeBase(
    knowing: """
      Sameer Raje heads Zoom India. Zoom India is a Company; part of Zoom. Zoom is a Company.
      Zebra is an Animal; part of Africa. 'Zürich' is a City; part of 'Zürich Canton'.
      Sameer Raje was born 1970-01-02. Zoom has users 300; note "old app". 'José' heads 'N°5'.

      """)

  private func texts(_ text: String) -> [String] {
    base.complete(text, at: text.utf8.count).items.map(\.text)
  }

  @Test(arguments: [
    ("zu", ["Zürich", "Zürich Canton"]), ("ZÜ", ["Zürich", "Zürich Canton"]), ("jos", ["José"]),
    ("n°", ["N°5"]), ("José h", ["heads", "has users"]),
  ])
  func `case and accents do not count, quotes stand where they must`(
    typed: String, expected: [String]
  ) {
    #expect(texts(typed) == expected)
  }

  @Test func `a question is offered only what the facts have there`() {
    #expect(texts("who heads z") == ["Zoom India"])
    #expect(texts("Zoom India part of ?x and Sameer Raje heads z") == ["Zoom India"])
    #expect(texts("?x part of z") == ["Zoom", "Zürich Canton"])
  }

  @Test func `a question is offered only what all that stands before leaves a match`() {
    let base = KnowledgeBase()
    base.completionSeconds = 60
    let text = """
      Asha heads Tidewell. Tidewell is a Company; has members 7. Company kind of Group.
      Rex is an Animal; heads Dog Pack. Dog Pack is a Group; has members 9.
      heads inverse of headed by. Zebra is an Animal; eats Grass.

      """
    base.run(SourceText(name: "test", text), mode: .script) { _ in .goOn }
    for (typed, expected) in [
      ("what is an Animal and heads ", ["Dog Pack"]), ("?x is an Animal and ?x heads t", []),
      ("who heads ?x and ?x is a ", ["Company", "Group"]),
      ("?x is a Company and ?x has members ", ["7"]),
      ("?x is a Company and ?x he", ["headed by"]),
      ("?x is a Group and ?x headed by ", ["Rex", "Asha"]),
      ("how many ?x where ?x is an Animal and ?x heads d", ["Dog Pack"]),
      ("?x is an Animal and ?x ea", ["eats"]), ("?x heads ?y and ?x ea", []),
      ("?x heads ?y and maybe ?x ea", ["eats"]),
      ("?x is an Animal and e", ["eats"]),
    ] {
      let found = base.complete(typed, at: typed.utf8.count).items.filter {
        $0.kind != .keyword || expected.contains($0.text)
      }
      #expect(found.map(\.text) == expected, "\(typed)")
    }
  }

  @Test func `a question goes on with relations first`() {
    let found = base.complete("?x is a Company and ", at: 20).items
    let relations = found.lastIndex { $0.kind == .relation }
    let entities = found.firstIndex { $0.kind == .entity }
    #expect(relations ?? .max < entities ?? .max)
  }

  @Test func `outside of a question what fits comes first`() {
    #expect(texts("Sameer Raje heads z").first == "Zoom India")
    #expect(texts("Sameer Raje heads z").count == 5)
    #expect(texts("Zoom India ").prefix(2) == ["is a", "part of"])
  }

  @Test func `values that a relation has are offered`() {
    #expect(texts("who has users 3") == ["300"])
    #expect(texts("Zoom note o") == ["\"old app\""])
    #expect(texts("who was born ").first == "1970-01-02")
    #expect(texts("who heads ").prefix(3) == ["Zoom India", "N°5", "who"])
  }

  @Test(arguments: [
    ("SELECT ?who WHERE { ?who :hea", [":heads"]), ("select ?who { ?w", ["?who"]),
    ("ASK { ?x rdf:t", ["rdf:type"]), ("SELECT * WHERE { ?x ?y ?z } ORD", ["ORDER"]),
    ("ASK { ?x a :comp", [":Company"]), ("ASK { ?x :note \"Zo", []),
  ])
  func `SPARQL gets variables, vocabulary and words`(typed: String, expected: [String]) {
    #expect(texts(typed) == expected)
  }

  @Test func `SPARQL is marked by its tokens`() {
    let text = "SELECT ?x { ?x :heads \"a\" . ("
    let marks = base.marks(of: text, cursor: 0).map { mark in
      "\(mark.kind) " + SourceText(name: "", text).text(mark.range)
    }
    #expect(
      marks == [
        "keyword SELECT", "gap ?x", "gap ?x", "name :heads", "value \"a\"", "unclosed {",
        "unclosed (",
      ])
    #expect(base.marks(of: "ASK { \"a", cursor: 0).contains { $0.kind == .unclosed })
    #expect(base.marks(of: "ASK }", cursor: 0).contains { $0.kind == .wrong })
  }

  @Test func `an empty text gets questions that have answers`() {
    let questions = texts("")
    #expect(questions.contains("what heads Zoom India?"))
    #expect(questions.contains("what is a Company?"))
    #expect(questions.contains("what is an Animal?"))
    for question in questions {
      base.run(SourceText(name: "test", question), mode: .prompt) { result in
        guard case .outcome(let outcome) = result.result else {
          Issue.record("\(question) \(result.result)")
          return .goOn
        }
        if case .answer(let answer) = outcome { #expect(answer.rowCount > 0, "\(question)") }
        return .goOn
      }
    }
  }
}
