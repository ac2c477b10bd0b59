import Algebra
public import Diagnostics

/// The tokens of a statement that is still being typed, for those who draw and complete it.
public struct TypedStatement: Sendable {
  public enum Kind: Hashable, Sendable {
    case keyword
    case variable
    /// An IRI, in brackets or with a prefix, or a blank node.
    case name
    /// A string, number or language tag.
    case literal
    /// A bracket, by whether it opens; others belong to them by their order.
    case bracket(opens: Bool)
    /// A word that the grammar does not know.
    case word
    case sign
    case invalid
    /// A string that is not closed.
    case unclosed
  }

  public struct Token: Hashable, Sendable {
    public var kind: Kind
    public var range: SourceRange
  }

  public private(set) var tokens: [Token] = []

  /// Reads the tokens from a byte offset to the end of the text, which has to be UTF-8.
  public init(_ source: SourceText, from offset: Int) {
    var lexer = Lexer(source.bytes)
    lexer.position = offset
    do throws(Diagnostic) {
      try lexer.start(at: offset)
      while lexer.token.kind != .end {
        let token = lexer.token
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        if token.kind == .invalid, quotes.contains(lexer.byte(token.start)) {
          tokens.append(Token(kind: .unclosed, range: SourceRange(token.start, token.start + 1)))
          return
        }
        tokens.append(Token(kind: Self.kind(of: token), range: token.range))
        lexer.position = max(lexer.position, token.end, token.start + 1)
        try lexer.advance()
      }
    } catch {
      return  // what cannot be read any more stays plain
    }
  }

  /// The words that a statement can have, in upper case but `a`.
  public static let words =
    Keyword.allCases.map(\.rawValue) + Function.allCases.map(\.rawValue)

  private static func kind(of token: SPARQL.Token) -> Kind {
    switch token.kind {
    case .keyword, .function: .keyword
    case .variable: .variable
    case .iriReference, .prefixedName, .blankNode: .name
    case .string, .languageTag, .integer, .decimal, .double: .literal
    case .word: .word
    case .invalid: .invalid
    case .end: .sign
    case .sign(let sign):
      switch sign {
      case .openBrace, .openParenthesis, .openBracket, .openAnnotation, .openReified,
        .openTripleTerm:
        .bracket(opens: true)
      case .closeBrace, .closeParenthesis, .closeBracket, .closeAnnotation, .closeReified,
        .closeTripleTerm:
        .bracket(opens: false)
      default: .sign
      }
    }
  }
}
