import Diagnostics
import RDF
import Testing

@testable import KnowledgeBase

/// Runs texts and shows what came of each sentence in a line.
func outcomes(_ knowledge: KnowledgeBase, _ text: String, _ mode: RunMode = .script)
  -> [String]
{
  var lines: [String] = []
  knowledge.run(SourceText(name: "test", text), mode: mode) { result in
    switch result.result {
    case .outcome(let outcome): lines.append(shown(outcome))
    case .rejected(let diagnostics):
      lines.append("rejected " + diagnostics.map(\.id).joined(separator: " "))
    case .stopped(let error): lines.append("stopped \(error)")
    case .failed(let failure): lines.append("failed \(failure.operation)")
    }
    return .goOn
  }
  return lines
}

private func shown(_ outcome: Outcome) -> String {
  switch outcome {
  case .none: "none"
  case .answer(let answer):
    (0..<answer.rowCount).map { row in
      answer.columns.indices.map { answer.text(row: row, column: $0) ?? "-" }
        .joined(separator: ",")
    }.sorted().joined(separator: "; ")
  case .graph(let graph):
    (0..<graph.tripleCount).map { index in
      let triple = graph.triple(index)
      return [triple.subject, triple.predicate, triple.object].map(graph.text)
        .joined(separator: " ")
    }.sorted().joined(separator: "; ")
  case .verdict(let verdict):
    "\(verdict.value.rawValue), \(verdict.support.count) facts, \(verdict.claims.count) claims"
  case .change(let change): "\(change.kind) \(change.factCount)"
  case .chains(let chains, _, _):
    chains.map { chain in
      chain.steps.map { ($0.isForward ? ">" : "<") + $0.fact.relation }.joined(separator: " ")
    }.joined(separator: "; ")
  case .timeline(let facts):
    facts.map { "\($0.date) \($0.sense) \($0.fact.object)" }
      .joined(separator: "; ")
  case .expectation(let expectation):
    (expectation.passed ? "passed" : "failed")
      + " missing \(expectation.missing) unexpected \(expectation.unexpected)"
  case .about(let portrait): "about \(portrait.name): \(portrait.groups.map(\.relation))"
  case .why(let explanations): explanations.map(shown).joined(separator: "; ")
  case .map, .drawing, .plan, .absence: "drawn"
  case .vocabulary(let list): list.entries.map { "\($0.name) \($0.count)" }.joined(separator: "; ")
  }
}

private func shown(_ explanation: Explanation) -> String {
  let fact = explanation.conclusion
  let origin = fact.origin.map { " \($0.file):\($0.line)" } ?? ""
  return "\(fact.subject) \(fact.relation) \(fact.object)\(origin)"
    + (explanation.premises.isEmpty
      ? "" : " <- [" + explanation.premises.map(shown).joined(separator: ", ") + "]")
}

@Suite struct KnowledgeBaseTests {
  private static let company = """
    Sameer Raje heads Zoom India {source 'the article', paragraph 2}.
    Zoom India part of Zoom.
    Zoom part of Software Industry.
    'part of' is transitive.
    heads inverse of 'headed by'.
    MHA warned against Zoom {on 2020-04-12}.
    Sameer Raje says (Zoom India is in touch with MHA).

    """

  private func knowledge(_ text: String = company) -> KnowledgeBase {
    let knowledge = KnowledgeBase()
    #expect(outcomes(knowledge, text).isEmpty)
    return knowledge
  }

  @Test func answersByName() {
    #expect(outcomes(knowledge(), "who heads Zoom India?") == ["Sameer Raje"])
  }

  @Test func showsTheFactBehindAnAnswer() {
    var sources: [String] = []
    knowledge().run(SourceText(name: "q", "who heads Zoom India?"), mode: .script) { result in
      if case .outcome(.answer(let answer)) = result.result {
        sources = answer.support(row: 0).flatMap(\.qualifierGroups).joined().map {
          "\($0.relation) \($0.value)"
        }
      }
      return .goOn
    }
    #expect(sources == ["source the article", "paragraph 2"])
  }

  @Test func followsInverseAndTransitiveRelations() {
    let text = "Zoom India headed by whom? is Zoom India part of Software Industry?"
    #expect(outcomes(knowledge(), text) == ["Sameer Raje", "yes, 2 facts, 0 claims"])
  }

  @Test func theInverseOfATransitiveRelationIsTransitive() {
    let text = """
      Kochi part of Kerala. Kerala part of India. 'part of' is transitive.
      'part of' inverse of 'has part'. 'part of' implies 'belongs to'.

      """
    let questions = "India has part what? Kochi belongs to what? what belongs to India?"
    #expect(
      outcomes(knowledge(text), questions) == [
        "Kerala; Kochi", "India; Kerala", "Kerala; Kochi",
      ])
  }

  @Test func aTransitiveRelationDoesNotMakeWhatItImpliesTransitive() {
    let text = """
      'next to' is symmetric. before is transitive. before implies 'next to'.
      E1 next to E3. E3 next to E2. E1 before E3.

      """
    #expect(outcomes(knowledge(text), "E1 next to ?y?") == ["E3"])
    #expect(outcomes(knowledge(text), "E3 next to ?y?") == ["E1; E2"])
  }

  @Test func explainsAConclusionDownToItsFacts() {
    #expect(
      outcomes(knowledge(), "why Zoom India part of Software Industry.") == [
        "Zoom India part of Software Industry <- [Zoom India part of Zoom test:2, "
          + "Zoom part of Software Industry test:3]"
      ])
  }

  @Test func aClaimIsNotAFactButIsShown() {
    #expect(
      outcomes(knowledge(), "Zoom India is in touch with MHA?") == ["not known, 0 facts, 1 claims"])
  }

  @Test func rejectsAnUnknownNameInAQuestion() {
    #expect(outcomes(knowledge(), "who haeds Zoom India?") == ["rejected unknown-name"])
  }

  @Test func undoesAndRedoesAtThePrompt() {
    let base = knowledge()
    #expect(outcomes(base, "Ada Lovelace heads Zoom India.", .prompt) == ["added 1"])
    #expect(outcomes(base, "who heads Zoom India", .prompt) == ["Ada Lovelace; Sameer Raje"])
    #expect(outcomes(base, "undo", .prompt) == ["undone 1"])
    #expect(outcomes(base, "who heads Zoom India", .prompt) == ["Sameer Raje"])
    #expect(outcomes(base, "Ada Lovelace heads whom?", .prompt) == ["rejected unknown-name"])
    #expect(outcomes(base, "redo", .prompt) == ["redone 1"])
    #expect(outcomes(base, "Ada Lovelace heads whom?", .prompt) == ["Zoom India"])
    #expect(outcomes(base, "redo", .prompt) == ["rejected nothing-to-redo"])
  }

  @Test func tellingWhatIsKnownChangesNothing() {
    let base = knowledge()
    let facts = base.factCount
    #expect(outcomes(base, "Zoom India part of Zoom.", .prompt) == ["knownAlready 1"])
    #expect(
      outcomes(base, "MHA warned against Zoom {on 2020-04-12}.", .prompt) == ["knownAlready 1"])
    #expect(base.factCount == facts)
    #expect(outcomes(base, "undo", .prompt) == ["undone 1"])
    #expect(outcomes(base, "MHA warned against Zoom {on 2020-05-01}.", .prompt) == ["added 1"])
    let both = "MHA warned against Zoom {on 2020-05-01, page 3}."
    #expect(outcomes(base, both, .prompt) == ["added 1"])
    #expect(outcomes(base, both, .prompt) == ["knownAlready 1"])
    #expect(outcomes(base, "MHA warned against Zoom {page 3}.", .prompt) == ["added 1"])
    #expect(outcomes(base, "MHA supports Zoom {page 3}.", .prompt) == ["added 1"])
    #expect(outcomes(base, "MHA supports Zoom {on 2020-05-01, page 3}.", .prompt) == ["added 1"])
  }

  @Test func aFactsOwnQualifierOverridesTheDefault() {
    let text = "with {source Atlas, page 12}. Jetty 5 is open {page 13}. Jetty 6 is open."
    #expect(
      outcomes(knowledge(text), "?jetty is open {page ?page}?") == ["Jetty 5,13; Jetty 6,12"])
  }

  @Test func nothingIsExplainedThatDoesNotHold() {
    #expect(
      outcomes(knowledge(), "why MHA heads Zoom. why Zoom part of Zoom India.")
        == ["not known, 0 facts, 0 claims", "not known, 0 facts, 0 claims"])
  }

  @Test func undoesTheLastSentenceOfAScript() {
    let script = "A1 heads B1. A2 heads B2. A3 heads B3. undo. who heads ?x? undo. who heads ?x?"
    let rows = outcomes(knowledge(""), script)
    #expect(rows == ["undone 1", "A1,B1; A2,B2", "undone 1", "A1,B1"])
  }

  @Test func forgetsEveryMatchAndBringsItBack() {
    let base = knowledge()
    #expect(outcomes(base, "forget Sameer Raje heads ?x.", .prompt) == ["forgotten 1"])
    #expect(outcomes(base, "Sameer Raje heads whom?", .prompt) == [""])
    #expect(outcomes(base, "undo", .prompt) == ["undone 1"])
    #expect(outcomes(base, "Sameer Raje heads whom?", .prompt) == ["Zoom India"])
    #expect(outcomes(base, "forget Zoom heads ?x.", .prompt) == ["rejected nothing-to-forget"])
  }

  @Test func supposesWithoutChangingAnything() {
    let base = knowledge()
    let facts = base.factCount
    #expect(
      outcomes(base, "suppose Grace Hopper heads Zoom India. who heads Zoom India?")
        == ["Grace Hopper; Sameer Raje"])
    #expect(base.factCount == facts)
    #expect(outcomes(base, "Grace Hopper heads whom?") == ["rejected unknown-name"])
  }

  @Test func findsShortestChains() {
    #expect(
      outcomes(knowledge(), "path Sameer Raje to MHA.") == [">heads >part of <warned against"])
    #expect(
      outcomes(knowledge(), "paths MHA to Zoom India within 3.") == [">warned against <part of"])
  }

  @Test func ordersDatedFacts() {
    let text = Self.company + "Zoom makes 'Zoom Phone' {on 2019-01}. "
    #expect(outcomes(knowledge(text), "timeline.") == ["2019-01 on Zoom Phone; 2020-04-12 on Zoom"])
  }

  @Test func comparesExpectationsAsSets() {
    let text = """
      expect who heads Zoom India = Sameer Raje. expect who heads Zoom India = MHA.
      expect no MHA heads ?x. expect no who heads Zoom India.
      """
    #expect(
      outcomes(knowledge(), text) == [
        "passed missing [] unexpected []", "failed missing [\"MHA\"] unexpected [\"Sameer Raje\"]",
        "passed missing [] unexpected []", "failed missing [] unexpected [\"Sameer Raje\"]",
      ])
  }

  @Test func completesNamesByTheirFacts() {
    let completions = knowledge().complete("about zo", at: 8)
    #expect(completions.items.prefix(2).map(\.text) == ["Zoom", "Zoom India"])
    #expect(completions.range == SourceRange(6, 8))
  }

}
