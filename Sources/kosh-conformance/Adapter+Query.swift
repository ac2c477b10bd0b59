import Algebra
import Diagnostics
import Engine
import RDF
import SPARQL

/// Queries and updates over the data of a request.
extension Adapter {
  func query(_ request: JSON) -> [String: JSON] {
    answering { () throws(Failure) in
      let query = try parsed(request, "query") { parser throws(Diagnostic) in try parser.query() }
      let dataset = try dataset(request)
      let evaluation: Evaluation
      do throws(EvaluationError) {
        evaluation = try QueryEngine().evaluate(query, on: dataset)
      } catch {
        throw Failure(error)
      }
      return try result(query, evaluation, format: request["result_format"]?.string)
    }
  }

  func update(_ request: JSON) -> [String: JSON] {
    answering { () throws(Failure) in
      let operations = try parsed(request, "query") { parser throws(Diagnostic) in
        try parser.update()
      }
      let before = try dataset(request)
      do throws(UpdateError) {
        let after = try UpdateEngine().apply(operations, to: before).snapshot
        return ["nquads": .string(text(after))]
      } catch {
        throw Failure(message: "\(error)", kind: "eval")
      }
    }
  }

  private func answering(_ body: () throws(Failure) -> [String: JSON]) -> [String: JSON] {
    do throws(Failure) {
      return try body()
    } catch {
      return failure(error.message, kind: error.kind)
    }
  }

  private func parsed<R>(
    _ request: JSON, _ member: String,
    _ read: (inout SPARQLParser) throws(Diagnostic) -> R
  ) throws(Failure) -> R {
    guard let path = request[member]?.string, let bytes = File.bytes(path) else {
      throw Failure(message: "cannot open the query", kind: "internal")
    }
    var parser = SPARQLParser(
      source: SourceText(name: path, bytes: bytes), base: request["base"]?.string)
    do throws(Diagnostic) {
      return try read(&parser)
    } catch {
      throw Failure(message: error.message, kind: "syntax")
    }
  }

  // MARK: Data

  private func dataset(_ request: JSON) throws(Failure) -> Snapshot {
    var snapshot = Snapshot(dictionary: TermDictionary())
    var loader = GraphLoader()
    var names: [Term] = []
    for (number, data) in (request["data"]?.array ?? []).enumerated() {
      let graph = data["graph"]?.string.map(Term.iri)
      if let graph { names.append(graph) }
      try load(data, number, graph, into: &loader, snapshot.dictionary)
    }
    snapshot = loader.finish(adding: snapshot)
    do throws(UpdateError) {
      let graphs = names.map { UpdateOperation.create($0, silent: true) }
      return try UpdateEngine().apply(graphs, to: snapshot).snapshot
    } catch {
      throw Failure(message: "\(error)", kind: "internal")
    }
  }

  private func load(
    _ data: JSON, _ number: Int, _ graph: Term?, into loader: inout GraphLoader,
    _ dictionary: TermDictionary
  ) throws(Failure) {
    guard let path = data["path"]?.string, let bytes = File.bytes(path),
      let format = data["format"]?.string.flatMap(RDFFormat.init(rawValue:))
    else { throw Failure(message: "no data in a known format", kind: "internal") }
    var interner = BlockInterner(dictionary, document: number)
    let reader = RDFReader(format, base: data["base"]?.string)
    do throws(EvaluationError) {
      var home = TermID.none
      if let graph { home = try dictionary.intern(graph) }
      let report = try reader.read(bytes) { block throws(EvaluationError) in
        try interner.read(block) { triple, name, _ in
          loader.append(triple, graph: name == .none ? home : name, line: Snapshot.noOrigin)
        }
      }
      if let problem = report.problems.first {
        throw .unsupported(problem.diagnostic.message)
      }
    } catch {
      throw Failure(error)
    }
  }

  // MARK: Results

  private func result(
    _ query: Query, _ evaluation: Evaluation, format name: String?
  ) throws(Failure) -> [String: JSON] {
    if let graph = evaluation.graph {
      return ["nquads": .string(LineWriter().text(graph.map { Quad($0) }))]
    }
    guard case .object(var members)? = try? JSONParser.parse(text(query, evaluation, .json)) else {
      throw Failure(message: "the results are no JSON object", kind: "internal")
    }
    if let name {
      guard let format = Self.resultFormats[name] else {
        throw Failure(message: "no result format \(name)", kind: "unsupported")
      }
      members["raw"] = .string(text(query, evaluation, format))
    }
    return members
  }

  /// By the runner's names.
  static let resultFormats: [String: ResultWriter.Format] = [
    "srj": .json, "srx": .xml, "csv": .csv, "tsv": .tsv,
  ]

  private func text(
    _ query: Query, _ evaluation: Evaluation, _ format: ResultWriter.Format
  ) -> String {
    let writer = ResultWriter(format)
    if case .ask = query.form {
      var bytes: [UInt8] = []
      writer.write(boolean: evaluation.isTrue) { bytes += $0 }
      return String(decoding: bytes, as: UTF8.self)
    }
    let solutions = evaluation.solutions
    return writer.text(
      variables: solutions.variables, rowCount: solutions.rowCount, term: solutions.term)
  }

  private func text(_ snapshot: Snapshot) -> String {
    var bytes: [UInt8] = []
    let terms = snapshot.dictionary
    for name in [TermID.none] + snapshot.graphNames {
      let graph = name.isBound ? terms.term(name) : nil
      snapshot.forEach(inGraph: name) { triple in
        let decoded = Triple(
          terms.term(triple.subject), terms.term(triple.predicate), terms.term(triple.object))
        LineWriter().append(Quad(decoded, graph: graph), to: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Why a request has no answer.
private struct Failure: Error {
  var message: String
  var kind: String

  init(message: String, kind: String) {
    self.message = message
    self.kind = kind
  }

  init(_ error: EvaluationError) {
    self.init(message: "\(error)", kind: "eval")
  }
}
