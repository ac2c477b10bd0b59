import Diagnostics
import KnowledgeBase
import Testing

@testable import Shell

@Suite struct HelpTests {
  /// Every example of the topics on asking runs on whatever graph there is.
  @Test(arguments: [
    "Asha Rao heads Tidewell. Asha Rao is a Person. Tidewell is a Company.",
    "<urn:x/a> <urn:x/knows> <urn:x/b>. <urn:x/a> is a <urn:x/Agent>.",
    "'it''s' is a 'Odd Thing'. 'it''s' 'goes by' 'a name (odd)'. 'who' 'goes by' 'is'.",
    "Bob has age 30. Bob part of Team. Ann part of Team. Ann says (Bob part of Team).",
  ])
  func examplesRun(_ facts: String) throws {
    let knowledge = KnowledgeBase()
    var problems: [String] = []
    func run(_ text: String) {
      knowledge.run(SourceText(name: "help", text), mode: .prompt) { result in
        if case .outcome = result.result { return .goOn }
        problems.append("\(text): \(result.result)")
        return .goOn
      }
    }
    run(facts)
    let words = try #require(knowledge.exampleWords)
    for topic in HelpTopic.all where ["questions", "exploring", "answers"].contains(topic.name) {
      for (example, _) in topic.examples(words) { run(example) }
    }
    #expect(problems == [])
  }

  @Test func anEmptyGraphBorrowsWords() {
    #expect(KnowledgeBase().exampleWords == nil)
    #expect(ExampleWords.standard.filling("who «relation» «object»?") == "who heads Zoom India?")
  }
}
