import Diagnostics
import SPARQL
import Testing

/// A wrong text: the place of the problem is between `«` and `»`.
struct WrongText: CustomTestStringConvertible, Sendable {
  var marked: String
  var id: String
  var replacement: String?

  init(_ marked: String, _ id: String, _ replacement: String? = nil) {
    (self.marked, self.id, self.replacement) = (marked, id, replacement)
  }

  var testDescription: String { marked }
  var text: String { marked.filter { $0 != "«" && $0 != "»" } }

  var range: SourceRange {
    let start = marked.prefix { $0 != "«" }.utf8.count
    return SourceRange(
      start, start + marked.drop { $0 != "«" }.dropFirst().prefix { $0 != "»" }.utf8.count)
  }
}

/// What is wrong with a text, and where.
@Suite struct ParserErrorTests {
  private func check(_ wrong: WrongText) {
    var parser = SPARQLParser(
      source: SourceText(name: "test", wrong.text),
      prefixes: ["": "u:", "foaf": "http://xmlns.com/"])
    do throws(Diagnostic) {
      let request = try parser.request()
      #expect(Bool(false), "read as \(request)")
    } catch {
      #expect(error.id == wrong.id, "\(error.message)")
      #expect(error.range == wrong.range, "\(error.message)")
      #expect(error.fixIts.first?.replacement == wrong.replacement, "\(error.message)")
    }
  }

  @Test(arguments: [
    ("dbo", "<http://dbpedia.org/ontology/>"), ("wd", "<http://www.wikidata.org/entity/>"),
    ("mine", "<…>"),
  ])
  func saysWhatAPrefixOftenMeans(_ prefix: String, _ namespace: String) {
    var parser = SPARQLParser(source: SourceText(name: "test", "ASK { ?s \(prefix):p ?o }"))
    #expect {
      _ = try parser.query()
    } throws: { error in
      (error as? Diagnostic)?.message
        == "the prefix '\(prefix):' is not declared: write PREFIX \(prefix): \(namespace) first"
    }
  }

  @Test(arguments: [
    WrongText("«SELCT» * { ?s ?p ?o }", "unexpected-token", "SELECT"),
    WrongText("SELECT * «WEHRE» { ?s ?p ?o }", "unexpected-token", "WHERE"),
    WrongText("SELECT * { ?s ?p ?o «OPTINAL» { } }", "unexpected-token", "OPTIONAL"),
    WrongText("SELECT * { } «ODER» BY ?s", "unexpected-token", "ORDER"),
    WrongText("SELECT * { FILTER(«STRLNE»(?x) > 1) }", "unexpected-token", "STRLEN"),
    WrongText("«INSRT» DATA { :a :b :c }", "unexpected-token", "INSERT"),
    WrongText("DELETE «WERE» { :a :b :c }", "unexpected-token", "WHERE"),
    WrongText("SELECT * { ?s «foat:»name ?o }", "unknown-prefix", "foaf:"),
    WrongText("SELECT * { ?s «x:»name ?o }", "unknown-prefix"),
    WrongText("SELECT * { ?s «wdt:»P31 ?o }", "unknown-prefix"),
    WrongText("SELECT «COUNT»(*) { ?s ?p ?o }", "bare-column"),
    WrongText("SELECT ?s «STR»(?o) { ?s ?p ?o }", "bare-column"),
    WrongText("SELECT ?s«,» ?p { ?s ?p ?o }", "comma-of-columns"),
    WrongText("SELECT * { ?s ?p ?o FILTER(?o =«=» 1) }", "double-equals"),
  ])
  func suggestsWhatIsNear(_ wrong: WrongText) { check(wrong) }

  @Test(
    arguments: [
      WrongText("SELECT * { ?s ?p ?o «»", "unexpected-end"),
      WrongText("SELECT * { ?s ?p (1 2 «»", "unexpected-end"),
      WrongText("SELECT * { ?s ?p [ :q 1 «}»", "unexpected-token"),
      WrongText("SELECT * { FILTER(1 «}»", "unexpected-token"),
      WrongText("SELECT * { ?s ?p ?o } «}»", "unexpected-token"),
      WrongText("SELECT * { ?s ?p «}»", "unexpected-token"),
      WrongText("SELECT * { ?s «.» }", "unexpected-token"),
      WrongText("SELECT «{» }", "unexpected-token"),
      WrongText("SELECT * { ?s :p ?o «?s» :q 1 }", "unexpected-token"),
      WrongText("SELECT * { ?s ?p ?o . :a «}»", "unexpected-token"),
      WrongText("INSERT DATA { :a :b :c } «INSERT» DATA { }", "unexpected-token"),
      WrongText("SELECT * { } LIMIT «?x»", "unexpected-token"),
      WrongText("ASK { ?s :p «~» }", "unexpected-token"),
      WrongText("ASK { ?s :p* :o «~» :r }", "annotated-path"),
      WrongText("ASK { FILTER(SUBSTR«(?x)» = 1) }", "argument-count"),
    ])
  func saysWhatIsMissing(_ wrong: WrongText) { check(wrong) }

  @Test(arguments: [
    WrongText("ASK { <http://a« »b> :p :o }", "bad-iri-character"),
    WrongText(#"ASK { <http://a/«\u0020»b> :p :o }"#, "bad-iri-escape"),
    WrongText(#"ASK { <http://a/«\n»> :p :o }"#, "bad-escape"),
    WrongText("ASK { «<a>» :p :o }", "relative-iri"),
    WrongText(#"ASK { :s :p "«\uD800»" }"#, "surrogate"),
    WrongText(#"ASK { :s :p "«\U00110000»" }"#, "bad-escape"),
    WrongText(#"ASK { :s :p "«\u00»x" }"#, "bad-escape"),
    WrongText("ASK { :s :p «'x»\n' }", "unclosed-string"),
    WrongText("ASK { :s :p «\"\"\"x\"\" }»", "unclosed-string"),
    WrongText("ASK { :s :p 'x'@«1» }", "bad-language-tag"),
    WrongText("ASK { :s :p 'x'@en«--up» }", "bad-direction"),
    WrongText("ASK { :s :p :a%2«x» }", "bad-local-name"),
    WrongText("ASK { :s :p _:«-» }", "expected-label"),
    WrongText("ASK { :s :p «&» }", "bad-character"),
    WrongText("ASK { :s :p «×» }", "bad-character"),
    WrongText(
      "ASK { :s :p 'x'^^«<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>» }",
      "reserved-datatype"),
  ])
  func refusesBadTerms(_ wrong: WrongText) { check(wrong) }

  @Test(arguments: [
    WrongText("SELECT * { ?s :p ?o BIND(1 AS «?o») }", "variable-in-scope"),
    WrongText("SELECT * { OPTIONAL { ?s :p ?o } BIND(1 AS «?o») }", "variable-in-scope"),
    WrongText("SELECT «(1 AS ?s)» { ?s :p ?o }", "variable-in-scope"),
    WrongText("SELECT (1 AS ?x) «(2 AS ?x)» { }", "variable-in-scope"),
    WrongText("SELECT (?x + 1 AS ?y) «(2 AS ?x)» { }", "variable-used-before"),
    WrongText("SELECT «(1 AS ?x)» { } VALUES ?x { 1 }", "variable-in-scope"),
    WrongText("SELECT (1 AS ?x) { ?s :p ?o } GROUP BY (1 AS «?o»)", "variable-in-scope"),
    WrongText("SELECT «?o» (COUNT(*) AS ?n) { ?s :p ?o }", "ungrouped-variable"),
    WrongText("SELECT ?s «(?o + 1 AS ?n)» { ?s :p ?o } GROUP BY ?s", "ungrouped-variable"),
    WrongText("SELECT «*» { ?s :p ?o } GROUP BY ?s", "star-with-groups"),
    WrongText("SELECT «*» { ?s :p ?o } HAVING (COUNT(*) > 1)", "star-with-groups"),
    WrongText("ASK { FILTER(«COUNT»(?x) > 1) }", "misplaced-aggregate"),
    WrongText("SELECT (1 AS ?n) { } GROUP BY («SUM»(?x) AS ?y)", "misplaced-aggregate"),
    WrongText("SELECT (SUM(1 + «MAX»(?x)) AS ?n) { }", "nested-aggregate"),
    WrongText("ASK { _:a :p 1 OPTIONAL { «_:a» :q 2 } }", "shared-label"),
    WrongText("ASK { _:a :p 1 { } «_:a» :q 2 }", "shared-label"),
    WrongText("INSERT DATA { _:a :p 1 }; INSERT DATA { «_:a» :q 2 }", "shared-label"),
    WrongText("INSERT DATA { :a :p «?x» }", "variable-in-data"),
    WrongText("INSERT DATA { «1» :p :x }", "expected-subject"),
    WrongText("DELETE DATA { :a :p «_:b» }", "blank-node-refused"),
    WrongText("DELETE { :a :p «[» ] } WHERE { }", "blank-node-refused"),
    WrongText("DELETE WHERE { :a :p «_:b» }", "blank-node-refused"),
    WrongText("ASK { VALUES (?a ?b) { (1 2) «(1)» } }", "row-width"),
    WrongText("ASK { VALUES (?a «?a») { } }", "repeated-variable"),
    WrongText("SELECT (:f(«DISTINCT» ?x) AS ?y) { }", "distinct-in-call"),
  ])
  func refusesWhatTheGrammarCannotForbid(_ wrong: WrongText) { check(wrong) }

  @Test func notesWhereABracketWasOpened() throws {
    var parser = SPARQLParser(source: SourceText(name: "test", "ASK { FILTER(1 + (2 }"))
    do throws(Diagnostic) {
      _ = try parser.query()
      #expect(Bool(false))
    } catch {
      #expect(error.message == "expected ')', found '}'")
      #expect(error.notes == [Diagnostic.Note("opened here", at: SourceRange(17, 18))])
    }
  }

  @Test func filtersDoNotEndAPatternForItsLabels() throws {
    var parser = SPARQLParser(
      source: SourceText(
        name: "test", "ASK { _:a <u:p> 1 FILTER EXISTS { _:b <u:p> 1 } _:a <u:q> 2 }"))
    _ = try parser.query()
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    var parser = SPARQLParser(
      source: SourceText(name: "test", bytes: Array("ASK { } #".utf8) + [0xC3, 0x28]))
    do throws(Diagnostic) {
      _ = try parser.query()
      #expect(Bool(false))
    } catch {
      #expect(error.id == "not-utf8")
      #expect(error.range == SourceRange(9, 10))
    }
  }
}
