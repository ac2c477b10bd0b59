import Foundation
import KnowledgeBase
import RDF

/// A directory of files that goes with the value.
final class Files {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path = NSTemporaryDirectory() + "kosh-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, text) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)  // a leftover harms nobody
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: self[name], atomically: false, encoding: .utf8)
    return self[name]
  }

  subscript(name: String) -> String { path + "/" + name }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: self[name], encoding: .utf8)
  }

  /// A graph loaded from files in it, which have to be without error.
  func load(_ names: String...) throws -> KnowledgeBase {
    let knowledge = KnowledgeBase()
    var problems: [String] = []
    let report = try knowledge.load(names.map { self[$0] }) { result, source in
      if case .rejected(let diagnostics) = result.result {
        problems += diagnostics.map { "\(source.name):\(result.line) \($0.message)" }
      }
    }
    guard report.errorCount == 0 else { throw LoadProblem(problems: problems) }
    return knowledge
  }

  struct LoadProblem: Error {
    var problems: [String]
  }

  /// Everything a graph holds.
  func quads(_ knowledge: KnowledgeBase) throws -> [Quad] {
    let name = UUID().uuidString + ".nq"
    try knowledge.export(to: self[name])
    var quads: [Quad] = []
    _ = RDFReader(.nQuads).read(Array(try text(name).utf8)) { block in
      quads += block.quads.map { block.quad($0) }
    }
    return quads
  }
}
