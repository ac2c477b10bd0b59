import Engine
import KnowledgeBase
import RDF
import SPARQL

/// Writes an outcome as text in any format.
struct OutcomeWriter {
  var settings: Settings
  var rowLimit: Int?
  /// Once raised, what is left of an answer is not looked at any more.
  var cancellation: CancellationFlag
  var prefixes: NamespacePrefixes

  /// nil where the format has no form for what this is.
  func text(of outcome: Outcome, as format: OutputFormat) -> String? {
    switch format {
    case .table: return drawing.draw(outcome)
    case .lines: return rows(outcome).map(PlainRows.lines) ?? verdict(outcome)
    case .markdown: return rows(outcome).map(PlainRows.markdown) ?? verdict(outcome)
    case .csv: return solutions(outcome, .csv)
    case .tsv: return solutions(outcome, .tsv)
    case .json: return solutions(outcome, .json)
    case .xml: return solutions(outcome, .xml)
    case .turtle:
      return GraphText.triples(outcome).map { shown(GraphText.turtle($0, prefixes)) }
    case .ntriples: return GraphText.triples(outcome).map { shown(GraphText.ntriples($0)) }
    }
  }

  private func rows(_ outcome: Outcome) -> RowSet? {
    RowSet(outcome)?.until(cancellation)
  }

  private func solutions(_ outcome: Outcome, _ format: ResultWriter.Format) -> String {
    shown(ResultText.write(outcome, rows(outcome), as: format))
  }

  private func shown(_ text: String) -> String {
    settings.isForTerminal ? printableLines(text) : text
  }

  var drawing: OutcomeText {
    OutcomeText(
      style: settings.style, rowLimit: rowLimit, cancellation: cancellation, prefixes: prefixes,
      isForTerminal: settings.isForTerminal,
      showsSources: settings.showsSources, showsTime: settings.showsTime)
  }

  private func verdict(_ outcome: Outcome) -> String {
    guard case .verdict(let verdict) = outcome else { return "" }
    return verdict.value.rawValue + "\n"
  }
}
