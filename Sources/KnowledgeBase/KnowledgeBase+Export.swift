import Engine
import RDF

extension KnowledgeBase {
  /// Writes everything the graph holds to a file, in the RDF format that its name ends as.
  ///
  /// N-Triples and Turtle have no named graphs: a graph that has some needs N-Quads or TriG.
  public func export(to path: String) throws(SystemFailure) {
    guard let format = RDFFormat(fileName: path), !path.lowercased().hasSuffix(".gz") else {
      throw SystemFailure(
        operation: "write", subject: path,
        cause: "the name has to end in .ttl, .trig, .nt or .nq")
    }
    if !format.hasGraphs, !settledSnapshot.graphNames.isEmpty {
      throw SystemFailure(
        operation: "write", subject: path,
        cause: "there are named graphs, which only .trig and .nq can hold")
    }
    try SystemFiles.write(rdfText(format), to: path)
  }

  private func rdfText(_ format: RDFFormat) -> [UInt8] {
    var bytes: [UInt8] = []
    if format.isLineBased {
      let writer = LineWriter()
      forEachQuad { writer.append($0, to: &bytes) }
      return bytes
    }
    var quads: [Quad] = []
    forEachQuad { quads.append($0) }
    let prefixes = NamespacePrefixes.standard(base: base)
    TurtleWriter(prefixes: prefixes).write(quads) { bytes += $0 }
    return bytes
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
