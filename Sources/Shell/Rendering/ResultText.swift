import Algebra
import KnowledgeBase
import SPARQL

/// Outcomes in the SPARQL 1.2 results formats.
enum ResultText {
  /// Rows as solutions, a verdict as a truth value; nothing for what has neither.
  static func write(
    _ outcome: Outcome, _ rows: RowSet?, as format: ResultWriter.Format
  ) -> String {
    let writer = ResultWriter(format)
    if case .verdict(let verdict) = outcome {
      var bytes: [UInt8] = []
      writer.write(boolean: verdict.value == .yes) { bytes += $0 }
      return String(decoding: bytes, as: UTF8.self)
    }
    guard let rows else { return "" }
    return writer.text(
      variables: rows.columns.map { Variable($0) }, rowCount: rows.rowCount,
      term: { rows.cell($0, $1)?.term })
  }
}
