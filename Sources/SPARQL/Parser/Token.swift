import Algebra
import Diagnostics

/// A word, sign or term of the text, by its place.
struct Token {
  enum Kind: Hashable {
    case end
    /// `<…>`
    case iriReference
    /// `prefix:local`; `middle` is after the colon.
    case prefixedName
    /// `_:label`; `middle` is where the label begins.
    case blankNode
    /// `?name` or `$name`.
    case variable
    /// A string of any quotes; `middle` is where its content begins.
    case string
    /// `@language` with or without a direction; `middle` is where the direction's hyphens begin, or the end.
    case languageTag
    case integer
    case decimal
    case double
    case keyword(Keyword)
    case function(Function)
    /// A word that the grammar does not know.
    case word
    case sign(Sign)
    /// What is no token; the lexer has its problem.
    case invalid
  }

  var kind: Kind
  var start: Int
  var end: Int
  var middle = 0
  var hasEscape = false

  var range: SourceRange { SourceRange(start, end) }

  var isNumber: Bool { kind == .integer || kind == .decimal || kind == .double }
}

/// Punctuation and operators.
enum Sign: String {
  case openBrace = "{"
  case closeBrace = "}"
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case openAnnotation = "{|"
  case closeAnnotation = "|}"
  case openReified = "<<"
  case closeReified = ">>"
  case openTripleTerm = "<<("
  case closeTripleTerm = ")>>"
  case dot = "."
  case semicolon = ";"
  case comma = ","
  case tilde = "~"
  case question = "?"
  case star = "*"
  case plus = "+"
  case hyphen = "-"
  case slash = "/"
  case bar = "|"
  case caret = "^"
  case doubleCaret = "^^"
  case exclamation = "!"
  case or = "||"
  case and = "&&"
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// In bytes.
  var length: Int {
    switch self {
    case .openTripleTerm, .closeTripleTerm: 3
    case .openAnnotation, .closeAnnotation, .openReified, .closeReified, .doubleCaret, .or, .and,
      .notEqual, .lessOrEqual, .greaterOrEqual:
      2
    default: 1
    }
  }

  var comparison: Expression.Comparison? {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }
}
