import Diagnostics
import Foundation
import Testing

@testable import Sentences

/// Sentences of the shipped files, read with names that grow as facts come.
struct ExampleTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// What is wrong in the texts, read in order as one graph.
  static func problems(_ texts: [(String, String)]) -> [String] {
    var lexicon = TestLexicon()
    var problems: [String] = []
    for (name, text) in texts {
      let source = SourceText(name: name, text)
      var parser = SentenceParser(source: source, mode: .script)
      while let sentence = parser.next(lexicon) {
        switch sentence.result {
        case .statement(.facts(let facts)): lexicon.learn(facts)
        case .statement(.defaults(let group)):
          for qualifier in group {
            lexicon.learn(qualifier.relation)
            lexicon.learn(qualifier.object)
          }
        case .statement(.prefix(let prefix, let iri)): lexicon.prefixes[prefix] = iri
        case .statement: break
        case .rejected(let diagnostics):
          problems += diagnostics.map {
            "\(name):\(sentence.line) \(source.text(sentence.range)) \(Notation.show($0, source))"
          }
        }
        problems += sentence.warnings.map {
          "\(name):\(sentence.line) \(Notation.show($0, source))"
        }
      }
    }
    return problems
  }

  @Test func `the shipped knowledge is read without a problem`() throws {
    let files = try ["00-vocabulary", "10-article", "expectations"].map { name in
      let file = Self.root.appending(path: "knowledge/\(name).kosh")
      return (name, try String(contentsOf: file, encoding: .utf8))
    }
    #expect(Self.problems(files) == [])
  }
}
