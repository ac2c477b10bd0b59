import Diagnostics
import RDF
import Testing

@testable import Sentences

/// The fast way through bulk facts gives what the general way gives, or leaves the sentence to it.
struct PlainFactTests {
  @Test func `a plain fact is read as the general reading reads it`() throws {
    var random = RoundTripTests.Random(state: 11)
    let pieces = [
      "Zoom", "India", "heads", "part", "of", "12", "Person", "77", "knows", "true", "million",
      "is",
      "on", "Zoom India", "Has", "kind", "weeks", "Person 12", "Person 77", "part of", "knows of",
    ]
    let lexicon = TestLexicon(
      entities: [
        "Zoom", "Zoom India", "Person 12", "Person 77", "India", "of", "12", "true", "Person",
      ],
      classes: ["Part"], relations: ["heads", "part of", "knows", "part", "knows of", "on", "Has"])
    var plainCount = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 3...5, using: &random)
      let text =
        (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined(separator: " ") + "."
      var parser = SentenceParser(source: SourceText(name: "test", text), mode: .script)
      guard parser.lexer.readSentence(into: &parser.buffer),
        let plain = PlainFact(parser.buffer, lexicon)
      else { continue }
      plainCount += 1
      guard case .facts(let facts) = try parser.statement(lexicon) else {
        Issue.record("no facts: \(text)")
        continue
      }
      #expect(facts.map(\.subject) == [.known(plain.subject)], "\(text)")
      #expect(facts.map(\.relation) == [.known(plain.relation)], "\(text)")
      #expect(facts.map(\.object) == [.known(plain.object)], "\(text)")
    }
    #expect(plainCount > 100)
  }
}
