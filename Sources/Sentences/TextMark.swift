public import Diagnostics

/// What a piece of a text is, for those who draw it while it is typed.
public struct TextMark: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case keyword
    case relation
    /// A name of anything that is no relation, or an IRI.
    case name
    case gap
    /// A text, number or date.
    case value
    case comment
    /// A command of the shell.
    case command
    /// A name that nothing in the graph bears.
    case unknown
    /// A name that the fact would bring into the graph.
    case new
    case wrong
    /// A bracket or quote that is open at the end.
    case unclosed
    /// One of two brackets that belong together, with the cursor at either.
    case partner
  }

  public var range: SourceRange
  public var kind: Kind

  public init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}
