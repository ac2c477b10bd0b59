/// What a piece of the edited text is, as far as drawing it goes.
package enum TextClass: Sendable {
  case plain
  case prompt
  /// What stands before a further line.
  case cue
  case keyword
  case relation
  case name
  case gap
  case value
  case comment
  case command
  /// A name that nothing bears.
  case unknown
  /// What cannot stand there.
  case wrong
  /// A bracket or quote that is not closed yet.
  case unclosed
  /// The brackets that belong together at the cursor.
  case partner
  /// What could go on from the cursor, and is not there yet.
  case ghost
  /// What a search found.
  case found
  /// What is said about a candidate.
  case detail
  /// The candidate that Tab chose.
  case chosen
}

/// A class of text from one UTF-8 offset to another.
package struct ClassedRange: Equatable, Sendable {
  package var range: Range<Int>
  package var textClass: TextClass

  package init(_ range: Range<Int>, _ textClass: TextClass) {
    self.range = range
    self.textClass = textClass
  }
}

/// How each class of text is drawn: the parameters of an SGR sequence, empty for plain.
package enum Palette: Sendable {
  /// No colour at all, by the user's wish or the terminal's nature.
  case none
  /// The eight colours, of which only those are used that read on light and dark.
  case basic
  /// Colours of the palette of 256 whose contrast with black and with white is about the same.
  case rich

  func parameters(_ textClass: TextClass) -> String {
    switch self {
    case .none: ""
    case .basic: Self.basic(textClass)
    case .rich: Self.rich(textClass)
    }
  }

  private static func basic(_ textClass: TextClass) -> String {
    switch textClass {
    case .plain, .name: ""
    case .prompt, .cue: "1"
    case .keyword, .command: "1"
    case .relation: "36"
    case .gap: "35"
    case .value: "32"
    case .comment, .ghost, .detail: "2"
    case .unknown: "4"
    case .wrong: "31"
    case .unclosed: "1;35"
    case .partner, .found: "1;4"
    case .chosen: "7"
    }
  }

  private static func rich(_ textClass: TextClass) -> String {
    switch textClass {
    case .plain, .name: ""
    case .prompt: "1;38;5;31"
    case .cue: "38;5;31"
    case .keyword, .command: "1"
    case .relation: "38;5;31"
    case .gap: "38;5;97"
    case .value: "38;5;64"
    case .comment, .ghost, .detail: "38;5;243"
    case .unknown: "4;38;5;130"
    case .wrong: "38;5;160"
    case .unclosed: "1;38;5;130"
    case .partner, .found: "1;4"
    case .chosen: "7"
    }
  }
}
