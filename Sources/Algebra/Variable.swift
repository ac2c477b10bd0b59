import RDF

/// A variable of a query, by its name without `?`.
public struct Variable: Hashable, Sendable {
  public var name: String

  public init(_ name: String) {
    self.name = name
  }

  /// Code point by code point.
  public static func == (a: Variable, b: Variable) -> Bool { a.name.isSame(as: b.name) }

  /// Whether the text of the query names it, so that `*` includes it. Blank nodes and what stands
  /// between the steps of a path are variables, too; their names begin with what no name does.
  public var isOfText: Bool {
    let first = name.utf8.first
    return first != UInt8(ascii: " ") && first != UInt8(ascii: ".")
  }
}
