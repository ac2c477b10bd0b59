/// Writes algebra as SPARQL 1.2 text.
public struct QueryWriter {
  public init() {}
}
