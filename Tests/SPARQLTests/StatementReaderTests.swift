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

  /// Where each statement begins, and whether it can be read.
  private func statements(_ text: String) throws -> [String] {
    let reader = StatementReader(SourceText(name: "a.rq", text))
    var found: [String] = []
    var offset = 0
    while let statement = reader.statement(at: offset, prefixes: [:], base: nil) {
      try #require(statement.range.upperBound > offset)
      let rest = text.utf8.dropFirst(statement.range.lowerBound)
      let word = String(decoding: rest.prefix { $0 > 0x20 }, as: UTF8.self)
      if case .failure = statement.result { found.append(word + "!") } else { found.append(word) }
      offset = statement.range.upperBound
    }
    return found
  }

  @Test func whatFollowsAQueryThatCannotBeReadIsFound() throws {
    #expect(
      try statements("SELECT ?x { ?x <urn:p> ?y\nASK {}\nDESCRIBE <urn:a>") == [
        "SELECT!", "ASK", "DESCRIBE",
      ])
    #expect(try statements("SELECT ?x { ?x p:p 1 }\nSELECT * {}") == ["SELECT!", "SELECT"])
    #expect(try statements("SELECT ?x {{\n  SELECT ?y }\n\nASK {}") == ["SELECT!", "ASK"])
  }

  @Test(.timeLimit(.minutes(1)))
  func manyCommentsBehindAQueryThatCannotBeReadTakeLinearTime() throws {
    let comments = String(repeating: "#\n", count: 300_000)
    #expect(try statements("SELECT ?x { ?x p:p 1 }\n" + comments + "ASK {}") == ["SELECT!", "ASK"])
  }

  @Test func aStatementMayBeStopped() throws {
    var isStopped = false
    let reader = StatementReader(SourceText(name: "a.rq", "ASK {}\n\nASK { ?x ?y ?z }\n\nASK {}"))
    func statement(at offset: Int) -> StatementReader.Statement? {
      reader.statement(at: offset, prefixes: [:], base: nil) { _ in !isStopped }
    }
    let first = try #require(statement(at: 0))
    isStopped = true
    let second = try #require(statement(at: first.range.upperBound))
    isStopped = false
    let third = try #require(statement(at: second.range.upperBound))
    let problems = [first, second, third].map { statement -> String? in
      if case .failure(let problem) = statement.result { problem.id } else { nil }
    }
    #expect(problems == [nil, "reading-stopped", nil])
    #expect(second.range.lowerBound == 8)
    #expect(third.range.lowerBound == 26)
  }

  @Test func whatMayBelongToAnUpdateIsNoStatementOfItsOwn() throws {
    let update = "DELETE { ?x p:p 1 }\nINSERT { ?x <urn:q> 1 }\nWHERE { ?x <urn:r> 1 }"
    #expect(try statements(update + "\nASK {}\n\nASK {}") == ["DELETE!", "ASK"])
    #expect(try statements("PREFIX p: p\nASK {}\n\nASK {}") == ["PREFIX!", "ASK"])
    #expect(try statements("ASK { ?x p:p 1 }\n" + update) == ["ASK!"])
  }
}
