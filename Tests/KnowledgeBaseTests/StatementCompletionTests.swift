import Diagnostics
import Sentences
import Testing

@testable import KnowledgeBase

@Suite struct StatementCompletionTests {
  private let base = KnowledgeBase(
    knowing: """
      Sameer Raje heads Zoom India. Zoom India is a Company; part of Zoom. Zoom is a Company.
      Zebra is an Animal; eats Grass. Zoom has users 300. Asha heads Tidewell {on 2019}.

      """)

  private func texts(_ text: String) -> [String] {
    base.complete(text, at: text.utf8.count).items.map(\.text)
  }

  @Test(arguments: [
    ("SELECT ?x { ?x a ", [":Company", ":Animal", "?x"]),
    ("SELECT ?x { ?x a :Animal . ?x a ", [":Animal", "?x"]),
    ("SELECT ?x { ?x :heads ", [":Tidewell", ":Zoom_India", "?x"]),
    ("SELECT ?x { ?x :heads :z", [":Zoom_India"]),
    ("SELECT ?x { :Zebra :e", [":eats"]), ("SELECT ?x { ?x :has_users ", ["300", "?x"]),
    ("SELECT ?x { :Ze", [":Zebra"]),
    ("SELECT ?x { ?x :heads/:p", [":part_of"]),
    ("SELECT ?x { ?x a :Animal ; :", [":eats"]),
    ("ASK { :Asha :heads :Tidewell {| dct", ["dcterms:date"]),
  ])
  func `names stand where the facts have them`(typed: String, expected: [String]) {
    #expect(texts(typed) == expected)
  }

  @Test(arguments: [
    ("SELECT ?x ", ["FROM", "WHERE"]), ("SELECT ?x WHERE ", ["{"]), ("SEL", ["SELECT"]),
    ("SELECT ?x { ?x ?y ?z } O", ["OFFSET", "ORDER"]), ("SELECT ?x { ?x ?y ?z } ORDER ", ["BY"]),
    ("SELECT ?x { ?x ?y ?z FILTER(?", ["?x", "?y", "?z"]),
    ("ASK { ?x a :Company OPT", ["OPTIONAL"]), ("ASK { ?x :has_users t", ["true"]),
    ("PREFIX fo", ["foaf: <http://xmlns.com/foaf/0.1/>"]), ("INSERT D", ["DATA"]),
  ])
  func `words stand where the grammar has them`(typed: String, expected: [String]) {
    #expect(texts(typed) == expected)
  }

  @Test func `of several prefixes a name has that of the longest namespace, or the one typed`() {
    let prefixes = ["d", "a", "c", "b"].map { "PREFIX \($0): <urn:kosh:> " }.joined()
    let statement = "SELECT * { ?x "
    #expect(texts(prefixes + statement + "c:h") == ["c:heads", "c:has_users"])
    #expect(texts(prefixes + statement + "b:h") == ["b:heads", "b:has_users"])
    let long = texts("PREFIX e: <urn:kosh:has_> " + prefixes + statement)
    #expect(long.contains("e:users") && long.contains(":heads") && !long.contains(":has_users"))
  }

  @Test func `a broken statement still gets names and words`() {
    #expect(texts("SELECT ?x { ?x :heads ?y ) ?x :hea") == [":heads"])
  }

  @Test(arguments: [
    ("SELECT * { ?x :heads :Nobody . }", [":Nobody"]), ("ASK { ?x ex:p ?y }", ["ex:p"]),
    ("PREFIX ex: <http://e.org/> ASK { ?x ex:p ?y }", ["ex:p"]),
    ("CONSTRUCT { ?x :new ?y } WHERE { ?x :old ?y }", [":old"]),
    ("ASK { ?x :has_users \"1\"^^<http://e.org/t> } ", []),
    ("INSERT DATA { :New :is :Newer } ", []), ("ASK { ?x :heads :Nobod", []),
  ])
  func `names that nothing bears are marked`(text: String, expected: [String]) {
    let source = SourceText(name: "", text)
    let marks = base.marks(of: text, cursor: text.utf8.count)
    #expect(marks.filter { $0.kind == .unknown }.map { source.text($0.range) } == expected)
  }

  @Test(arguments: [
    "PREFIX e: <http://e.org/> SELECT DISTINCT ?x (COUNT(*) AS ?n) FROM <http://e.org/g> "
      + "WHERE { ?x a :Company ; :heads/^:part_of* ?y, \"a\\\"b\"@en-GB, 1.5e9 . "
      + "OPTIONAL { << ?x :p ?y ~ ?r >> :q '''l''' } FILTER NOT EXISTS "
      + "{ [] ?p (1 _:b) {| :on ?d |} } BIND(IF(?n > 3, \"<\", 'ü') AS ?k) "
      + "VALUES (?a ?b) { (UNDEF <http://x>) } } "
      + "GROUP BY ?x HAVING (MAX(?n) != 2) ORDER BY DESC(?n) LIMIT 5",
    "DELETE { ?x :heads ?y } INSERT { GRAPH :g { ?x :headed ?y } } USING :g "
      + "WHERE { ?x :heads ?y } ; CLEAR ALL",
  ])
  func `every beginning of a statement can be completed and marked`(text: String) {
    for end in stride(from: 0, through: text.utf8.count, by: 3) {
      guard let beginning = String(text.utf8.prefix(end)) else { continue }
      let found = base.complete(beginning, at: end)
      #expect(found.range.upperBound == end, "\(beginning)")
      for mark in base.marks(of: beginning, cursor: end) {
        #expect(mark.range.upperBound <= end, "\(beginning)")
      }
    }
  }

  @Test func `in a large graph, too, only what has a match is offered`() throws {
    let base = try largeGraph()
    for (typed, expected) in [
      ("SELECT ?x { ?x a :Robot . ?x :", [":knows", ":paints"]),
      ("SELECT ?x { ?x a :Robot . ?x :knows ", [":r0", ":r1"]),
      ("SELECT ?x { ?x a :Robot . ?x :knows :p", []),
      ("SELECT ?x { ?x a :Person . ?x :", [":knows"]),
      ("SELECT ?x { ?x :paints ?y . ?x a ", [":Robot"]),
      ("SELECT ?x { ?x a :Person . ?x :knows :p9999", [":p9999", ":p99990", ":p99991"]),
      ("what is a Robot and knows ", ["r0", "r1"]), ("what is a Robot and paints p9", []),
      ("?x paints ?y and ?x is a ", ["robot"]),
    ] {
      let found = base.complete(typed, at: typed.utf8.count).items.filter {
        $0.kind != .keyword
      }
      #expect(found.prefix(3).map(\.text) == expected, "\(typed)")
    }
  }

  /// More people than can be looked through, each of whom knows the next, and three robots.
  private func largeGraph() throws -> KnowledgeBase {
    let type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    var text = ""
    for number in 0..<100_000 {
      text += """
        <urn:kosh:p\(number)> \(type) <urn:kosh:Person> .
        <urn:kosh:p\(number)> <urn:kosh:knows> <urn:kosh:p\((number + 1) % 100_000)> .

        """
    }
    for number in 0..<3 {
      text += "<urn:kosh:r\(number)> \(type) <urn:kosh:Robot> .\n"
      if number > 0 {
        text += "<urn:kosh:r\(number)> <urn:kosh:knows> <urn:kosh:r\(number - 1)> .\n"
      }
    }
    text += "<urn:kosh:r0> <urn:kosh:paints> <urn:kosh:p0> .\n"
    let knowledge = try Files(["large.nt": text]).load("large.nt")
    knowledge.completionSeconds = 60
    return knowledge
  }

  @Test func `what says something of facts is offered in braces only`() {
    #expect(!texts("who ").contains("on"))
    #expect(texts("who heads Tidewell {").contains("on"))
  }
}
