import Engine
import RDF
import Testing

@Suite("The dictionary of terms")
struct DictionaryTests {
  static let terms: [Term] = [
    iri("a"), iri(""), .blankNode("a"), text("a"), text(""), number(7), number(-7),
    .literal(Literal("a", language: "en")),
    .literal(Literal("a", language: "en", direction: .leftToRight)),
    .literal(Literal("a", language: "en", direction: .rightToLeft)),
    .literal(Literal("007", datatype: XSD.integer)),
    .literal(Literal("x", datatype: XSD.integer)), .literal(Literal("a", datatype: "urn:d")),
    .literal(Literal("2020-04-12", datatype: XSD.date)),
    .literal(Literal(String(repeating: "long ", count: 5000))),
    .triple(Triple(iri("a"), iri("p"), .triple(Triple(iri("a"), iri("p"), text("a"))))),
  ]

  @Test("gives back what was interned, and one id a term")
  func roundTrip() throws {
    let dictionary = TermDictionary()
    let ids = try Self.terms.map { try dictionary.intern($0) }
    #expect(Set(ids).count == Self.terms.count)
    for (id, term) in zip(ids, Self.terms) {
      #expect(dictionary.term(id) == term)
      #expect(dictionary.lookup(term) == id)
      #expect(try dictionary.intern(term) == id)
    }
  }

  @Test("looking up changes nothing")
  func lookup() throws {
    let dictionary = TermDictionary()
    #expect(Self.terms.allSatisfy { dictionary.lookup($0) == nil })
    #expect(dictionary.count == 0)
  }

  @Test("bytes and terms give the same ids")
  func bytes() throws {
    let dictionary = TermDictionary()
    func span<R>(_ text: String, _ body: (Span<UInt8>) throws -> R) rethrows -> R {
      let bytes = Array(text.utf8)
      return try body(bytes.span)
    }
    #expect(try span("a") { try dictionary.intern(iri: $0) } == dictionary.lookup(iri("a")))
    #expect(
      try span("a") { try dictionary.intern(blankNode: $0) } == dictionary.lookup(.blankNode("a")))
    #expect(try span("") { try dictionary.intern(string: $0) } == dictionary.lookup(text("")))
    let typed = try span("7") { seven in
      try span(XSD.integer) { try dictionary.intern(literal: seven, datatype: $0) }
    }
    #expect(typed == dictionary.lookup(number(7)))
    let plain = try span("s") { text in
      try span(XSD.string) { try dictionary.intern(literal: text, datatype: $0) }
    }
    #expect(plain == dictionary.lookup(text("s")))
    let tagged = try span("s") { text in
      try span("en") { try dictionary.intern(string: text, language: $0) }
    }
    #expect(tagged == dictionary.lookup(.literal(Literal("s", language: "en"))))
  }

  @Test("language tags are compared without case and kept as first written")
  func languages() throws {
    let dictionary = TermDictionary()
    let first = try dictionary.intern(.literal(Literal("a", language: "en-GB")))
    #expect(try dictionary.intern(.literal(Literal("a", language: "EN-gb"))) == first)
    #expect(dictionary.language(first) == "en-GB")
  }

  @Test("a fresh blank node is no other")
  func fresh() throws {
    let dictionary = TermDictionary()
    let taken = try dictionary.intern(.blankNode("b1"))
    let fresh = [try dictionary.freshBlankNode(), try dictionary.freshBlankNode()]
    #expect(Set(fresh + [taken]).count == 3)
    #expect(fresh.allSatisfy { dictionary.kind($0) == .blankNode })
  }

  @Test("kinds, parts and values are told")
  func kinds() throws {
    let dictionary = TermDictionary()
    let kinds = try Self.terms.map { dictionary.kind(try dictionary.intern($0)) }
    #expect(
      kinds == [
        .iri, .iri, .blankNode, .plainLiteral, .plainLiteral, .typedLiteral, .typedLiteral,
        .languageLiteral, .languageLiteral, .languageLiteral, .typedLiteral, .typedLiteral,
        .typedLiteral, .typedLiteral, .plainLiteral, .triple,
      ])
    #expect(dictionary.value(try dictionary.intern(number(7))) == .integer(7))
    #expect(dictionary.value(try dictionary.intern(Self.terms[11])) == nil)
    let triple = try dictionary.intern(Self.terms[15])
    #expect(dictionary.components(ofTriple: triple)?.subject == dictionary.lookup(iri("a")))
  }

  @Test("readers may look up while the one writer interns")
  func concurrency() async throws {
    let dictionary = TermDictionary()
    let known = try (0..<100).map { try dictionary.intern(iri("known \($0)")) }
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        // So many that the table has parts, and that these grow.
        for number in 0..<200_000 {
          guard (try? dictionary.intern(iri("new \(number)"))) != nil else { return false }
        }
        return true
      }
      for _ in 0..<2 {
        group.addTask {
          for round in 0..<60_000 {
            let number = round % 100
            guard dictionary.lookup(iri("known \(number)")) == known[number],
              dictionary.term(known[number]) == iri("known \(number)")
            else { return false }
          }
          return true
        }
      }
      for await isRight in group { #expect(isRight) }
    }
    #expect(dictionary.count == 200_100)
    let ids = (0..<200_000).compactMap { dictionary.lookup(iri("new \($0)"))?.rawValue }
    #expect(ids.elementsEqual(101...200_100))
  }
}
