import Algebra
import Diagnostics
import SPARQL
import Testing

/// What is read, written and read again means the same.
@Suite struct ParserRoundTripTests {
  private func parse(_ text: String) throws(Diagnostic) -> Query {
    var parser = SPARQLParser(
      source: SourceText(name: "test", text), prefixes: ["": "urn:kosh:"], base: "http://e/")
    return try parser.query()
  }

  /// The same algebra, where the translation invents no names.
  @Test(arguments: [
    "SELECT * WHERE { ?s ?p ?o }",
    "SELECT DISTINCT ?s FROM <g> FROM NAMED <h> WHERE { ?s :p 1, 2.5, 1e3, true ; :q 'x'@en--ltr }",
    "SELECT REDUCED ?s WHERE { ?s :p+ ?o . ?o !(:a|^:b)|(:c/:d)* ?z } OFFSET 2 LIMIT 5",
    "SELECT ?s WHERE { ?s :p ?o OPTIONAL { ?o :q ?z FILTER(?z > ?o) } FILTER(?s != ?o) }",
    "SELECT ?s WHERE { { ?s :p 1 } UNION { ?s :p 2 } UNION { ?s :p 3 } MINUS { ?s :q ?x } }",
    "SELECT ?s WHERE { ?s :p ?o BIND(STRLEN(?o) + 1 AS ?n) GRAPH ?g { ?s :q ?n } }",
    "SELECT ?s WHERE { VALUES (?s ?o) { (:a UNDEF) (UNDEF \"b\"^^:t) } ?s :p ?o }",
    "SELECT ?s WHERE { ?s :p <<( :a :b ?o )>> FILTER NOT EXISTS { ?s :q ?o } } ORDER BY DESC(?o) ?s",
    "SELECT ?s WHERE { ?s :p ?o FILTER(?o IN (1, 2) || (?o NOT IN (3) && !BOUND(?s))) }",
    "SELECT ?s WHERE { ?s :p ?o FILTER(IF(?o, COALESCE(?s, 1), :f(?o)) = -?o * (2 - ?o) / 3) }",
    "ASK WHERE { ?s :p ?o FILTER(?o = <<( ?s :p \"x\" )>>) }",
    "SELECT (IRI(?o) AS ?i) WHERE { ?s :p ?o }",
    "CONSTRUCT { ?s :q _:x . _:x :r ?o } FROM <g> WHERE { ?s :p ?o } LIMIT 3",
    "DESCRIBE ?s :x WHERE { ?s :p ?o }",
    "DESCRIBE * WHERE { ?s :p ?o }",
    "SELECT ?s WHERE { SERVICE SILENT :e { ?s :p ?o } }",
  ])
  func keepsAlgebra(_ text: String) throws {
    var query = try parse(text)
    let written = QueryWriter().text(of: query)
    var again = try parse(written)
    // BASE stands where it is needed, which is here only for IRI().
    (query.base, again.base) = (nil, nil)
    #expect(again == query, "\(written)")
  }

  /// The same text the second time, where names are invented.
  @Test(arguments: [
    "SELECT * WHERE { [] :p ( 1 [ :q ?x ] ) ; :r _:b . _:b :s _:c }",
    "SELECT * WHERE { ?s :a/^:b/:c* ?o }",
    "SELECT * WHERE { << :a :b ?c ~ ?r >> :d ?e {| :f ?g |} ~ {| :h 1 |} }",
    "SELECT ?s (COUNT(DISTINCT ?o) AS ?n) (SUM(?o) / ?n AS ?m) WHERE { ?s :p ?o } GROUP BY ?s",
    "SELECT ?k WHERE { ?s :p ?o } GROUP BY (STR(?o) AS ?k) HAVING(MAX(?o) > 3) ORDER BY MIN(?o)",
    "SELECT (GROUP_CONCAT(?o; SEPARATOR=', ') AS ?l) WHERE { ?s :p ?o }",
    "SELECT * WHERE { { SELECT ?s (MAX(?o) AS ?m) WHERE { ?s :p ?o } GROUP BY ?s } ?s :q ?m }",
  ])
  func keepsText(_ text: String) throws {
    let written = QueryWriter().text(of: try parse(text))
    let again = QueryWriter().text(of: try parse(written))
    #expect(again == written)
  }
}
