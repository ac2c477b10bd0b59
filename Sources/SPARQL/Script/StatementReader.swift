public import Diagnostics

/// Finds and reads the statements of SPARQL in a text that may also hold sentences.
public struct StatementReader {
  /// One statement, read or rejected.
  public struct Statement {
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

  /// The statement that begins at a byte offset, after space and comments; nil when a sentence or nothing does.
  ///
  /// A rejected one is taken to end at the next empty line.
  public func statement(
    at offset: Int, prefixes: @autoclosure () -> [String: String], base: String?
  ) -> Statement? {
    guard let start = start(at: offset) else { return nil }
    let prefixes = prefixes()
    var parser = SPARQLParser(source: source, prefixes: prefixes, base: base)
    var statement = Statement(
      range: SourceRange(start.offset, start.offset), isExplained: start.isExplained,
      result: .success(.update([])), prefixes: prefixes, base: base)
    do throws(Diagnostic) {
      if let problem { throw problem }
      let (request, end) = try parser.statement(at: start.offset)
      statement.range = SourceRange(start.offset, end)
      statement.result = .success(request)
    } catch {
      let end = emptyLine(after: max(start.offset, error.range.lowerBound))
      statement.range = SourceRange(start.offset, end)
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

  /// Where the first line after an offset that is empty begins, or the end.
  private func emptyLine(after offset: Int) -> Int {
    let bytes = source.bytes
    var isEmpty = false
    for index in min(offset, bytes.count)..<bytes.count {
      switch bytes[index] {
      case 0x0A:
        if isEmpty { return index }
        isEmpty = true
      case 0x20, 0x09, 0x0D: break
      default: isEmpty = false
      }
    }
    return bytes.count
  }
}
