import Foundation
import RDF
import Testing

/// One test of a W3C manifest for RDF formats.
struct W3CTest: Sendable, CustomTestStringConvertible {
  enum Kind: Sendable {
    case positive
    case negative
    /// The result, as a file.
    case evaluation(String)
    case canonical(String)
  }

  var name: String
  var kind: Kind
  var format: RDFFormat
  var file: String
  /// Where the file would be on the web: its base IRI.
  var base: String

  var testDescription: String { name }
}

/// The W3C suites beside the project, or where `KOSH_CONFORMANCE` says; without them the tests have no cases.
enum W3CSuite {
  static let root: String? = {
    let given = ProcessInfo.processInfo.environment["KOSH_CONFORMANCE"]
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let nearby = ["../shared/conformance", "../../shared/conformance"].map {
      package.appending(path: $0).standardizedFileURL.path
    }
    return ([given].compactMap { $0 } + nearby).first {
      FileManager.default.fileExists(atPath: $0 + "/rdf")
    }
  }()

  static let tests: [W3CTest] = {
    guard let root else {
      print("ConformanceTests: no W3C suites found, nothing is tested (set KOSH_CONFORMANCE)")
      return []
    }
    var seen: Set<String> = []
    return ["rdf11", "rdf12"].flatMap { version in
      ["rdf-n-triples", "rdf-n-quads", "rdf-turtle", "rdf-trig"].flatMap {
        manifest("rdf/\(version)/\($0)/manifest.ttl", root, &seen)
      }
    }
  }()

  static func read(_ file: String, _ format: RDFFormat, base: String)
    -> (quads: [Quad], report: RDFReader.Report)
  {
    var quads: [Quad] = []
    guard let data = FileManager.default.contents(atPath: file) else {
      Issue.record("cannot read \(file)")
      return ([], RDFReader.Report())
    }
    let report = RDFReader(format, base: base, chunkSize: 1000).read(Array(data)) { block in
      quads += block.quads.map { block.quad($0) }
    }
    return (quads, report)
  }

  // MARK: Manifests

  static let web = "https://w3c.github.io/rdf-tests/"
  static let namespace = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"

  /// The tests of a manifest and of those it includes, unless they were seen.
  private static func manifest(_ path: String, _ root: String, _ seen: inout Set<String>)
    -> [W3CTest]
  {
    guard seen.insert(path).inserted else { return [] }
    let graph = ManifestGraph(
      read(root + "/" + path, .turtle, base: web + path).quads.map(\.triple))
    var tests = graph.lists(namespace + "entries").compactMap { test($0, graph, root) }
    for case .iri(let iri) in graph.lists(namespace + "include") {
      tests += manifest(String(iri.dropFirst(web.count)), root, &seen)
    }
    return tests
  }

  private static func test(_ entry: Term, _ graph: ManifestGraph, _ root: String) -> W3CTest? {
    guard case .iri(let type)? = graph.object(entry, Vocabulary.type),
      case .iri(let action)? = graph.object(entry, namespace + "action"),
      let format = RDFFormat(fileName: action), case .iri(let id) = entry
    else { return nil }
    func file(_ iri: String) -> String {
      root + "/" + iri.dropFirst(web.count)
    }
    var result = ""
    if case .iri(let iri)? = graph.object(entry, namespace + "result") { result = file(iri) }
    let kind: W3CTest.Kind =
      if type.contains("Negative") { .negative } else if type.contains("C14N") {
        .canonical(result)
      } else if type.hasSuffix("Eval") { .evaluation(result) } else { .positive }
    return W3CTest(name: id, kind: kind, format: format, file: file(action), base: action)
  }
}
