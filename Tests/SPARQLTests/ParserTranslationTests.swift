import Algebra
import Diagnostics
import RDF
import SPARQL
import Testing

/// What queries mean, as a tree. Source: SPARQL 1.2 Query, section 18.3.
@Suite struct ParserTranslationTests {
  private func check(_ text: String, _ expected: String) throws {
    var parser = SPARQLParser(source: SourceText(name: "test", text), prefixes: ["": "urn:kosh:"])
    #expect(AlgebraWriter().text(of: try parser.query()) == expected + "\n")
  }

  @Test func filtersSeeTheirGroupAndOptionalsTakeTheirsAsCondition() throws {
    try check(
      "SELECT * { ?s :p ?o . FILTER(?o > 1) ?s :q ?z OPTIONAL { ?z :r ?w FILTER(?w = ?o) } }",
      """
      Project ?s ?o ?z ?w
        Filter ?o > 1
          LeftJoin ?w = ?o
            BGP
              ?s :p ?o
              ?s :q ?z
            BGP
              ?z :r ?w
      """)
  }

  @Test func keywordsNeedNoSpaceBetweenThem() throws {
    try check(
      "SELECTDISTINCT?s{?s?p?o FILTERsameTerm(?s,?o)FILTERNOTEXISTS{?o?p?s}}ORDERBY?s LIMIT10OFFSET5",
      """
      Slice 5 10
        Distinct
          Project ?s
            OrderBy ASC(?s)
              Filter sameTERM(?s, ?o) && NOT EXISTS { ?o ?p ?s . }
                BGP
                  ?s ?p ?o
      """)
  }

  @Test func aFilterInBracesOfItsOwnIsNoCondition() throws {
    try check(
      "SELECT * { OPTIONAL { { ?z :r ?w FILTER(?w = 1) } } }",
      """
      Project ?z ?w
        LeftJoin
          BGP
          Filter ?w = 1
            BGP
              ?z :r ?w
      """)
  }

  @Test func elementsSeeWhatStandsBeforeThem() throws {
    try check(
      "SELECT * { ?s :p ?o { ?s :q ?z } BIND(1 AS ?n) ?s :r ?n MINUS { ?s :t ?u } {} }",
      """
      Project ?s ?o ?z ?n
        Minus
          Join
            Extend ?n := 1
              Join
                BGP
                  ?s :p ?o
                BGP
                  ?s :q ?z
            BGP
              ?s :r ?n
          BGP
            ?s :t ?u
      """)
  }

  @Test func sequencesAndInversesBecomeTriples() throws {
    try check(
      "SELECT * { ?s :a/^:b/(:c|:d)/^(:e/:f) ?o }",
      """
      Project ?s ?o
        Join
          Join
            BGP
              ?s :a ?_2
              ?_1 :b ?_2
            Path ?_1 :c|:d ?_3
          BGP
            ?o :e ?_4
            ?_4 :f ?_3
      """)
  }

  @Test func listsAndBracketsBecomeTriples() throws {
    try check(
      "SELECT * { ?s :p (1 [ :q _:b ]) }",
      """
      Project ?s
        BGP
          ?_1 rdf:first 1
          ?_1 rdf:rest ?_2
          ?_3 :q ?b
          ?_2 rdf:first ?_3
          ?_2 rdf:rest rdf:nil
          ?s :p ?_1
      """)
  }

  @Test func reifiersAndAnnotationsBecomeTriples() throws {
    try check(
      """
      SELECT * { ?s :p ?o ~ :r {| :q 1 |} ~ {| :t 2 |} {| :u 3 |} .
        << ?a :b ?c >> :d <<( ?e a :f )>> }
      """,
      """
      Project ?s ?o ?a ?c ?e
        BGP
          ?s :p ?o
          :r rdf:reifies <<( ?s :p ?o )>>
          :r :q 1
          ?_1 rdf:reifies <<( ?s :p ?o )>>
          ?_1 :t 2
          ?_2 rdf:reifies <<( ?s :p ?o )>>
          ?_2 :u 3
          ?_3 rdf:reifies <<( ?a :b ?c )>>
          ?_3 :d <<( ?e a :f )>>
      """)
  }

  @Test func aggregatesAreTakenOutOfExpressionsOnce() throws {
    try check(
      """
      SELECT ?s (SUM(?o) AS ?n) (?n + SUM(?o) AS ?m) { ?s :p ?o }
      GROUP BY ?s HAVING (COUNT(*) > 1) ORDER BY ?o MAX(?o) LIMIT 1
      """,
      """
      Slice 0 1
        Project ?s ?n ?m
          OrderBy ASC(?o) ASC(?_3)
            Extend ?m := ?n + ?_1
              Extend ?n := ?_1
                Filter ?_2 > 1
                  Group ?s ?_1 := SUM(?o) ?_2 := COUNT(*) ?_3 := MAX(?o) ?o := SAMPLE(?o)
                    BGP
                      ?s :p ?o
      """)
  }

  @Test func groupsHaveKeysThatAreExpressions() throws {
    try check(
      "SELECT (COUNT(*) AS ?n) { ?s :p ?o } GROUP BY (STR(?s) AS ?k) UCASE(?o)",
      """
      Project ?n
        Extend ?n := ?_1
          Group ?k ?_2 ?_1 := COUNT(*)
            Extend ?_2 := UCASE(?o)
              Extend ?k := STR(?s)
                BGP
                  ?s :p ?o
      """)
  }

  @Test func valuesAfterTheQueryJoinBeforeItsColumns() throws {
    try check(
      "SELECT (1 AS ?one) ?s { ?s :p ?o } ORDER BY ?o VALUES ?s { :a UNDEF }",
      """
      Project ?one ?s
        OrderBy ASC(?o)
          Extend ?one := 1
            Join
              BGP
                ?s :p ?o
              Values ?s
                :a
                UNDEF
      """)
  }

  @Test func starNamesTheVariablesOfTheText() throws {
    try check(
      "SELECT DISTINCT ?s { { SELECT * { ?s :p _:b } LIMIT 2 } UNION { GRAPH ?g { ?s :p 1 } } }",
      """
      Distinct
        Project ?s
          Union
            Slice 0 2
              Project ?s
                BGP
                  ?s :p ?b
            Graph ?g
              BGP
                ?s :p 1
      """)
  }

  @Test func operatorsBindAsTheGrammarSays() throws {
    try check(
      "ASK { FILTER(?a + 1 -2 * 3 -?b = +?c && !(?d) || ?e IN ()) }",
      """
      Filter ?a + 1 + -2 * 3 - ?b = -(-?c) && !?d || ?e IN ()
        BGP
      """)
  }

  @Test func theShortFormOfConstructHasItsPatternAsTemplate() throws {
    var parser = SPARQLParser(
      source: SourceText(name: "test", "CONSTRUCT WHERE { ?s <u:p> _:g1 , [] }"))
    let query = try parser.query()
    let s = TermPattern.variable(Variable("s"))
    let p = TermPattern.term(.iri("u:p"))
    guard case .construct(let template) = query.form, case .triples(let pattern) = query.pattern
    else { return #expect(Bool(false), "\(query)") }
    #expect(
      template == [
        TriplePattern(s, p, .term(.blankNode("gg1"))), TriplePattern(s, p, .term(.blankNode("g1"))),
      ])
    #expect(
      pattern == [
        TriplePattern(s, p, .variable(Variable(".g1"))),
        TriplePattern(s, p, .variable(Variable(" 1"))),
      ])
  }

  @Test func termsAreReadAsWritten() throws {
    var parser = SPARQLParser(
      source: SourceText(
        name: "test",
        #"""
        BASE <http://e/a/b> PREFIX p.q-1: <../n#>
        SELECT * { VALUES ?x {
          <c> <\u00E9> p.q-1:a.b%20\~ 'a"\t\u00e9\U0001F600' """x"y""" '''''' "s"@EN-gb "d"@ar--rtl
          "1"^^<t:i> -1 +.5 1.e2 TRUE } }
        """#))
    guard case .project(.values(_, let rows), _) = try parser.query().pattern else {
      return #expect(Bool(false))
    }
    let expected: [Term] = [
      .iri("http://e/a/c"), .iri("http://e/a/é"), .iri("http://e/n#a.b%20~"),
      .literal(Literal("a\"\té😀")), .literal(Literal("x\"y")), .literal(Literal("")),
      .literal(Literal("s", language: "EN-gb")),
      .literal(Literal("d", language: "ar", direction: .rightToLeft)),
      .literal(Literal("1", datatype: "t:i")), .literal(Literal("-1", datatype: XSD.integer)),
      .literal(Literal("+.5", datatype: XSD.decimal)),
      .literal(Literal("1.e2", datatype: XSD.double)),
      .literal(Literal("true", datatype: XSD.boolean)),
    ]
    #expect(rows.map { $0[0] } == expected)
    #expect(parser.prefixes["p.q-1"] == "http://e/n#")
    #expect(parser.base == "http://e/a/b")
  }
}
