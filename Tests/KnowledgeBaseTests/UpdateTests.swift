import Algebra
import Diagnostics
import Engine
import Foundation
import RDF
import Testing

@testable import KnowledgeBase

@Suite("Changes in SPARQL")
struct UpdateTests {
  private let knowledge = KnowledgeBase()

  private static let ada = Term.iri("http://e/ada")
  private static let acme = Term.iri("http://e/acme")
  private static let heads = Term.iri("http://e/heads")
  private static let label = Term.iri(Vocabulary.label)

  private func insert(_ triples: (Term, Term, Term)...) throws -> Change {
    try knowledge.update([.insertData(triples.map { Quad(Triple($0.0, $0.1, $0.2)) })])
  }

  private func delete(_ triples: (Term, Term, Term)...) throws -> Change {
    try knowledge.update([.deleteData(triples.map { Quad(Triple($0.0, $0.1, $0.2)) })])
  }

  /// The first cell of each row, or what went wrong.
  private func ask(_ question: String) -> [String] {
    var found: [String] = []
    knowledge.run(SourceText(name: "q", question), mode: .prompt) { result in
      switch result.result {
      case .outcome(.answer(let answer)):
        found += (0..<answer.rowCount).compactMap { answer.text(row: $0, column: 0) }
      case .outcome(.change(let change)): found.append("\(change.kind)")
      case .rejected(let diagnostics): found += diagnostics.map(\.id)
      default: found.append("\(result.result)")
      }
      return .goOn
    }
    return found
  }

  @Test("labels that come and go are names that come and go, through undo and redo")
  func names() throws {
    let change = try insert((Self.ada, Self.heads, Self.acme))
    #expect(change.tripleCounts == Change.TripleCounts(added: 1, removed: 0))
    #expect(ask("who heads acme?") == ["ada"])
    _ = try insert((Self.acme, Self.label, .literal(Literal("Acme Corporation"))))
    #expect(ask("who heads 'Acme Corporation'?") == ["ada"])
    #expect(ask("who heads acme?") == ["unknown-name"])
    #expect(ask("undo") == ["undone"])
    #expect(ask("who heads acme?") == ["ada"])
    #expect(ask("redo") == ["redone"])
    #expect(ask("who heads 'Acme Corporation'?") == ["ada"])
    _ = try delete((Self.acme, Self.label, .literal(Literal("Acme Corporation"))))
    #expect(ask("who heads acme?") == ["ada"])
    _ = try delete((Self.ada, Self.heads, Self.acme))
    #expect(ask("who heads acme?") == ["unknown-name"])
    #expect(ask("undo") == ["undone"])
    #expect(ask("who heads acme?") == ["ada"])
  }

  @Test("what was told in sentences is asked and changed in SPARQL")
  func bothLanguages() throws {
    #expect(ask("Asha heads Tidewell.") == ["added"])
    let x = TermPattern.variable(Variable("x"))
    let y = TermPattern.variable(Variable("y"))
    let heads = Term.iri(Vocabulary.defaultBase + "heads")
    let pattern = Pattern.triples([TriplePattern(x, .term(heads), y)])
    #expect(try knowledge.query(Query(.select, pattern)).solutions.rowCount == 1)
    let swap = Modification(
      delete: [QuadPattern(TriplePattern(x, .term(heads), y))],
      insert: [QuadPattern(TriplePattern(y, .term(heads), x))], pattern: pattern)
    let change = try knowledge.update([.modify(swap)])
    #expect(change.tripleCounts == Change.TripleCounts(added: 1, removed: 1))
    #expect(ask("Tidewell heads whom?") == ["Asha"])
    #expect(ask("undo") == ["undone"])
    #expect(ask("Asha heads whom?") == ["Tidewell"])
  }

  @Test("a request without effect is no step of the history")
  func withoutEffect() throws {
    _ = try insert((Self.ada, Self.heads, Self.acme))
    _ = try insert((Self.ada, Self.heads, Self.acme))
    #expect(ask("undo") == ["undone"])
    #expect(ask("undo") == ["nothing-to-undo"])
  }

  @Test("LOAD reads files below the directory that was named, and no others")
  func load() throws {
    let directory = NSTemporaryDirectory() + "kosh \(UUID().uuidString)"
    let inside = directory + "/in"
    try FileManager.default.createDirectory(
      atPath: inside, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let text = "<http://e/ada> <http://e/heads> <http://e/acme> ."
    for file in [inside + "/a.ttl", directory + "/b.ttl"] {
      try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
    try "oops".write(toFile: inside + "/bad.ttl", atomically: true, encoding: .utf8)
    func load(_ path: String, below: String?) throws -> Change {
      let source = "file://" + path.replacing(" ", with: "%20")
      return try knowledge.update(
        [.load(source: source, into: nil, silent: false)], loadingBelow: below)
    }
    func cause(_ path: String, below: String?) -> String {
      do {
        _ = try load(path, below: below)
        return "loaded"
      } catch UpdateError.notLoaded(_, let cause) {
        return cause
      } catch {
        return "\(error)"
      }
    }
    #expect(cause(inside + "/a.ttl", below: nil).hasPrefix("no directory"))
    #expect(cause(directory + "/b.ttl", below: inside) == "it is not below \(inside)")
    #expect(cause(inside + "/../b.ttl", below: inside) == "it is not below \(inside)")
    #expect(cause(inside + "/none.ttl", below: inside) == "No such file or directory")
    #expect(cause(inside + "/bad.ttl", below: inside).hasPrefix("1:5: "))
    #expect(knowledge.tripleCount == 0)
    #expect(try load(inside + "/a.ttl", below: inside).tripleCounts?.added == 1)
    #expect(ask("who heads acme?") == ["ada"])
  }
}
