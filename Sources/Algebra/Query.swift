/// A whole query: a form over a pattern.
public struct Query: Hashable, Sendable {
  public enum Form: Hashable, Sendable {
    case select
    case ask
    case construct([TriplePattern])
    case describe([TermPattern])
  }

  public var form: Form
  /// For `select`, its outermost projection gives the columns.
  public var pattern: Pattern

  public init(_ form: Form, _ pattern: Pattern) {
    self.form = form
    self.pattern = pattern
  }
}
