import Foundation
import Testing

/// Files of inputs with their results, compared whole: `Golden/*.txt`.
///
/// `▶` begins an input, `…` goes on with it, `#` is a remark, all else is the result of the input above it.
/// `KOSH_RECORD=1 swift test --filter SentencesTests` writes the results anew; read the difference before it is kept.
enum Golden {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  static func check(_ name: String, _ result: (String) -> String) throws {
    let file = folder.appending(path: name + ".txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    let actual = reread(text, result)
    if ProcessInfo.processInfo.environment["KOSH_RECORD"] == "1" {
      try actual.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(actual == text)
  }

  /// The text with the result of each input under it.
  private static func reread(_ text: String, _ result: (String) -> String) -> String {
    var output: [String] = []
    var input: String?
    func finish() {
      if let text = input { output.append(result(text)) }
      input = nil
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("▶ ") {
        finish()
        input = String(line.dropFirst(2))
      } else if line.hasPrefix("… "), let before = input {
        input = before + "\n" + line.dropFirst(2)
      } else if line.hasPrefix("#") {
        finish()
      } else {
        continue
      }
      output.append(String(line))
    }
    finish()
    return output.joined(separator: "\n") + "\n"
  }
}
