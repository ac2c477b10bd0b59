import RDF

/// Small graphs of everything RDF has, with names that are hard to write. The same seed gives the same graph.
struct RandomGraph {
  private var state: UInt64
  private let hasGraphs: Bool

  init(seed: UInt64, hasGraphs: Bool = false) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    self.hasGraphs = hasGraphs
  }

  mutating func quads(_ count: Int) -> [Quad] {
    var quads: [Quad] = []
    for _ in 0..<count {
      let fact = triple(depth: 2)
      quads.append(Quad(fact, graph: graph))
      if chance(3) { quads += annotations(of: fact) }
      if chance(4), let label = Self.labels.randomElement(using: &self) {
        quads.append(
          Quad(
            Triple(
              fact.subject.isNode ? fact.subject : iri, .iri(Vocabulary.label), .literal(label)),
            graph: graph))
      }
    }
    quads += names
    return quads
  }

  /// IRIs of the base with the labels that make them, as sentences leave them.
  private var names: [Quad] {
    Self.ownNames.map { name in
      Quad(
        Triple(
          .iri("urn:kosh:" + name.split(separator: " ").joined(separator: "_")),
          .iri(Vocabulary.label), .literal(Literal(name))))
    }
  }

  private mutating func annotations(of fact: Triple) -> [Quad] {
    let reifier = chance(4) ? iri : blankNode
    var quads = [Quad(Triple(reifier, .iri(Vocabulary.reifies), .triple(fact)), graph: graph)]
    for _ in 0..<Int.random(in: 0..<3, using: &self) {
      quads.append(Quad(Triple(reifier, predicate, object(depth: 1)), graph: graph))
    }
    return quads
  }

  private var graph: Term? {
    mutating get { hasGraphs && chance(2) ? (chance(3) ? blankNode : .iri("http://e/g")) : nil }
  }

  private mutating func triple(depth: Int) -> Triple {
    Triple(chance(4) ? blankNode : iri, predicate, object(depth: depth))
  }

  private mutating func object(depth: Int) -> Term {
    switch Int.random(in: 0..<8, using: &self) {
    case 0 where depth > 0: .triple(triple(depth: depth - 1))
    case 1: blankNode
    case 2, 3, 4: .literal((Self.labels + Self.literals).randomElement(using: &self) ?? Literal(""))
    default: iri
    }
  }

  private var blankNode: Term {
    mutating get { .blankNode("b\(Int.random(in: 0..<6, using: &self))") }
  }

  private var iri: Term {
    mutating get { .iri(Self.iris.randomElement(using: &self) ?? "") }
  }

  private var predicate: Term {
    mutating get { .iri(Self.predicates.randomElement(using: &self) ?? "") }
  }

  private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }

  private static let ownNames = ["Zoom", "zoom", "heads", "is", "Zoom India", "part of", "who"]
  private static let iris =
    [
      "urn:kosh:Zoom", "urn:kosh:zoom", "urn:kosh:Zoom_India", "urn:kosh:who", "urn:kosh:heads",
      "http://e/Zoom", "http://e/a%20b", "http://e/#", "http://e/é", "http://e/x'y",
      "http://e/a.b.",
      "http://e/12", "urn:kosh:on", "http://e/?a=b&c", "tag:x,2020:y", "http://e/heads", "x:",
    ] + [
      Vocabulary.type, Vocabulary.transitiveProperty, Vocabulary.symmetricProperty,
      Vocabulary.label, XSD.integer, Vocabulary.rdf + "nil",
    ]
  private static let predicates =
    [
      "urn:kosh:heads", "urn:kosh:part_of", "urn:kosh:is", "http://e/heads", "http://e/p",
      "http://e/q",
      "urn:kosh:on", Vocabulary.rdf + "first", Vocabulary.rdf + "rest", Vocabulary.schemaName,
    ] + [
      Vocabulary.type, Vocabulary.label, Vocabulary.reifies, Vocabulary.subClassOf,
      Vocabulary.subPropertyOf, Vocabulary.inverseOf, Vocabulary.altLabel, Vocabulary.date,
      Vocabulary.validFrom, Vocabulary.validThrough, Vocabulary.source, Vocabulary.source,
      Vocabulary.exact, Vocabulary.sameAs,
    ]
  private static let labels = [
    Literal("Zoom"), Literal("zoom"), Literal("heads"), Literal("part of"), Literal("on"),
    Literal("is a"), Literal("ज़ूम", language: "hi"), Literal("Zoom", language: "en"), Literal(""),
    Literal("two\nlines"), Literal("  spaced  out"), Literal("it's"), Literal("'"), Literal("who"),
    Literal("12 weeks"), Literal("2020-04-12"), Literal("true"), Literal("A. B."), Literal("x (y)"),
    Literal("e\u{301}"), Literal("\u{E9}"), Literal("\u{FEFF}x"), Literal("a\u{85}b"),
  ]
  private static let literals = [
    Literal("1", datatype: XSD.integer), Literal("01", datatype: XSD.integer),
    Literal("1.50", datatype: XSD.decimal), Literal("1e3", datatype: XSD.double),
    Literal("1E3", datatype: XSD.double), Literal("NaN", datatype: XSD.double),
    Literal("2020", datatype: XSD.gYear), Literal("2020-04", datatype: XSD.gYearMonth),
    Literal("2020-04-12", datatype: XSD.date), Literal("2020-02-31", datatype: XSD.date),
    Literal("2020-04-12T10:00:00Z", datatype: XSD.dateTime),
    Literal("P3D", datatype: XSD.dayTimeDuration),
    Literal("true", datatype: XSD.boolean), Literal("1", datatype: XSD.boolean),
    Literal("x", datatype: "http://e/datatype"), Literal("x", datatype: "urn:kosh:Zoom"),
    Literal("q\"\\\t\r\u{1}\u{7F}\u{FFFE}\u{0}"),
    Literal("x", language: "ar", direction: .rightToLeft),
    Literal("x", language: "en-GB", direction: .leftToRight),
  ]
}

extension RandomGraph: RandomNumberGenerator {
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var value = state
    value ^= value >> 33
    value = value &* 0xFF51_AFD7_ED55_8CCD
    return value ^ value >> 29
  }
}

extension Term {
  fileprivate var isNode: Bool {
    switch self {
    case .iri, .blankNode: true
    case .literal, .triple: false
    }
  }
}
