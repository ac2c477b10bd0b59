public import Algebra
public import RDF

/// Decodes handles into terms: a dictionary, or a query's overlay above one.
public protocol TermDecoder: Sendable {
  func term(_ id: TermID) -> Term
  /// The same, of each text in it no more than whole code points of so many bytes.
  func term(_ id: TermID, upTo byteCount: Int) -> Term
}

/// The solutions of a query: columns of handles, row by row in order.
public struct Solutions: Sendable {
  public let variables: [Variable]
  public let rowCount: Int
  /// One column a variable, each `rowCount` long; `TermID.none` is unbound.
  public let columns: [[TermID]]
  private let decoder: any TermDecoder

  public init(
    variables: [Variable], columns: [[TermID]], rowCount: Int, decoder: any TermDecoder
  ) {
    precondition(columns.count == variables.count)
    precondition(columns.allSatisfy { $0.count == rowCount })
    self.variables = variables
    self.rowCount = rowCount
    self.columns = columns
    self.decoder = decoder
  }

  public func id(row: Int, column: Int) -> TermID { columns[column][row] }

  /// The decoded term, or nil where the variable is unbound.
  public func term(row: Int, column: Int) -> Term? {
    term(row: row, column: column, upTo: .max)
  }

  /// The same, of each text in it no more than whole code points of so many bytes.
  public func term(row: Int, column: Int, upTo byteCount: Int) -> Term? {
    let id = columns[column][row]
    return id.isBound ? decoder.term(id, upTo: byteCount) : nil
  }
}
