import Algebra
import Diagnostics
import Engine
import Foundation
import RDF
import SPARQL
import TestSupport
import Testing

/// The W3C tests for SPARQL 1.0, 1.1 and 1.2; no failure is expected. The order of sorted solutions is not compared here.
@Suite struct SPARQLConformanceTests {
  @Test func allTestsAreThere() {
    if W3CSuite.root != nil { #expect(SPARQLSuite.tests.count == 1230) }
  }

  @Test(arguments: SPARQLSuite.tests) func passes(_ test: SPARQLTest) throws {
    switch test.kind {
    case .syntax(let isRight, let isUpdate):
      var parser = try Self.parser(test)
      do throws(Diagnostic) {
        if isUpdate { _ = try parser.update() } else { _ = try parser.query() }
        #expect(isRight)
      } catch {
        #expect(!isRight, "\(error.message)")
      }
    case .query(let result, let isLax): try answer(test, result, isLax: isLax)
    case .update(let result):
      var parser = try Self.parser(test)
      let operations = try parser.update()
      let before = try Self.dataset(test.data)
      let after = try UpdateEngine().apply(operations, to: before).snapshot
      #expect(DatasetIsomorphism.holds(Self.quads(after), Self.quads(try Self.dataset(result))))
    }
  }

  private func answer(
    _ test: SPARQLTest, _ expected: SPARQLTest.Document?, isLax: Bool
  ) throws {
    var parser = try Self.parser(test)
    let query = try parser.query()
    let snapshot = try Self.dataset(test.data + Self.documents(query.dataset, besides: test.data))
    let evaluation = try QueryEngine().evaluate(query, on: snapshot)
    guard let expected else { return }
    if let format = ResultWriter.Format(rawValue: (expected.path as NSString).pathExtension) {
      let lines = try String(contentsOfFile: expected.path, encoding: .utf8)
      #expect(Self.lines(Self.text(evaluation, format)) == Self.lines(lines))
      return
    }
    let results = try #require(try QueryResults(expected))
    let found = Self.results(query, evaluation)
    #expect(found.matches(results, isLax: isLax), "\(found)\nexpected \(results)")
  }

  private static func parser(_ test: SPARQLTest) throws -> SPARQLParser {
    let bytes = try Data(contentsOf: URL(filePath: test.request.path))
    return SPARQLParser(
      source: SourceText(name: test.request.path, bytes: Array(bytes)), base: test.request.iri)
  }

  // MARK: Data

  /// The files that FROM and FROM NAMED mean.
  private static func documents(
    _ clause: DatasetClause?, besides known: [SPARQLTest.Document]
  ) -> [SPARQLTest.Document] {
    guard let clause, let root = W3CSuite.root else { return [] }
    var graphs = Set(known.compactMap(\.graph))
    return (clause.defaultGraphs + clause.namedGraphs).compactMap { name in
      guard var document = SPARQLSuite.document(name, root),
        graphs.insert(document.iri).inserted,
        FileManager.default.fileExists(atPath: document.path)
      else { return nil }
      document.graph = document.iri
      return document
    }
  }

  private static func dataset(_ documents: [SPARQLTest.Document]) throws -> Snapshot {
    let dictionary = TermDictionary()
    var loader = GraphLoader()
    var names: [UpdateOperation] = []
    for (number, document) in documents.enumerated() {
      var home = TermID.none
      if let graph = document.graph {
        home = try dictionary.intern(.iri(graph))
        names.append(.create(.iri(graph), silent: true))
      }
      let format = try #require(RDFFormat(fileName: document.path))
      let bytes = try Data(contentsOf: URL(filePath: document.path))
      var interner = BlockInterner(dictionary, document: number)
      let report = try RDFReader(format, base: document.iri).read(Array(bytes)) {
        block throws(EvaluationError) in
        try interner.read(block) { triple, graph, _ in
          loader.append(triple, graph: graph == .none ? home : graph, line: Snapshot.noOrigin)
        }
      }
      #expect(report.problems == [])
    }
    let snapshot = loader.finish(adding: Snapshot(dictionary: dictionary))
    return try UpdateEngine().apply(names, to: snapshot).snapshot
  }

  private static func quads(_ snapshot: Snapshot) -> [Quad] {
    let terms = snapshot.dictionary
    var quads: [Quad] = []
    for name in [TermID.none] + snapshot.graphNames {
      let graph = name.isBound ? terms.term(name) : nil
      snapshot.forEach(inGraph: name) {
        quads.append(
          Quad(
            Triple(terms.term($0.subject), terms.term($0.predicate), terms.term($0.object)),
            graph: graph))
      }
    }
    return quads
  }

  // MARK: Results

  private static func results(_ query: Query, _ evaluation: Evaluation) -> QueryResults {
    if let graph = evaluation.graph { return .graph(graph.map { Quad($0) }) }
    if case .ask = query.form { return .boolean(evaluation.isTrue) }
    let solutions = evaluation.solutions
    return .solutions(
      (0..<solutions.rowCount).map { row in
        var cells: [String: Term] = [:]
        for (column, variable) in solutions.variables.enumerated() {
          cells[variable.name] = solutions.term(row: row, column: column)
        }
        return cells
      })
  }

  private static func text(_ evaluation: Evaluation, _ format: ResultWriter.Format) -> String {
    let solutions = evaluation.solutions
    return ResultWriter(format).text(
      variables: solutions.variables, rowCount: solutions.rowCount, term: solutions.term)
  }

  /// The lines in any order, blank nodes alike; in capitals, because one file writes 1.0e6 for the data's 1.0E6.
  private static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map {
      String($0).replacing(#/_:[^,\s]+/#, with: "_:b").uppercased()
    }.sorted()
  }
}
