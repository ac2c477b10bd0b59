import Algebra
import Diagnostics
import SPARQL

/// The bytes are a text of SPARQL: read or refused, and a query that is read is written and read again. They are also a script
/// of statements, and something that is still being typed.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let text = Array(UnsafeBufferPointer(start: data, count: size))
  readScript(text)
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

func readScript(_ text: [UInt8]) {
  let source = SourceText(name: "fuzz", bytes: text)
  let statements = StatementReader(source)
  var offset = 0
  while let statement = statements.statement(at: offset, prefixes: [:], base: nil) {
    precondition(statement.range.upperBound <= text.count, "a statement beyond the text")
    offset = max(statement.range.upperBound, offset + 1)
  }
  _ = statements.progress(at: 0)
  guard String(validating: text, as: UTF8.self) != nil else { return }
  for token in TypedStatement(source, from: 0).tokens {
    precondition(token.range.upperBound <= text.count, "a token beyond the text")
  }
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
