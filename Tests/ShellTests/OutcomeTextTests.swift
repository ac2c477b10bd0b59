import Diagnostics
import Engine
import KnowledgeBase
import RDF
import Testing

@testable import Shell

@Suite struct OutcomeTextTests {
  private func draw(_ outcome: Outcome, _ style: Style = Style(width: 60), limit: Int? = nil)
    -> String
  {
    OutcomeText(
      style: style, rowLimit: limit, cancellation: CancellationFlag(), prefixes: .standard(),
      isForTerminal: true, showsSources: true, showsTime: true
    ).draw(outcome)
  }

  private func fact(
    _ subject: String, _ relation: String, _ object: String,
    _ qualifiers: [(String, String, String)] = [], line: Int? = nil
  ) -> StatedFact {
    func iri(_ name: String) -> Term { .iri("urn:kosh:" + name) }
    let group = qualifiers.map { relation, value, iri in
      StatedQualifier(
        relation: relation, value: value, relationIRI: iri, term: .literal(Literal(value)))
    }
    return StatedFact(
      triple: Triple(iri(subject), iri(relation), iri(object)), subject: subject,
      relation: relation, object: object, qualifierGroups: group.isEmpty ? [] : [group],
      origin: line.map { Origin(file: "a.kosh", line: $0) })
  }

  private var sourced: StatedFact {
    fact(
      "MHA", "warned against", "Zoom",
      [
        ("source", "article", Vocabulary.source), ("paragraph", "3", "urn:kosh:paragraph"),
        ("on", "2020-04-12", Vocabulary.date), ("inferred", "the year", "urn:kosh:inferred"),
      ], line: 7)
  }

  @Test func aVerdictShowsFactsAndClaims() {
    let claim = fact("MHA", "says", "(Zoom is unsafe)")
    #expect(
      draw(.verdict(Verdict(.notKnown, support: [], claims: [claim])))
        == "not known\nbut it is claimed:\n  MHA says (Zoom is unsafe)\n")
    #expect(
      draw(.verdict(Verdict(.yes, support: [sourced], claims: [])), Style())
        == "yes\n  MHA warned against Zoom  on 2020-04-12 · article, paragraph 3 · inferred the year\n"
    )
  }

  @Test func aLongExplanationShowsItsFirstFacts() {
    let facts = (1...4).map {
      Explanation(conclusion: fact("n\($0)", "next", "n\($0 + 1)"), isAsserted: true)
    }
    let explanation = Explanation(
      conclusion: fact("n1", "next", "n5"), isAsserted: false, reason: nil, premises: facts)
    #expect(
      draw(.why([explanation]), Style(), limit: 2) == """
        n1 next n5
        ├─ n1 next n2
        ├─ n2 next n3
        └─ and 2 more · .last for all

        """)
    #expect(draw(.why([explanation]), Style(), limit: 4).hasSuffix("└─ n4 next n5\n"))
  }

  @Test func ofManyUnexpectedAnswersTheFirstAreShown() {
    let expectation = Expectation(
      passed: false, sentence: "who heads Zoom", reading: "", missing: ["Anu"],
      unexpected: ["Bina", "Chandra", "Dev"], range: SourceRange(0, 0))
    #expect(
      draw(.expectation(expectation), Style(), limit: 2) == """
        failed  who heads Zoom
          missing     Anu
          unexpected  Bina
          unexpected  Chandra
          and 1 more

        """)
    #expect(draw(.expectation(expectation), Style()).hasSuffix("  unexpected  Dev\n"))
  }

  @Test func ofWhatManySourcesSayTheFirstIsShown() {
    var often = sourced
    often.qualifierGroups = Array(repeating: often.qualifierGroups[0], count: 5)
    let remark = "on 2020-04-12 · article, paragraph 3 · inferred the year"
    #expect(
      draw(.why([Explanation(conclusion: often, isAsserted: true)]), Style(), limit: 2) == """
        MHA warned against Zoom  a.kosh:7
          \(remark)
          \(remark)
          and 3 more · .last for all

        """)
    often.qualifierGroups = Array(repeating: often.qualifierGroups[0], count: 100)
    #expect(FactText(often).remark(Style(width: 30)).hasPrefix("\(remark); \(remark); "))
    #expect(FactText(often).remarks(Style()).count == 100)
    #expect(FactText(often).remarks(Style(), limit: 30).count == 30)
  }

  @Test func aPortraitGroupsByRelation() {
    let portrait = Portrait(
      name: "MHA", otherNames: ["Home Affairs"], iri: "urn:kosh:MHA", classes: ["Ministry"],
      groups: [
        Portrait.Group(
          relation: "warned against", isOutgoing: true, facts: [sourced], factCount: 3),
        Portrait.Group(
          relation: "part of", isOutgoing: false, facts: [fact("Centre", "part of", "MHA")],
          factCount: 1),
      ], claims: [fact("MHA", "says", "(Zoom is unsafe)")])
    #expect(
      draw(.about(portrait), Style(width: 80)) == """
        MHA  Ministry  also known as Home Affairs
        urn:kosh:MHA
        warned against →
          Zoom  on 2020-04-12 · article, paragraph 3 · inferred the year
          and 2 more
        part of ←
          Centre
        claims
          MHA says (Zoom is unsafe)

        """)
  }

  @Test func anExplanationIsATreeWithPlaces() {
    let explanation = Explanation(
      conclusion: fact("a", "part of", "c"), isAsserted: false, reason: "part of is transitive",
      premises: [
        Explanation(conclusion: sourced, isAsserted: true),
        Explanation(conclusion: fact("b", "part of", "c", line: 9), isAsserted: true),
      ])
    #expect(
      draw(.why([explanation])) == """
        a part of c  because part of is transitive
        ├─ MHA warned against Zoom  a.kosh:7
        │    on 2020-04-12 · article, paragraph 3 · inferred the
        │    year
        └─ b part of c  a.kosh:9

        """)
    #expect(draw(.why([])) == "not known\n")
  }

  @Test func aMapIsATreeAlsoInASCII() {
    let map = MapNode(
      name: "Zoom",
      children: [
        MapNode(
          name: "India", relation: "in",
          children: [MapNode(name: "Zoom", relation: "of", isRepeated: true)]),
        MapNode(name: "MHA", relation: "warned", isOutgoing: false),
      ], omittedCount: 4)
    #expect(
      draw(.map(map)) == """
        Zoom
        ├─ in → India
        │  └─ of → Zoom ↑
        ├─ warned ← MHA
        └─ and 4 more

        """)
    #expect(
      draw(.map(map), Style(isUnicode: false)) == """
        Zoom
        |- in -> India
        |  `- of -> Zoom (above)
        |- warned <- MHA
        `- and 4 more

        """)
  }

  @Test func chainsBreakBeforeALink() {
    let chain = Chain(steps: [
      Chain.Step(fact: fact("Sameer Raje", "heads", "Zoom India"), isForward: true),
      Chain.Step(fact: fact("Zoom India", "part of", "Zoom"), isForward: true),
      Chain.Step(fact: sourced, isForward: false),
    ])
    #expect(
      draw(.chains([chain], from: "a", to: "b"), Style())
        == "Sameer Raje —heads→ Zoom India —part of→ Zoom ←warned against— MHA\n")
    #expect(
      draw(.chains([chain, chain], from: "a", to: "b"), Style(width: 50), limit: 1) == """
        1  Sameer Raje —heads→ Zoom India —part of→ Zoom
             ←warned against— MHA
        and 1 more · .last for all

        """)
    #expect(draw(.chains([], from: "a", to: "b")) == "no chain of facts from a to b\n")
  }

  @Test func aTimelineAlignsDates() {
    let facts = [
      DatedFact(date: "2019", sense: "from", fact: fact("a", "heads", "b")),
      DatedFact(date: "2020-04-12", sense: "on", fact: sourced),
    ]
    #expect(
      draw(.timeline(facts), Style(width: 80)) == """
        2019        from  a heads b
        2020-04-12        MHA warned against Zoom  article, paragraph 3

        """)
  }

  @Test func changesSayWhatIsNew() {
    let one = Change(.added, facts: [sourced], factCount: 1, newNames: [("MHA", "entity")])
    #expect(
      draw(.change(one), Style()) == """
        added  MHA warned against Zoom  on 2020-04-12 · article, paragraph 3 · inferred the year
        new entity  MHA

        """)
    let many = Change(.forgotten, facts: [fact("a", "is", "b")], factCount: 1200)
    #expect(draw(.change(many)) == "forgotten  1,200 facts\n  a is b\n  and 1,199 more\n")
  }

  @Test func anExpectationShowsTheDifference() {
    let expectation = Expectation(
      passed: false, sentence: "who heads b", reading: "?who · heads · b", missing: ["x"],
      unexpected: ["y\n"], range: SourceRange(0, 1))
    #expect(
      draw(.expectation(expectation)) == """
        failed  who heads b
          read as     ?who · heads · b
          missing     x
          unexpected  y\\n

        """)
  }

  @Test func longListsAreCutOnATerminal() {
    let list = VocabularyList(
      title: "kind", unit: "members",
      entries: (1...5).map { VocabularyList.Entry(name: "K\($0)", count: $0, example: "x") })
    #expect(
      draw(.vocabulary(list), limit: 1) == """
        kind  members  example
        ────  ───────  ───────
        K1          1  x
        and 4 more · .last for all

        """)
  }

  @Test func noteSaysNothingTwice() {
    let style = Style()
    #expect(
      FactText.sourceNote([sourced], beside: ["MHA"], style)
        == "on 2020-04-12 · article, paragraph 3")
    #expect(
      FactText.sourceNote([sourced], beside: ["2020-04-12"], style) == "article, paragraph 3")
    #expect(FactText.sourceNote([sourced], beside: ["article"], style) == "on 2020-04-12")
    let other = fact("a", "is", "b", [("source", "blog", Vocabulary.source)])
    #expect(
      FactText.sourceNote([sourced, other, other], beside: [], style)
        == "on 2020-04-12 · article, paragraph 3 +1")
  }

  @Test func aPlanHasItsReadingAndItsOperators() {
    let plan = PlanReport(
      reading: [(role: "gap", text: "?who")], sparql: "SELECT *\nWHERE {}",
      operators: [
        PlanReport.Operator(
          name: "scan", detail: "?who heads b", estimatedRowCount: 1234.4, rowCount: 2,
          milliseconds: 0.3, depth: 1)
      ])
    #expect(
      draw(.plan(plan)) == """
        reading
          gap  ?who
        SPARQL
          SELECT *
          WHERE {}
        plan                  estimated  rows    time
        ──────  ────────────  ─────────  ────  ──────
          scan  ?who heads b      1,234     2  0.3 ms

        """)
  }
}
