import Algebra
import Diagnostics
import SPARQL

/// The bytes are a text of SPARQL: read or refused, and a query that is read is written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let text = Array(UnsafeBufferPointer(start: data, count: size))
  guard case .query(let query)? = read(text) else { return 0 }
  _ = AlgebraWriter().text(of: query)
  let written = QueryWriter().text(of: query)
  guard case .query(let again)? = read(Array(written.utf8)) else {
    preconditionFailure("QueryWriter wrote what cannot be read:\n\(written)")
  }
  precondition(columns(query) == columns(again), "other columns:\n\(written)")
  return 0
}

func read(_ text: [UInt8]) -> Request? {
  var parser = SPARQLParser(
    source: SourceText(name: "fuzz", bytes: text), prefixes: ["": "http://e/"], base: "http://e/a/b"
  )
  do throws(Diagnostic) {
    return try parser.request()
  } catch {
    precondition(error.range.upperBound <= text.count, "a problem beyond the text")
    precondition(error.fixIts.allSatisfy { $0.range.upperBound <= text.count })
    return nil
  }
}

/// How many columns there are, one at least for the writer's sake.
func columns(_ query: Query) -> Int {
  guard query.form == .select else { return 0 }
  return max(1, query.pattern.variablesInScope.count)
}
