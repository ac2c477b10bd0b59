/// How answers are written.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// Aligned columns, trees and chains, for people.
  case table
  /// One answer a line, tabs between its values, nothing else.
  case lines
  /// SPARQL 1.2 results.
  case csv
  case tsv
  case json
  case xml
  case markdown
  /// For what is a graph or facts of one.
  case turtle
  case ntriples
}
