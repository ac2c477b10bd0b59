import Algebra
import Diagnostics
import SPARQL

/// The bytes are a text of SPARQL: read or refused, and a query that is read is written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let text = Array(UnsafeBufferPointer(start: data, count: size))
  guard case .success(.query(let query)) = read(text) else { return 0 }
  _ = AlgebraWriter().text(of: query)
  let written = QueryWriter().text(of: query)
  switch read(Array(written.utf8)) {
  case .success(.query(let again)):
    precondition(columns(query) == columns(again), "other columns:\n\(written)")
  case .success(.update): preconditionFailure("an update of a query:\n\(written)")
  // The writer may need more brackets than the text had.
  case .failure(let problem):
    precondition(problem.id == "too-deep", "\(problem.message) in what was written:\n\(written)")
  }
  return 0
}

func read(_ text: [UInt8]) -> Result<Request, Diagnostic> {
  var parser = SPARQLParser(
    source: SourceText(name: "fuzz", bytes: text), prefixes: ["": "http://e/"], base: "http://e/a/b"
  )
  do throws(Diagnostic) {
    return .success(try parser.request())
  } catch {
    precondition(error.range.upperBound <= text.count, "a problem beyond the text")
    precondition(error.fixIts.allSatisfy { $0.range.upperBound <= text.count })
    return .failure(error)
  }
}

/// How many columns there are, one at least for the writer's sake.
func columns(_ query: Query) -> Int {
  guard query.form == .select else { return 0 }
  return max(1, query.pattern.variablesInScope.count)
}
