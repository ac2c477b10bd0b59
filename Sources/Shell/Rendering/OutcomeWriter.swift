import Engine
import KnowledgeBase
import SPARQL

/// Writes an outcome as text in any format.
struct OutcomeWriter {
  var settings: Settings
  var rowLimit: Int?
  /// Once raised, what is left of an answer is not looked at any more.
  var cancellation: CancellationFlag

  func text(of outcome: Outcome, as format: OutputFormat) -> String {
    switch format {
    case .table: return drawing.draw(outcome)
    case .lines: return rows(outcome).map(PlainRows.lines) ?? verdict(outcome)
    case .markdown: return rows(outcome).map(PlainRows.markdown) ?? verdict(outcome)
    case .csv: return solutions(outcome, .csv)
    case .tsv: return solutions(outcome, .tsv)
    case .json: return solutions(outcome, .json)
    case .xml: return solutions(outcome, .xml)
    }
  }

  private func rows(_ outcome: Outcome) -> RowSet? {
    RowSet(outcome)?.until(cancellation)
  }

  private func solutions(_ outcome: Outcome, _ format: ResultWriter.Format) -> String {
    let text = ResultText.write(outcome, rows(outcome), as: format)
    return settings.isForTerminal ? printableLines(text) : text
  }

  var drawing: OutcomeText {
    OutcomeText(
      style: settings.style, rowLimit: rowLimit, cancellation: cancellation,
      isForTerminal: settings.isForTerminal,
      showsSources: settings.showsSources, showsTime: settings.showsTime)
  }

  private func verdict(_ outcome: Outcome) -> String {
    guard case .verdict(let verdict) = outcome else { return "" }
    return verdict.value.rawValue + "\n"
  }
}
