import Diagnostics
import KnowledgeBase

/// What is wrong with a command line.
package enum UsageError: Error, Equatable, Sendable {
  case unknownOption(String)
  case withoutValue(String)
  case badValue(option: String, value: String, expected: String)
  case notInThisVersion(String)
  case needsPath(String)
  case takesNoScripts(String)
  case needsInputAndOutput
  case needsFormat(option: String, file: String)

  /// In the user's words, with a hint where there is a near word.
  package var message: String {
    switch self {
    case .unknownOption(let word):
      let name = String(word.prefix { $0 != "=" })
      let hint = Self.nearest(name).map { "; did you mean '\($0)'?" } ?? ""
      return "unknown option '\(printable(name))'\(hint)"
    case .withoutValue(let word): return "option '\(printable(word))' needs a value"
    case .badValue(let option, let value, let expected):
      return "\(option) '\(printable(value))': expected \(expected)"
    case .notInThisVersion(let what): return "\(what) not in this version"
    case .needsPath(let command): return "'kosh \(command)' needs a file or a directory"
    case .needsInputAndOutput: return "'kosh convert' needs what to read and what to write"
    case .needsFormat(let option, let file):
      return "the name '\(printable(file))' says no format; \(option) does, with \(Self.formats)"
    case .takesNoScripts(let command): return "'kosh \(command)' takes no -c and no -f"
    }
  }

  private static let formats = DocumentFormat.names.joined(separator: ", ")

  private static func nearest(_ word: String) -> String? {
    CommandLineWords.Option.allCases.map { "--" + $0.rawValue }.compactMap { option in
      editDistance(word.unicodeScalars, option.unicodeScalars, limit: 2).map { ($0, option) }
    }.min { $0.0 < $1.0 }?.1
  }
}
