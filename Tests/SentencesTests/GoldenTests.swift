import Testing

@testable import Sentences

/// Sentences with what they are read as, whole.
struct GoldenTests {
  @Test(arguments: ["facts", "new-names", "questions", "conditions", "verbs", "errors", "values"])
  func `every sentence of the file is read as written there`(name: String) throws {
    try Golden.check(name) { Notation.statement($0, mode: .script) }
  }

  @Test func `at the prompt a line without a mark is a question`() throws {
    try Golden.check("prompt") { Notation.statement($0, mode: .prompt) }
  }
}
