import Foundation
import Testing

@testable import Shell

/// The manual page and the completions know every option and format there is.
@Suite struct CommandLineDocumentsTests {
  private static let options = CommandLineWords.Option.allCases.filter { $0 != .journal }

  @Test(arguments: [
    "kosh.1", "completions/kosh.bash", "completions/_kosh", "completions/kosh.fish",
  ])
  func nameEverything(_ name: String) throws {
    let path = Package.directory + "/Documentation/" + name
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacingOccurrences(of: "\\-", with: "-")
    for option in Self.options {
      let spelling = name.hasSuffix(".fish") ? "-l \(option.rawValue)" : "--\(option.rawValue)"
      #expect(text.contains(spelling), "\(option)")
    }
    for format in OutputFormat.allCases { #expect(text.contains(format.rawValue), "\(format)") }
  }

  @Test func theSummaryNamesEverything() {
    for option in Self.options { #expect(HelpText.text.contains("--\(option.rawValue)")) }
    for format in OutputFormat.allCases { #expect(HelpText.text.contains(format.rawValue)) }
  }
}
