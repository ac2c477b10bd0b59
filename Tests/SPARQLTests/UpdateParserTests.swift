import Algebra
import Diagnostics
import RDF
import SPARQL
import Testing

private func iri(_ name: String) -> Term { .iri("u:" + name) }
private func name(_ name: String) -> TermPattern { .term(iri(name)) }
private func variable(_ name: String) -> TermPattern { .variable(Variable(name)) }

/// What updates mean.
@Suite struct UpdateParserTests {
  private func check(_ text: String, _ expected: [UpdateOperation]) throws {
    var parser = SPARQLParser(source: SourceText(name: "test", text), prefixes: ["": "u:"])
    #expect(try parser.update() == expected)
  }

  @Test func operationsOnGraphs() throws {
    try check(
      """
      LOAD SILENT :f INTO GRAPH :g ; LOAD :f ; CLEAR DEFAULT ; CLEAR SILENT NAMED ; DROP ALL ;
      DROP GRAPH :g ; CREATE SILENT GRAPH :g ; ADD :g TO DEFAULT ; MOVE SILENT DEFAULT TO GRAPH :g ;
      COPY GRAPH :g TO :h ;
      """,
      [
        .load(source: "u:f", into: iri("g"), silent: true),
        .load(source: "u:f", into: nil, silent: false), .clear(.defaultGraph, silent: false),
        .clear(.allNamed, silent: true), .drop(.all, silent: false),
        .drop(.named(iri("g")), silent: false), .create(iri("g"), silent: true),
        .add(from: iri("g"), to: nil, silent: false), .move(from: nil, to: iri("g"), silent: true),
        .copy(from: iri("g"), to: iri("h"), silent: false),
      ])
  }

  @Test func dataMayNameGraphs() throws {
    try check(
      "INSERT DATA { _:b :p 1, [] GRAPH :g { :s :p _:b } . :t :p _:b } ; DELETE DATA { :s a :c }",
      [
        .insertData([
          Quad(
            Triple(
              .blankNode("b"), iri("p"), .literal(Literal("1", datatype: XSD.integer)))),
          Quad(Triple(.blankNode("b"), iri("p"), .blankNode("g1"))),
          Quad(Triple(iri("s"), iri("p"), .blankNode("b")), graph: iri("g")),
          Quad(Triple(iri("t"), iri("p"), .blankNode("b"))),
        ]),
        .deleteData([Quad(Triple(iri("s"), .iri(Vocabulary.type), iri("c")))]),
      ])
  }

  @Test func modificationsHaveTemplatesAndAPattern() throws {
    let old = TriplePattern(variable("s"), name("p"), variable("o"))
    try check(
      """
      WITH :w DELETE { ?s :p ?o } INSERT { GRAPH ?g { ?s :q _:n } }
      USING :u USING NAMED :n WHERE { ?s :p ?o . _:n :in ?g }
      """,
      [
        .modify(
          Modification(
            with: iri("w"), delete: [QuadPattern(old)],
            insert: [
              QuadPattern(
                TriplePattern(variable("s"), name("q"), .term(.blankNode("n"))),
                graph: variable("g"))
            ],
            using: DatasetClause(defaultGraphs: [iri("u")], namedGraphs: [iri("n")]),
            pattern: .triples([old, TriplePattern(variable(".n"), name("in"), variable("g"))])))
      ])
  }

  @Test func deleteWhereHasItsTemplateAsPattern() throws {
    let plain = TriplePattern(variable("s"), name("p"), variable("o"))
    let quads = [
      QuadPattern(plain), QuadPattern(plain, graph: name("g")),
      QuadPattern(plain, graph: name("g")),
    ]
    try check(
      "DELETE WHERE { ?s :p ?o GRAPH :g { ?s :p ?o . ?s :p ?o } }",
      [
        .modify(
          Modification(
            delete: quads, insert: [],
            pattern: .join(
              .triples([plain]), .graph(name("g"), .triples([plain, plain])))))
      ])
  }

  @Test func prologuesStandBetweenOperations() throws {
    var parser = SPARQLParser(
      source: SourceText(
        name: "test",
        "PREFIX a: <u:> CREATE GRAPH a:g ; BASE <v:/x/> PREFIX a: <w:> DROP GRAPH a:g ; CLEAR GRAPH <y>"
      ))
    let expected: Request = .update([
      .create(iri("g"), silent: false), .drop(.named(.iri("w:g")), silent: false),
      .clear(.named(.iri("v:/x/y")), silent: false),
    ])
    #expect(try parser.request() == expected)
  }

  @Test(arguments: ["", "# nothing", "PREFIX : <u:>"])
  func aPrologueIsAnEmptyUpdate(_ text: String) throws { try check(text, []) }
}
