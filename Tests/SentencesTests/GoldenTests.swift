import Foundation
import Testing

@testable import Sentences

/// Sentences with what they are read as, whole, in `Golden/*.txt`.
///
/// `KOSH_RECORD=1 swift test --filter GoldenTests` writes the results anew; read the difference before it is kept.
struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  @Test(arguments: ["facts", "new-names", "questions", "conditions", "verbs", "errors", "values"])
  func `every sentence of the file is read as written there`(name: String) throws {
    let file = Self.folder.appending(path: name + ".txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    let actual = Self.reread(text, mode: .script)
    if ProcessInfo.processInfo.environment["KOSH_RECORD"] == "1" {
      try actual.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(actual == text)
  }

  @Test func `at the prompt a line without a mark is a question`() throws {
    let file = Self.folder.appending(path: "prompt.txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    let actual = Self.reread(text, mode: .prompt)
    if ProcessInfo.processInfo.environment["KOSH_RECORD"] == "1" {
      try actual.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(actual == text)
  }

  /// The text with the result under each sentence; `▶` begins a sentence, `…` goes on with it, `#` is a remark.
  static func reread(_ text: String, mode: SentenceParser.Mode) -> String {
    var output: [String] = []
    var sentence: String?
    func finish() {
      guard let text = sentence else { return }
      output.append(Notation.statement(text, mode: mode))
      sentence = nil
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("▶ ") {
        finish()
        sentence = String(line.dropFirst(2))
        output.append(String(line))
      } else if line.hasPrefix("… "), let before = sentence {
        sentence = before + "\n" + line.dropFirst(2)
        output.append(String(line))
      } else if line.hasPrefix("#") {
        finish()
        output.append(String(line))
      }
    }
    finish()
    return output.joined(separator: "\n") + "\n"
  }
}
