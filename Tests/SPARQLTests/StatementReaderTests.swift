import Diagnostics
import SPARQL
import Testing

/// Texts in which no statement stands where one is looked for.
@Suite struct StatementReaderTests {
  @Test(arguments: [
    ("a.rq", "ASK {}\nPREFIX-owl: <http://a>"), ("a.rq", "\n foo:bar <http://a>"),
    ("a.rq", "ASK {}\n#\n?x"), ("a.rq", "ASK {}\nBASE.x: <http://a>"),
    ("a.kosh", "ASK {}\nPREFIX-owl: <http://a>"),
  ])
  func whatIsNoStatementIsAProblemNotACrash(_ name: String, _ text: String) throws {
    let reader = StatementReader(SourceText(name: name, text))
    var problems: [String] = []
    var offset = 0
    while let statement = reader.statement(at: offset, prefixes: [:], base: nil) {
      try #require(statement.range.upperBound > offset)
      offset = statement.range.upperBound
      if case .failure(let problem) = statement.result { problems.append(problem.message) }
    }
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("expected a query or an update, found "))
  }
}
