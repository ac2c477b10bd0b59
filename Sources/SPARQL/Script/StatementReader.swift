public import Diagnostics

/// Finds and reads the statements of SPARQL in a text that may also hold sentences.
public struct StatementReader: Sendable {
  /// One statement, read or rejected.
  public struct Statement: Sendable {
    public var range: SourceRange
    /// Whether the word `explain` stands before it.
    public var isExplained: Bool
    public var result: Result<Request, Diagnostic>
    /// The prefixes and the base after it.
    public var prefixes: [String: String]
    public var base: String?
  }

  let source: SourceText
  /// Whether every statement is SPARQL, as in `.rq` and `.ru` files.
  private let isSPARQLOnly: Bool
  /// What keeps the text from being read at all.
  let problem: Diagnostic?

  public init(_ source: SourceText) {
    self.source = source
    let name = source.name.lowercased()
    isSPARQLOnly = name.hasSuffix(".rq") || name.hasSuffix(".ru")
    problem = Lexer.encodingProblem(of: source.bytes)
  }

  /// Whether a statement begins at a byte offset, after space and comments.
  public func hasStatement(at offset: Int) -> Bool { start(at: offset) != nil }

  /// The statement that begins at a byte offset; nil when none does. `goesOn` is asked while it is read, as it is by
  /// `SPARQLParser`.
  ///
  /// A rejected one is taken to end at the next empty line; a query also before a line that begins another query.
  public func statement(
    at offset: Int, prefixes: [String: String], base: String?,
    goesOn: ((_ byteCount: Int) -> Bool)? = nil
  ) -> Statement? {
    guard let start = start(at: offset) else { return nil }
    var parser = SPARQLParser(source: source, prefixes: prefixes, base: base)
    parser.goesOn = goesOn
    var statement = Statement(
      range: SourceRange(start.offset, start.offset), isExplained: start.isExplained,
      result: .success(.update([])), prefixes: prefixes, base: base)
    do throws(Diagnostic) {
      if let problem { throw problem }
      let (request, end) = try parser.statement(at: start.offset)
      statement.range = SourceRange(start.offset, end)
      statement.result = .success(request)
    } catch {
      statement.range = SourceRange(start.offset, end(after: error, from: start.offset))
      statement.result = .failure(error)
    }
    statement.prefixes = parser.prefixes
    statement.base = parser.base
    return statement
  }

  /// Where a sentence that cannot be read was meant as SPARQL: its first word is nearly a keyword.
  public func misspelling(at offset: Int) -> Diagnostic.FixIt? {
    StatementStart.nearKeyword(in: source.bytes, at: offset).map {
      Diagnostic.FixIt("did you mean '\($0.keyword)'?", replace: $0.range, with: $0.keyword)
    }
  }

  func start(at offset: Int) -> StatementStart? {
    StatementStart.find(in: source.bytes, at: offset, isSPARQL: isSPARQLOnly)
  }

  /// Where what may be the next statement begins. Never a guess that might run half of an update: nothing but a query is
  /// looked for, once the keyword of the rejected one says that it is a query, too.
  private func end(after error: Diagnostic, from start: Int) -> Int {
    let bytes = source.bytes
    let problem = min(max(start, error.range.lowerBound), bytes.count)
    var isQuery = StatementStart.isQuery(in: bytes, at: start)
    var next = start
    while !isQuery, let lineEnd = bytes.lineEnd(from: next, to: problem) {
      next = lineEnd + 1
      isQuery = StatementStart.isQuery(in: bytes, at: next)
    }
    // From the end of the line before on: what was found may begin the next one.
    next = max(start, problem - 1)
    var lineStart: Int?
    while let lineEnd = bytes.lineEnd(from: next, to: bytes.count) {
      let line = lineStart.map { bytes[$0..<lineEnd] }
      if line?.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) ?? false { return lineEnd }
      next = lineEnd + 1
      if isQuery, StatementStart.isQuery(in: bytes, at: next) { return lineEnd }
      lineStart = next
    }
    return bytes.count
  }
}
