/// A variable of a query, by its name without `?`.
public struct Variable: Hashable, Sendable {
  public var name: String

  public init(_ name: String) {
    self.name = name
  }
}
