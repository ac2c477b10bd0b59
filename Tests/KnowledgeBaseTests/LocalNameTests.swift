import Testing

@testable import KnowledgeBase

@Suite struct LocalNameTests {
  @Test(arguments: [
    ("http://example.org/ns#worksFor", "works for"), ("urn:kosh:Zoom_India", "Zoom India"),
    ("http://example.org/people/alice/", "alice"), ("http://example.org/a%20b", "a b"),
    ("http://www.wikidata.org/entity/Q42", "Q42"), ("urn:x:100%", "100%"),
    ("http://example.org/hasURL", "has URL"), ("http://example.org/PortTrust", "Port Trust"),
    ("http://example.org/#", "example.org"), ("x:--", "--"),
  ])
  func isTheLastPartInWords(_ iri: String, _ name: String) {
    #expect(localName(ofIRI: iri) == name)
  }
}
