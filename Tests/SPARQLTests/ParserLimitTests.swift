import Algebra
import Diagnostics
import SPARQL
import Testing

/// Long and deep texts: each is read or refused, none overflows the stack.
@Suite struct ParserLimitTests {
  private func parse(_ text: String) throws(Diagnostic) -> Request {
    var parser = SPARQLParser(source: SourceText(name: "test", text), prefixes: ["": "u:"])
    return try parser.request()
  }

  private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  @Test(arguments: [
    ("ASK { FILTER(", "(", "1", ")", ") }"),
    ("ASK { FILTER(", "!", "1", "", ") }"),
    ("ASK { FILTER(", "ABS(", "1", ")", ") }"),
    ("ASK { FILTER(", "1 IN (", "1", ")", ") }"),
    ("ASK { FILTER(", "EXISTS { FILTER(", "1", ") }", ") }"),
    ("ASK ", "{", "", "}", ""),
    ("ASK {", "OPTIONAL {", "", "}", "}"),
    ("ASK {", "{ SELECT * {", "", "} }", "}"),
    ("ASK { :s :p ", "(", "1", ")", "}"),
    ("ASK { :s :p ", "[ :p ", "1", "]", "}"),
    ("ASK { :s :p ", "<<( :s :p ", "1", ")>>", "}"),
    ("ASK { :s :p ", "<< :s :p ", "1", ">>", "}"),
    ("ASK { :s :p :o ", "{| :p :o ", "", "|}", "}"),
    ("ASK { :s ", "(", ":p", ")*", " :o }"),
    ("ASK { VALUES ?x { ", "<<( :s :p ", "1", ")>>", "} }"),
    ("INSERT DATA { :s :p ", "(", "1", ")", "}"),
  ])
  func bracketsAreAsDeepAsAllowed(
    _ start: String, _ open: String, _ middle: String, _ close: String, _ end: String
  ) throws {
    func text(_ depth: Int) -> String {
      start + repeated(open, depth) + middle + repeated(close, depth) + end
    }
    _ = try parse(text(30))
    let error = #expect(throws: Diagnostic.self) { try parse(text(100_000)) }
    #expect(error?.id == "too-deep")
  }

  @Test func longChainsOfWhatIsAssociativeAreRead() throws {
    let count = 20_000
    let texts = [
      "ASK { " + repeated("{ :s :p 1 } UNION ", count) + "{} }",
      "ASK { " + repeated("{ :s :p 1 } ", count) + "}",
      "ASK { " + repeated(":s :p 1 . ", count) + "}",
      "ASK { :s " + repeated(":p|", count) + ":p 1 }",
      "ASK { :s " + repeated(":p/", count) + ":p 1 }",
      "ASK { FILTER(" + repeated("1 || ", count) + "1) }",
      "ASK { FILTER(" + repeated("1 && ", count) + "1) }",
      "ASK { " + repeated("FILTER(1) ", count) + "}",
      "ASK { FILTER(1 IN (" + repeated("1, ", count) + "1)) }",
      "ASK { :s :p (" + repeated("1 ", count) + ") }",
    ]
    for text in texts { #expect(throws: Never.self) { try parse(text) } }
  }

  @Test func longChainsOfWhatIsNotAreRefused() {
    let count = 2000
    let texts = [
      "ASK { FILTER(" + repeated("1 + ", count) + "1) }",
      "ASK { FILTER(" + repeated("1 * ", count) + "1) }",
      "ASK { " + repeated("OPTIONAL { } ", count) + "}",
      "ASK { " + repeated("MINUS { } ", count) + "}",
      "ASK { " + (0..<count).map { "BIND(1 AS ?v\($0)) " }.joined() + "}",
      "SELECT " + (0..<count).map { "(1 AS ?v\($0)) " }.joined() + "{ }",
      "ASK { } GROUP BY " + (0..<count).map { "(1 AS ?v\($0)) " }.joined(),
    ]
    for text in texts {
      let error = #expect(throws: Diagnostic.self) { try parse(text) }
      #expect(error?.id == "too-deep")
    }
  }

  @Test func whoReadsALongTextIsAskedWhetherToGoOn() throws {
    /// What was asked about while a text is read that is stopped at a number of bytes.
    func asked(_ text: String, stopAt limit: Int = .max) throws -> (counts: [Int], error: String?) {
      var counts: [Int] = []
      var parser = SPARQLParser(source: SourceText(name: "test", text), prefixes: ["": "u:"])
      parser.goesOn = { byteCount in
        counts.append(byteCount)
        return byteCount < limit
      }
      do throws(Diagnostic) {
        _ = try parser.request()
        return (counts, nil)
      } catch {
        return (counts, error.id)
      }
    }
    #expect(try asked("ASK { :s :p 1 }") == ([0], nil))
    #expect(try asked("ASK { :s :p 1 }", stopAt: 0) == ([0], "reading-stopped"))
    // Different labels are held, too.
    let one = "INSERT DATA { " + repeated("_:b10000 :p 1 . ", 5000) + "}"
    let many = "INSERT DATA { " + (10_000..<15_000).map { "_:b\($0) :p 1 . " }.joined() + "}"
    let (ofOne, ofMany) = (try asked(one).counts.max() ?? 0, try asked(many).counts.max() ?? 0)
    #expect(ofMany > ofOne + 5000 * 24)
    for text in [
      "INSERT DATA { " + repeated(":s :p 1 . ", 5000) + "}",
      "ASK { VALUES ?x { " + repeated("1 ", 20_000) + "} }",
      "ASK { FILTER(1 IN (" + repeated("1, ", 10_000) + "1)) }",
    ] {
      let whole = try asked(text)
      #expect(whole.error == nil)
      #expect(whole.counts.count >= 19)
      #expect(whole.counts == whole.counts.sorted())
      let last = try #require(whole.counts.last)
      #expect(last > 19_000 * 64 && last < 20_000 * 128)
      let part = try asked(text, stopAt: 1_000_000)
      #expect(part.error == "reading-stopped")
      #expect(part.counts == Array(whole.counts.prefix(part.counts.count)))
      #expect(part.counts.count < whole.counts.count)
    }
    // Of a long text in few tokens, the text counts.
    let text = "'" + repeated("x", 1_000_000) + "' " + repeated("1 ", 1100)
    let long = try asked("ASK { VALUES ?x { \(text)} }")
    #expect(try #require(long.counts.last) > 1_000_000)
  }

  @Test func everyBeginningOfATextIsReadOrRefused() throws {
    let texts = [
      """
      PREFIX e: <http://e/é> BASE <http://b/> VERSION "1.2" # c
      SELECT DISTINCT ?s (GROUP_CONCAT(DISTINCT ?o; SEPARATOR='é') AS ?l) FROM <g> WHERE {
        ?s e:p/^e:q* 'x'@en--ltr, "\\u00e9"^^e:t ; a [ e:r ( 1 .5 -2e3 ) ] {| e:n _:b |} .
        OPTIONAL { << ?s e:p ?o ~ ?r >> ?é <<( ?s !(a|^e:b) ?o )>> } MINUS { VALUES (?a) { (UNDEF) } }
      } GROUP BY ?s HAVING (MAX(?o) >= +1) ORDER BY DESC(?s) LIMIT 3 OFFSET 4 VALUES ?x { true }
      """,
      """
      WITH <u:g> DELETE { ?s <u:p> ?o } INSERT { GRAPH ?g { ?s <u:q> [] } } USING NAMED <u:h>
      WHERE { FILTER NOT EXISTS { ?s <u:p> ?o } BIND(IF(?s, ?o, COALESCE()) AS ?g) } ;
      LOAD SILENT <u:f> INTO GRAPH <u:g> ; COPY DEFAULT TO <u:g> ; DELETE DATA { <u:a> <u:b> 1 }
      """,
    ]
    for text in texts {
      let bytes = Array(text.utf8)
      var readCount = 0
      for end in 0...bytes.count {
        var parser = SPARQLParser(source: SourceText(name: "test", bytes: Array(bytes[..<end])))
        do throws(Diagnostic) {
          _ = try parser.request()
          readCount += 1
        } catch {
          #expect(error.range.upperBound <= end, "\(end): \(error)")
        }
      }
      #expect(readCount > 2)
    }
  }
}
