import Diagnostics
import SPARQL

/// The operations that only read SPARQL text.
extension Adapter {
  func parseQuery(_ request: JSON) -> [String: JSON] {
    parsing(request) { (parser) throws(Diagnostic) in _ = try parser.query() }
  }

  func parseUpdate(_ request: JSON) -> [String: JSON] {
    parsing(request) { (parser) throws(Diagnostic) in _ = try parser.update() }
  }

  private func parsing(
    _ request: JSON, _ parse: (inout SPARQLParser) throws(Diagnostic) -> Void
  ) -> [String: JSON] {
    guard let path = request["query"]?.string, let bytes = File.bytes(path) else {
      return failure("no file to read", kind: "internal")
    }
    let source = SourceText(name: path, bytes: bytes)
    var parser = SPARQLParser(source: source, base: request["base"]?.string)
    do throws(Diagnostic) {
      try parse(&parser)
      return ["ok": .bool(true)]
    } catch {
      let place = source.position(of: error.range.lowerBound)
      return failure("\(place.line):\(place.column): \(error.message)", kind: "syntax")
    }
  }
}
