import Foundation
import RDF
import Testing

/// One test of a W3C manifest for SPARQL.
struct SPARQLTest: Sendable, CustomTestStringConvertible {
  enum Kind: Sendable {
    case syntax(isRight: Bool, isUpdate: Bool)
    /// Without a result, the query has to be answered with anything.
    case query(result: Document?, isLax: Bool)
    case update(result: [Document])
  }

  /// A file, where it would be on the web, and the graph it is meant for.
  struct Document: Sendable {
    var path: String
    var iri: String
    var graph: String?
  }

  var name: String
  var kind: Kind
  var request: Document
  var data: [Document]

  var testDescription: String { name }
}

/// The W3C suites for SPARQL 1.0, 1.1 and 1.2: what an engine without HTTP, entailment and RDF/XML can be asked.
enum SPARQLSuite {
  static let tests: [SPARQLTest] = {
    guard let root = W3CSuite.root else { return [] }
    var seen: Set<String> = []
    return ["sparql10/manifest.ttl", "sparql11/manifest-all.ttl", "sparql12/manifest.ttl"].flatMap {
      manifest("sparql/" + $0, root, &seen)
    }
  }()

  private static let queryNamespace = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
  private static let updateNamespace = "http://www.w3.org/2009/sparql/tests/test-update#"
  private static let regime = "http://www.w3.org/ns/sparql-service-description#entailmentRegime"

  private static func manifest(
    _ path: String, _ root: String, _ seen: inout Set<String>
  ) -> [SPARQLTest] {
    guard seen.insert(path).inserted, FileManager.default.fileExists(atPath: root + "/" + path)
    else { return [] }
    let graph = ManifestGraph(
      W3CSuite.read(root + "/" + path, .turtle, base: W3CSuite.web + path).quads.map(\.triple))
    var tests = graph.lists(W3CSuite.namespace + "entries").compactMap { test($0, graph, root) }
    for case .iri(let iri) in graph.lists(W3CSuite.namespace + "include") {
      tests += manifest(String(iri.dropFirst(W3CSuite.web.count)), root, &seen)
    }
    return tests
  }

  private static func test(
    _ entry: Term, _ graph: ManifestGraph, _ root: String
  ) -> SPARQLTest? {
    guard case .iri(let name) = entry,
      let action = graph.object(entry, W3CSuite.namespace + "action"),
      graph.object(action, regime) == nil, graph.object(entry, regime) == nil,
      graph.object(action, queryNamespace + "serviceData") == nil
    else { return nil }
    let type =
      graph.objects(entry, Vocabulary.type).first.flatMap(localName) ?? "QueryEvaluationTest"
    let result = graph.object(entry, W3CSuite.namespace + "result")
    let request =
      graph.object(action, queryNamespace + "query")
      ?? graph.object(action, updateNamespace + "request") ?? action
    guard let file = document(request, root) else { return nil }
    let data = documents(action, graph, root)
    let kind: SPARQLTest.Kind
    switch type {
    case "QueryEvaluationTest", "CSVResultFormatTest":
      kind = .query(
        result: result.flatMap { document($0, root) },
        isLax: graph.object(entry, W3CSuite.namespace + "resultCardinality") != nil)
    case "UpdateEvaluationTest":
      kind = .update(result: result.map { documents($0, graph, root) } ?? [])
    default:
      guard type.contains("SyntaxTest") else { return nil }
      kind = .syntax(
        isRight: type.hasPrefix("Positive"),
        isUpdate: type.contains("Update") || file.path.hasSuffix(".ru"))
    }
    let test = SPARQLTest(name: name, kind: kind, request: file, data: data)
    return test.needsRDFXML ? nil : test
  }

  /// What `data` and `graphData` name.
  private static func documents(
    _ node: Term, _ graph: ManifestGraph, _ root: String
  ) -> [SPARQLTest.Document] {
    var found: [SPARQLTest.Document] = []
    for namespace in [queryNamespace, updateNamespace] {
      for data in graph.objects(node, namespace + "data") {
        if let document = document(data, root) { found.append(document) }
      }
      for data in graph.objects(node, namespace + "graphData") {
        let file =
          graph.object(data, updateNamespace + "graph")
          ?? graph.object(data, queryNamespace + "graph") ?? data
        guard var document = document(file, root) else { continue }
        document.graph = graph.text(data, Vocabulary.label) ?? document.iri
        found.append(document)
      }
    }
    return found
  }

  static func document(_ term: Term, _ root: String) -> SPARQLTest.Document? {
    guard case .iri(let iri) = term, iri.hasPrefix(W3CSuite.web) else { return nil }
    return SPARQLTest.Document(path: root + "/" + iri.dropFirst(W3CSuite.web.count), iri: iri)
  }

  private static func localName(_ term: Term) -> String? {
    guard case .iri(let iri) = term else { return nil }
    return iri.split(separator: "#").last.map(String.init)
  }
}

extension SPARQLTest {
  fileprivate var needsRDFXML: Bool {
    var documents = data
    if case .query(let result?, _) = kind { documents.append(result) }
    return documents.contains { $0.path.hasSuffix(".rdf") }
  }
}
