import Algebra
import Diagnostics
import SPARQL

/// Reads SPARQL: a small query many times, and VALUES with a million rows.
enum QueryParsing {
  private static let small = """
    PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    PREFIX ex: <http://example.org/ns#>
    SELECT ?person ?name (COUNT(?friend) AS ?friends) WHERE {
      ?person a foaf:Person ; foaf:name ?name ; foaf:knows ?friend .
      ?friend ex:worksFor ?company .
      ?company ex:locatedIn <http://example.org/place/42>
      FILTER(?name != "Nobody" && STRLEN(?name) > 3)
    } GROUP BY ?person ?name ORDER BY DESC(?friends) LIMIT 10
    """

  static func run(size: Int?) -> [Measurement] {
    let rowCount = size ?? 1_000_000
    let repeats = 10_000
    let seconds = Measurement.median(of: 5) {
      for _ in 0..<repeats { Measurement.check(rows(small) == 0, "the small query") }
    }
    var text = "SELECT * WHERE { VALUES (?s ?n) {\n"
    for row in 0..<rowCount { text += "(<http://example.org/item/\(row)> \(row))\n" }
    text += "} }"
    let long = Measurement.median(of: 3) {
      Measurement.check(rows(text) == rowCount, "rows of VALUES")
    }
    return [
      Measurement(
        name: "small query read", value: seconds / Double(repeats) * 1e6, unit: "µs"),
      Measurement(
        name: "VALUES of \(rowCount) rows read", value: Double(text.utf8.count) / long / 1e6,
        unit: "MB/s"),
    ]
  }

  /// How many rows of VALUES the query has; nil when it is wrong.
  private static func rows(_ text: String) -> Int? {
    var parser = SPARQLParser(source: SourceText(name: "", text))
    guard let query = try? parser.query(), case .project(let pattern, _) = query.innerPattern else {
      return nil
    }
    if case .values(_, let rows) = pattern { return rows.count }
    return 0
  }
}

extension Query {
  /// Without limit.
  fileprivate var innerPattern: Pattern {
    if case .slice(let inner, _, _) = pattern { inner } else { pattern }
  }
}
