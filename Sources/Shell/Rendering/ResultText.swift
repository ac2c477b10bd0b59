import KnowledgeBase

/// Outcomes in the SPARQL 1.2 results formats.
enum ResultText {
  static func write(_ outcome: Outcome, as format: OutputFormat) -> String {
    ""
  }
}
