import Engine
import KnowledgeBase
import RDF

/// Any outcome as columns and rows, so that each of them can be written in each format.
struct RowSet {
  struct Cell {
    var term: Term
    /// As people read it.
    var text: String

    init(_ term: Term, _ text: String) {
      self.term = term
      self.text = text
    }

    init(_ text: String) {
      self.init(.literal(Literal(text)), text)
    }

    init(_ number: Int) {
      self.init(.literal(Literal(String(number), datatype: XSD.integer)), String(number))
    }

    init(_ truth: Bool) {
      let text = truth ? "true" : "false"
      self.init(.literal(Literal(text, datatype: XSD.boolean)), text)
    }
  }

  var columns: [String]
  var rowCount: Int
  /// The cell of a row and a column; nil where nothing is bound.
  let cell: (_ row: Int, _ column: Int) -> Cell?

  init(columns: [String], rows: [[Cell?]]) {
    self.init(columns: columns, rowCount: rows.count) { rows[$0][$1] }
  }

  init(
    columns: [String], rowCount: Int, cell: @escaping (_ row: Int, _ column: Int) -> Cell?
  ) {
    self.columns = columns
    self.rowCount = rowCount
    self.cell = cell
  }

  /// The same rows, empty from when the flag is raised.
  func until(_ cancellation: CancellationFlag) -> RowSet {
    RowSet(columns: columns, rowCount: rowCount) { row, column in
      cancellation.isRaised ? nil : cell(row, column)
    }
  }

  init(_ answer: Answer) {
    columns = answer.columns.map(\.name)
    rowCount = answer.rowCount
    cell = { row, column in
      guard let term = answer.term(row: row, column: column) else { return nil }
      return Cell(term, answer.text(row: row, column: column) ?? "")
    }
  }
}
