import Engine
import RDF

extension KnowledgeBase {
  /// Writes everything the graph holds to a file, in the format that its name ends as: `.kosh`, or one of RDF; gzipped
  /// when `.gz` follows. The file appears whole or not at all.
  ///
  /// Only N-Quads and TriG have named graphs. `-` with a format is standard output.
  public func export(to path: String, as format: DocumentFormat? = nil) throws(SystemFailure) {
    guard let format = format ?? DocumentFormat(fileName: path) else {
      throw SystemFailure(
        operation: "write", subject: path,
        cause: "the name has to end in .kosh, .ttl, .trig, .nt or .nq, or each of these with .gz")
    }
    if !format.hasGraphs, !settledSnapshot.graphNames.isEmpty {
      throw Self.graphFailure(path)
    }
    let file = try OutputFile(path)
    switch format {
    case .sentences: try file.write(try sentences(path).utf8)
    case .rdf(let format) where format.isLineBased:
      let writer = LineWriter()
      var failure: SystemFailure?
      forEachQuad { quad in
        if failure != nil { return }
        var line: [UInt8] = []
        writer.append(quad, to: &line)
        do throws(SystemFailure) { try file.write(line) } catch { failure = error }
      }
      if let failure { throw failure }
    case .rdf:
      var quads: [Quad] = []
      forEachQuad { quads.append($0) }
      try TurtleWriter(prefixes: prefixes).write(quads) { (bytes) throws(SystemFailure) in
        try file.write(bytes)
      }
    }
    try file.finish()
  }

  static func graphFailure(_ path: String) -> SystemFailure {
    SystemFailure(
      operation: "write", subject: path,
      cause: "there are named graphs, which only .trig and .nq can hold")
  }

  private func sentences(_ path: String) throws(SystemFailure) -> String {
    do {
      return try SentenceFileWriter(
        labeler, base: base, namespaces: namespaces, knownNamespaces: Self.knownNamespaces
      ).write()
    } catch let failure as SystemFailure {
      throw failure
    } catch {
      throw SystemFailure(operation: "write", subject: path, cause: "\(error)")
    }
  }

  private func forEachQuad(_ body: (Quad) -> Void) {
    let snapshot = settledSnapshot
    for name in [TermID.none] + snapshot.graphNames {
      let graph = name.isBound ? dictionary.term(name) : nil
      snapshot.forEach(inGraph: name) { triple in
        body(
          Quad(
            Triple(
              dictionary.term(triple.subject), dictionary.term(triple.predicate),
              dictionary.term(triple.object)), graph: graph))
      }
    }
  }
}
