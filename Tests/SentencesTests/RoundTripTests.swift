import Diagnostics
import RDF
import Testing

@testable import Sentences

/// What the writer writes, the parser reads back as the same triples.
struct RoundTripTests {
  /// A small generator with a fixed seed: the same facts in every run.
  struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var value = state
      value ^= value >> 33
      value = value &* 0xFF51_AFD7_ED55_8CCD
      return value ^ value >> 29
    }
  }

  static let entities = [
    "Zoom", "Zoom India", "CERT-In", "Class 12", "waiting room", "Ministry of Home Affairs",
    "O'Brien's", "it''s", "R&D", "v2.1", "Dr. No", "ज़ूम", "Ünal", "a", "The Board", "true",
    "5G", "42", "who", "Zoom (app)", "x/y", "über", "ABC", "Bank and Trust", "é́",
    "12 weeks", "300 million", "on", "is a", "#1", "a:b", "'", "İstanbul", "ΑΣ", "naïve café",
  ]
  static let relations = [
    "heads", "part of", "warned against", "is", "on", "Has Part", "'s", "kennt", "works-for",
    "in touch with", "über", "is part of", "and", "to", "before", "never", "मदद",
  ]
  static let literals = [
    Literal("10", datatype: XSD.integer), Literal("-3.50", datatype: XSD.decimal),
    Literal("1.5e9", datatype: XSD.double), Literal("1E9", datatype: XSD.double),
    Literal("+1", datatype: XSD.integer), Literal("x", datatype: XSD.integer),
    Literal("2020-04-12", datatype: XSD.date), Literal("2020-04-12Z", datatype: XSD.date),
    Literal("2020-04", datatype: XSD.gYearMonth), Literal("2020", datatype: XSD.gYear),
    Literal("2020-04-12T10:30:00Z", datatype: XSD.dateTime),
    Literal("true", datatype: XSD.boolean), Literal("P84D", datatype: XSD.dayTimeDuration),
    Literal("a \"b\" \\ \n\r\t\u{1} '"), Literal(""), Literal("नमस्ते", language: "hi"),
    Literal("x", language: "ar", direction: .rightToLeft), Literal("\"\"\""), Literal("a."),
    Literal("{on 2020}"), Literal("-0", datatype: XSD.integer),
    Literal(".5", datatype: XSD.decimal), Literal("2020", datatype: XSD.integer),
  ]
  static let base = "urn:kosh:"
  static func iri(_ name: String) -> String { SentenceWriter.iri(forName: name, base: base) }

  static func entity(_ random: inout Random) -> Term {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: .iri("https://example.org/\(Int.random(in: 0..<5, using: &random))#x")
    case 1: .blankNode("b\(Int.random(in: 0..<5, using: &random))")
    default: .iri(iri(entities.randomElement(using: &random) ?? ""))
    }
  }

  static func relation(_ random: inout Random) -> String {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: "https://example.org/r"
    case 1:
      [Vocabulary.date, Vocabulary.source, Vocabulary.exact].randomElement(using: &random) ?? ""
    default: iri(relations.randomElement(using: &random) ?? "")
    }
  }

  static func term(_ random: inout Random, depth: Int) -> Term {
    switch Int.random(in: 0..<6, using: &random) {
    case 0 where depth > 0: .triple(triple(&random, depth: depth - 1))
    case 1, 2: .literal(literals.randomElement(using: &random) ?? Literal(""))
    default: entity(&random)
    }
  }

  static func triple(_ random: inout Random, depth: Int) -> Triple {
    let isSpeech = depth > 0 && Int.random(in: 0..<8, using: &random) == 0
    let subject = isSpeech ? Term.triple(triple(&random, depth: depth - 1)) : entity(&random)
    return Triple(subject, .iri(relation(&random)), term(&random, depth: depth))
  }

  /// The facts of a text as triples, each with its qualifiers.
  static func read(_ text: String, _ lexicon: TestLexicon) -> [(Triple, [[Triple]])]? {
    var parser = SentenceParser(source: SourceText(name: "test", text), mode: .script)
    guard let sentence = parser.next(lexicon),
      case .statement(.facts(let facts)) = sentence.result, parser.next(lexicon) == nil
    else { return nil }
    return facts.map { fact in
      let triple = Triple(
        term(fact.subject, lexicon), term(fact.relation, lexicon), term(fact.object, lexicon))
      let groups = fact.qualifierGroups.map { group in
        group.map { Triple(.blankNode("r"), term($0.relation, lexicon), term($0.object, lexicon)) }
      }
      return (triple, groups)
    }
  }

  static func term(_ reference: Reference, _ lexicon: TestLexicon) -> Term {
    switch reference {
    case .known(let id): lexicon.term(id)
    case .new(let name, _): .iri(iri(name))
    case .standard(let standard): .iri(standard.iri)
    case .term(let term): term
    case .claim(let s, let p, let o):
      .triple(Triple(term(s, lexicon), term(p, lexicon), term(o, lexicon)))
    }
  }

  static func label(_ iri: String) -> String? {
    (entities + relations).first { Self.iri($0) == iri }
  }

  @Test func `a quoted name keeps to one line`() {
    #expect(SentenceWriter.name("tab\tand\nline", as: .entity) == "'tab and line'")
  }

  @Test func `names are quoted only where they need to be`() {
    let names = [
      "Zoom India", "CERT-In", "waiting room", "Bank and Trust", "Class 12", "12", "it's",
    ]
    #expect(
      names.map { SentenceWriter.name($0, as: .entity) } == [
        "Zoom India", "CERT-In", "waiting room", "'Bank and Trust'", "Class 12", "'12'", "it's",
      ])
  }

  @Test(arguments: [false, true])
  func `a written fact is read as the same triple`(namesAreKnown: Bool) {
    let known = TestLexicon(
      entities: Self.entities, relations: Self.relations)
    let lexicon = namesAreKnown ? known : TestLexicon()
    var random = Random(state: 7)
    for _ in 0..<4000 {
      let triple = Self.triple(&random, depth: 3)
      let group = (0..<Int.random(in: 0..<3, using: &random)).map { _ in
        (relation: Self.relation(&random), value: Self.term(&random, depth: 1))
      }
      let groups = group.isEmpty ? [] : [group]
      let text = SentenceWriter.fact(triple, qualifierGroups: groups, label: Self.label)
      let result = Self.read(text, lexicon)
      let expected = groups.map { group in
        group.map { Triple(.blankNode("r"), .iri($0.relation), $0.value) }
      }
      #expect(result?.count == 1, "\(text)")
      #expect(result?.first?.0 == triple, "\(text)")
      #expect(result?.first?.1 == expected, "\(text)")
    }
  }
}
