public import Algebra
public import Diagnostics
import RDF

/// What a text asks for.
public enum Request: Hashable, Sendable {
  case query(Query)
  /// Empty when the text is a prologue only.
  case update([UpdateOperation])
}

/// Reads the text of a SPARQL 1.2 query or update into algebra.
///
/// Blank nodes of patterns become variables whose name begins with a dot, variables that the translation needs get names that
/// begin with a space. Blank nodes of templates and of data stay blank nodes. The tree is at most `heightLimit` high.
/// Source: SPARQL 1.2 Query, sections 18.3 and 19; SPARQL 1.2 Update, section 3.
public struct SPARQLParser {
  /// Brackets of all kinds may be nested this deep.
  static let depthLimit = 150
  /// What is read may be this high as a tree.
  static let heightLimit = 500

  /// Namespaces by prefix, without the colon: those given and those that the text declares.
  public internal(set) var prefixes: [String: String]
  /// What relative IRIs are relative to: what was given or the text's last BASE.
  public internal(set) var base: String? {
    didSet { baseParts = base.flatMap { IRIParts($0) } }
  }

  /// Asked at the first token, and then once in a while, whether to go on; gets about how many bytes what was read takes.
  /// Where the answer is no, reading ends with the problem `reading-stopped`. By default, nothing is asked.
  public var goesOn: ((_ byteCount: Int) -> Bool)? {
    get { lexer.goesOn }
    set { lexer.goesOn = newValue }
  }
  /// Whether other text may follow what is read.
  var isOneOfMany = false
  /// Whether prefixes that are not declared may be elsewhere.
  var acceptsAnyPrefix = false
  var lexer: Lexer
  var baseParts: IRIParts?
  var depth = 0
  /// The height of what was read last, as a tree.
  var height = 0
  var freshCount = 0
  /// Where triples are being read.
  var place = TriplePlace.pattern
  /// The triples and paths read and not yet taken.
  var statements = Statements()
  var labels = BlankNodeLabels()
  /// The term at this byte offset is looked out for, and its place noted.
  var watchedOffset = -1
  var watched: (position: TriplePosition, triples: [TriplePattern])?
  /// Gets the aggregates of the SELECT that is being read; nil where there can be none.
  var collector: AggregateCollector?

  public init(source: SourceText, prefixes: [String: String] = [:], base: String? = nil) {
    self.prefixes = prefixes
    self.base = base
    baseParts = base.flatMap { IRIParts($0) }
    lexer = Lexer(source.bytes)
  }

  /// Reads the whole text as one query.
  public mutating func query() throws(Diagnostic) -> Query {
    try lexer.start()
    try prologue()
    let query = try queryForm()
    try expectEnd()
    return query
  }

  /// Reads the whole text as an update, which may be empty.
  public mutating func update() throws(Diagnostic) -> [UpdateOperation] {
    try lexer.start()
    try prologue()
    return try updateOperations()
  }

  /// Reads the whole text as what its first word after the prologue makes it.
  public mutating func request() throws(Diagnostic) -> Request {
    try lexer.start()
    try prologue()
    return try wholeRequest()
  }

  /// What follows the prologue, to the end.
  @discardableResult
  mutating func wholeRequest() throws(Diagnostic) -> Request {
    let request = try requestBody()
    if case .query = request { try expectEnd() }
    return request
  }

  /// Reads the one statement at a byte offset of a text in which others, and sentences, may follow. It ends where the
  /// grammar cannot go on, with a `;` if there is one, and what follows begins on a line of its own. A prologue alone is a
  /// statement.
  ///
  /// - Returns: What it asks for, and the byte offset after it.
  public mutating func statement(
    at offset: Int
  ) throws(Diagnostic) -> (request: Request, end: Int) {
    isOneOfMany = true
    try lexer.start(at: offset)
    try prologue()
    let request = try requestBody()
    if case .query = request { _ = try take(.semicolon) }
    let end = lexer.previousEnd
    guard end > offset else { throw expectedRequest() }
    guard token.kind == .end || lexer.bytes[end..<token.start].contains(0x0A) else {
      throw expected(
        "the end of the line after a statement",
        keywords: [.limit, .offset, .order, .group, .having, .values])
    }
    return (request, end)
  }

  private mutating func requestBody() throws(Diagnostic) -> Request {
    switch token.kind {
    case .keyword(let keyword) where Self.updateKeywords.contains(keyword):
      return .update(try updateOperations())
    case .keyword(let keyword) where Self.queryKeywords.contains(keyword):
      return .query(try queryForm())
    case .end: return .update([])
    default:
      if isOneOfMany { return .update([]) }
      throw expectedRequest()
    }
  }

  private func expectedRequest() -> Diagnostic {
    expected("a query or an update", keywords: Self.queryKeywords + Self.updateKeywords)
  }

  static let queryKeywords: [Keyword] = [.select, .ask, .construct, .describe]
  static let prologueKeywords: [Keyword] = [.prefix, .base, .version]

  private func expectEnd() throws(Diagnostic) {
    guard token.kind == .end else {
      throw expected(
        "the end of the query",
        keywords: [.group, .having, .order, .limit, .offset, .values])
    }
  }

  // MARK: Prologue

  mutating func prologue() throws(Diagnostic) {
    while true {
      if try take(.prefix) {
        try prefixDeclaration()
      } else if try take(.base) {
        base = try iriReference()
      } else if try take(.version) {
        try versionSpecifier()
      } else {
        return
      }
    }
  }

  private mutating func prefixDeclaration() throws(Diagnostic) {
    guard token.kind == .prefixedName, token.middle == token.end else {
      throw expected("a prefix such as 'ex:'")
    }
    let prefix = text(token.start..<token.middle - 1)
    try lexer.advance()
    prefixes[prefix] = try iriReference()
  }

  private mutating func iriReference() throws(Diagnostic) -> String {
    guard token.kind == .iriReference else { throw expected("an IRI in angle brackets") }
    return try iri()
  }

  private mutating func versionSpecifier() throws(Diagnostic) {
    let quoteLength = token.middle - token.start
    guard token.kind == .string, quoteLength == 1 else {
      throw expected("a version in simple quotes, such as \"1.2\"")
    }
    try lexer.advance()
  }
}
