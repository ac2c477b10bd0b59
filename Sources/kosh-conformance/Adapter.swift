import RDF

/// Answers the requests of the W3C test runner, one JSON object a line.
struct Adapter {
  func answer(_ line: String) -> String {
    var members: [String: JSON] = [:]
    do {
      let request = try JSONParser.parse(line)
      members = answer(request)
      members["id"] = request["id"]
    } catch {
      members = failure("not JSON at byte \(error.offset)", kind: "internal")
    }
    return JSON.object(members).text
  }

  private func answer(_ request: JSON) -> [String: JSON] {
    switch request["op"]?.string {
    case "hello": hello
    case "parse-rdf": parse(request)
    case "query": query(request)
    case "update": update(request)
    case "parse-query": parseQuery(request)
    case "parse-update": parseUpdate(request)
    case let operation: failure("no operation \(operation ?? "")", kind: "unsupported")
    }
  }

  private var hello: [String: JSON] {
    [
      "name": .string("kosh"), "version": .string("0.1"),
      "ops": .array(
        ["parse-rdf", "query", "update", "parse-query", "parse-update"].map(JSON.string)),
      "formats": .array(RDFFormat.allCases.map { .string($0.rawValue) }),
      "result_formats": .array(Self.resultFormats.keys.sorted().map(JSON.string)),
      "entailment": .array([]), "graph_entailment": .array([]),
      "service": .bool(false), "c14n": .bool(true),
    ]
  }

  func failure(_ message: String, kind: String) -> [String: JSON] {
    ["error": .string(message), "kind": .string(kind)]
  }

  /// The document as canonical N-Quads, each quad once.
  private func parse(_ request: JSON) -> [String: JSON] {
    guard let data = request["data"]?.array?.first, let path = data["path"]?.string,
      let format = data["format"]?.string.flatMap(RDFFormat.init(rawValue:))
    else { return failure("no data in a known format", kind: "unsupported") }
    let reader = RDFReader(format, base: data["base"]?.string)
    var seen: Set<Quad> = []
    var quads: [Quad] = []
    let report = File.read(path) { source in
      reader.read(from: source) { block in
        for tokens in block.quads {
          let quad = block.quad(tokens)
          if seen.insert(quad).inserted { quads.append(quad) }
        }
      }
    }
    guard let report else { return failure("cannot open \(path)", kind: "internal") }
    if let problem = report.problems.first {
      let place = "\(problem.position.line):\(problem.position.column)"
      return failure("\(place): \(problem.diagnostic.message)", kind: "syntax")
    }
    return ["nquads": .string(LineWriter().text(quads))]
  }
}
