import Algebra
import RDF
import SPARQL
import Testing

private let a = TermPattern.variable(Variable("a"))
private let b = TermPattern.variable(Variable("b"))
private let c = TermPattern.variable(Variable("c"))

private func iri(_ name: String) -> TermPattern { .term(.iri("urn:kosh:" + name)) }
private func triple(_ s: TermPattern, _ p: TermPattern, _ o: TermPattern) -> Pattern {
  .triples([TriplePattern(s, p, o)])
}
private func variable(_ name: String) -> Expression { .variable(Variable(name)) }
private func number(_ value: Int) -> Expression {
  .term(.literal(Literal(String(value), datatype: XSD.integer)))
}
private func variables(_ names: String...) -> [Variable] { names.map(Variable.init) }

private func check(_ pattern: Pattern, _ expected: String, _ form: Query.Form = .select) {
  #expect(QueryWriter().text(of: Query(form, pattern)) == expected)
}

@Suite struct QueryWriterTests {
  let heads = triple(a, iri("heads"), b)
  let located = triple(b, iri("in"), c)

  @Test func sharesSubjectsAndVerbs() {
    let pattern = Pattern.triples([
      TriplePattern(a, .term(.iri(Vocabulary.type)), iri("Person")),
      TriplePattern(a, iri("heads"), b),
      TriplePattern(a, iri("heads"), iri("Zoom")),
      TriplePattern(
        b, .term(.iri(Vocabulary.label)), .term(.literal(Literal("Zoom \"I\"\n", language: "en")))),
    ])
    check(
      .distinct(.project(pattern, variables("a", "b"))),
      #"""
      PREFIX : <urn:kosh:>
      PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

      SELECT DISTINCT ?a ?b WHERE {
        ?a a :Person ;
          :heads ?b, :Zoom .
        ?b rdfs:label "Zoom \"I\"\n"@en .
      }
      """#)
  }

  @Test func keepsAFilterInsideWhenWhatFollowsWouldBindItsVariable() {
    let filtered = Pattern.filter(.not(.bound(Variable("c"))), heads)
    check(
      .project(.join(filtered, located), variables("a")),
      """
      PREFIX : <urn:kosh:>

      SELECT ?a WHERE {
        {
          ?a :heads ?b .
          FILTER (!BOUND(?c))
        }
        ?b :in ?c .
      }
      """)
    let harmless = Pattern.filter(.compare(.notEqual, variable("a"), variable("b")), heads)
    check(
      .project(.join(harmless, located), variables("a")),
      """
      PREFIX : <urn:kosh:>

      SELECT ?a WHERE {
        ?a :heads ?b .
        FILTER (?a != ?b)
        ?b :in ?c .
      }
      """)
  }

  @Test func writesOptionalsFlatOnlyWhenThatMeansTheSame() {
    let optional = Pattern.leftJoin(heads, located, condition: .bound(Variable("a")))
    check(
      .project(.leftJoin(optional, triple(a, iri("says"), c), condition: nil), variables("a")),
      """
      PREFIX : <urn:kosh:>

      SELECT ?a WHERE {
        ?a :heads ?b .
        OPTIONAL {
          ?b :in ?c .
          FILTER (BOUND(?a))
        }
        OPTIONAL { ?a :says ?c . }
      }
      """)
    check(
      .project(.join(triple(c, iri("in"), iri("India")), optional), variables("a")),
      """
      PREFIX : <urn:kosh:>

      SELECT ?a WHERE {
        ?c :in :India .
        {
          ?a :heads ?b .
          OPTIONAL {
            ?b :in ?c .
            FILTER (BOUND(?a))
          }
        }
      }
      """)
  }

  @Test func aFilterOfAnOptionalThatMustNotSeeTheLeftSideGetsBraces() {
    let right = Pattern.filter(.bound(Variable("a")), located)
    check(
      .project(.leftJoin(heads, right, condition: nil), variables("a")),
      """
      PREFIX : <urn:kosh:>

      SELECT ?a WHERE {
        ?a :heads ?b .
        OPTIONAL {
          {
            ?b :in ?c .
            FILTER (BOUND(?a))
          }
        }
      }
      """)
  }

  @Test func writesUnionMinusValuesGraphAndExistence() {
    let pattern = Pattern.filter(
      .not(.exists(triple(a, iri("left"), b))),
      .minus(
        .join(
          .union(heads, .union(triple(b, iri("has head"), a), located)),
          .join(
            .values(
              variables: variables("a", "c"),
              rows: [
                [.iri("urn:kosh:Zoom"), nil],
                [.literal(Literal("x")), .literal(Literal("1.50", datatype: XSD.decimal))],
              ]),
            .graph(c, .triples([])))),
        triple(a, iri("is"), iri("x.y."))))
    check(
      pattern,
      """
      PREFIX : <urn:kosh:>

      ASK {
        { ?a :heads ?b . }
        UNION { ?b <urn:kosh:has\\u0020head> ?a . }
        UNION { ?b :in ?c . }
        VALUES (?a ?c) {
          (:Zoom UNDEF)
          ("x" 1.50)
        }
        GRAPH ?c {}
        MINUS { ?a :is <urn:kosh:x.y.> . }
        FILTER NOT EXISTS { ?a :left ?b . }
      }
      """, .ask)
  }

  @Test func writesGroupsWithHavingAndOrder() {
    let count = AggregateBinding(Variable("n"), Aggregate(.count, variable("b"), distinct: true))
    let total = AggregateBinding(Variable(".0"), Aggregate(.sum, variable("c")))
    let group = Pattern.group(
      .join(heads, located), by: variables("a"), aggregates: [count, total])
    let having = Pattern.filter(.compare(.greater, variable("n"), number(2)), group)
    let half = Pattern.extend(
      having, Variable("half"), .arithmetic(.divide, variable(".0"), number(2)))
    check(
      .slice(
        .project(
          .orderBy(
            half,
            [
              SortKey(variable("n"), descending: true), SortKey(variable(".0")),
              SortKey(variable("a")),
            ]),
          variables("a", "n", "half")), offset: 5, limit: 10),
      """
      PREFIX : <urn:kosh:>

      SELECT ?a (COUNT(DISTINCT ?b) AS ?n) (SUM(?c) / 2 AS ?half) WHERE {
        ?a :heads ?b .
        ?b :in ?c .
      }
      GROUP BY ?a
      HAVING (COUNT(DISTINCT ?b) > 2)
      ORDER BY DESC(?n) ASC(SUM(?c)) ?a
      OFFSET 5
      LIMIT 10
      """)
  }

  @Test func aGroupWithoutKeysKeepsItsAggregate() {
    let count = AggregateBinding(Variable("n"), Aggregate(.count, nil))
    let group = Pattern.group(heads, by: [], aggregates: [count])
    check(
      .project(.extend(group, Variable("c"), number(1)), variables("c")),
      """
      PREFIX : <urn:kosh:>

      SELECT ?c WHERE {
        {
          SELECT (COUNT(*) AS ?n) WHERE {
            ?a :heads ?b .
          }
        }
        BIND(1 AS ?c)
      }
      """)
  }

  @Test func groupsInsideOtherPatternsBecomeSubselects() {
    let group = Pattern.group(
      heads, by: variables("a"),
      aggregates: [
        AggregateBinding(Variable("b"), Aggregate(.count, nil)),
        AggregateBinding(Variable("all"), Aggregate(.groupConcat(separator: ", "), variable("b"))),
      ])
    check(
      .project(.join(located, group), variables("a", "b", "all")),
      """
      PREFIX : <urn:kosh:>

      SELECT ?a ?b ?all WHERE {
        ?b :in ?c .
        {
          {
            SELECT ?a (COUNT(*) AS ?b_2) (GROUP_CONCAT(?b; SEPARATOR=", ") AS ?all) WHERE {
              ?a :heads ?b .
            }
            GROUP BY ?a
          }
          BIND(?b_2 AS ?b)
        }
      }
      """)
  }

  @Test func sortsAboveDistinctWithoutASubselect() {
    check(
      .slice(
        .orderBy(.distinct(.project(heads, variables("a"))), [SortKey(variable("a"))]), offset: 0,
        limit: 3),
      """
      PREFIX : <urn:kosh:>

      SELECT DISTINCT ?a WHERE {
        ?a :heads ?b .
      }
      ORDER BY ?a
      LIMIT 3
      """)
    check(
      .project(.slice(.project(heads, variables("a", "b")), offset: 0, limit: 3), variables("b")),
      """
      PREFIX : <urn:kosh:>

      SELECT ?b WHERE {
        SELECT ?a ?b WHERE {
          ?a :heads ?b .
        }
        LIMIT 3
      }
      """)
  }

  @Test func namesHiddenVariables() {
    let hidden = TermPattern.variable(Variable(".1"))
    let named = TermPattern.variable(Variable(" a"))
    check(
      .project(.join(triple(a, iri("p"), hidden), triple(hidden, iri("p"), named)), variables("a")),
      """
      PREFIX : <urn:kosh:>

      SELECT ?a WHERE {
        ?a :p ?_1 .
        ?_1 :p ?a_2 .
      }
      """)
  }

  @Test func writesTripleTermsAndTemplates() {
    let statement = TriplePattern(
      .variable(Variable("r")), .term(.iri(Vocabulary.reifies)),
      .triple(TriplePattern(a, .term(.iri(Vocabulary.type)), b)))
    check(
      .slice(.orderBy(.triples([statement]), [SortKey(variable("r"))]), offset: 0, limit: 1),
      """
      PREFIX : <urn:kosh:>
      PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

      CONSTRUCT {
        ?a :p ?b .
      }
      WHERE {
        ?r rdf:reifies <<( ?a a ?b )>> .
      }
      ORDER BY ?r
      LIMIT 1
      """, .construct([TriplePattern(a, iri("p"), b)]))
  }

  @Test(arguments: [
    (Path.inverse(.sequence(p, q)), "^(:p/:q)"),
    (.sequence(.alternative(p, q), .inverse(p)), "(:p|:q)/^:p"),
    (.alternative(.sequence(p, q), .zeroOrMore(.inverse(p))), ":p/:q|(^:p)*"),
    (.inverse(.oneOrMore(p)), "^:p+"), (.oneOrMore(.zeroOrOne(p)), "(:p?)+"),
    (.inverse(.inverse(p)), "^(^:p)"),
    (.negated(forward: [.iri("urn:kosh:p")], inverse: []), "!:p"),
    (.negated(forward: [.iri(Vocabulary.type)], inverse: [.iri("urn:kosh:q")]), "!(a|^:q)"),
    (.sequence(p, .sequence(q, p)), ":p/:q/:p"),
  ])
  func writesPathsWithFewParentheses(_ path: Path, _ text: String) {
    check(
      .path(a, path, b),
      "PREFIX : <urn:kosh:>\n\nSELECT ?a ?b WHERE {\n  ?a \(text) ?b .\n}")
  }

  static let p = Path.predicate(.iri("urn:kosh:p"))
  static let q = Path.predicate(.iri("urn:kosh:q"))

  @Test(arguments: [
    (Expression.or(.and(x, y), .not(.and(x, y))), "?x && ?y || !(?x && ?y)"),
    (.and(.or(x, y), x), "(?x || ?y) && ?x"),
    (.compare(.equal, .compare(.less, x, y), .arithmetic(.add, x, y)), "(?x < ?y) = ?x + ?y"),
    (.arithmetic(.subtract, x, .arithmetic(.subtract, y, x)), "?x - (?y - ?x)"),
    (.arithmetic(.multiply, .arithmetic(.add, x, y), .negate(x)), "(?x + ?y) * -?x"),
    (.arithmetic(.divide, x, .arithmetic(.divide, y, x)), "?x / (?y / ?x)"),
    (.negate(.term(.literal(Literal("5", datatype: XSD.integer)))), "-(5)"),
    (.arithmetic(.subtract, x, .term(.literal(Literal("-5", datatype: XSD.integer)))), "?x - -5"),
    (
      .oneOf(x, [y, .term(.literal(Literal("true", datatype: XSD.boolean)))], negated: true),
      "?x NOT IN (?y, true)"
    ),
    (
      .conditional(.bound(Variable("x")), x, .coalesce([y, x])),
      "IF(BOUND(?x), ?x, COALESCE(?y, ?x))"
    ),
    (.call(.isIRI, [x]), "isIRI(?x)"), (.call(.now, []), "NOW()"),
    (.callIRI(XSD.integer, [x]), "xsd:integer(?x)"),
    (.triple(x, .term(.iri("urn:a:b")), y), "<<( ?x <urn:a:b> ?y )>>"),
    (.triple(.call(.str, [x]), x, y), "TRIPLE(STR(?x), ?x, ?y)"),
    (.term(.literal(Literal("0x", datatype: XSD.integer))), "\"0x\"^^xsd:integer"),
    (.term(.literal(Literal("1.5e3", datatype: XSD.double))), "1.5e3"),
    (.term(.literal(Literal("1.5", datatype: XSD.double))), "\"1.5\"^^xsd:double"),
    (
      .term(.literal(Literal("a\u{7}\\", language: "ar", direction: .rightToLeft))),
      "\"a\\u0007\\\\\"@ar--rtl"
    ),
  ])
  func writesExpressions(_ expression: Expression, _ text: String) {
    let written = QueryWriter().text(of: Query(.ask, .filter(expression, .triples([]))))
    let filter = written.split(separator: "\n", omittingEmptySubsequences: false).dropLast().last
    #expect(filter == "  FILTER (\(text))")
  }

  static let x = Expression.variable(Variable("x"))
  static let y = Expression.variable(Variable("y"))
}
