import Diagnostics
import Testing

@testable import KnowledgeBase

extension KnowledgeBase {
  /// Knows what some sentences say, and has time to complete.
  convenience init(knowing text: String) {
    self.init()
    completionSeconds = 60
    run(SourceText(name: "test", text), mode: .script) { result in
      if case .rejected(let problems) = result.result { Issue.record("\(problems)") }
      return .goOn
    }
  }
}
