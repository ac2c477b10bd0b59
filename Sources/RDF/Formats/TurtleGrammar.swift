/// Turtle and TriG 1.2. Source: RDF 1.2 Turtle, section 6.5; RDF 1.2 TriG, section 5.
struct TurtleGrammar {
  /// Brackets of all kinds may be nested this deep.
  static let depthLimit = 500

  /// Whether `{ … }` may hold the triples of a graph.
  let hasGraphs: Bool
  var base: IRIParts?
  var prefixes = PrefixTable()
  var graph = OpenGraph.none

  /// The graph whose braces are open.
  enum OpenGraph {
    case none
    case defaultGraph
    /// With its bytes, since blocks come and go; an anonymous node has a number instead.
    case named(TermToken.Kind, [UInt8], number: UInt64)
  }

  /// The token of the open graph in this block.
  private var graphToken = TripleBlock.defaultGraph
  /// Where the statement that is being read begins.
  private var statementStart = 0

  init(hasGraphs: Bool, base: IRIParts?) {
    self.hasGraphs = hasGraphs
    self.base = base
  }

  /// Reads statements until the bytes or the block are used up; a statement that goes on in bytes to come is left.
  mutating func read(_ scanner: inout TextScanner) throws(SyntaxStop) {
    var graphTokenIsSet = false
    while !scanner.block.isFull {
      let start = scanner.position
      let mark = scanner.block.mark
      do throws(SyntaxStop) {
        try scanner.skipSpace()
        if scanner.position >= scanner.end {
          if scanner.isLast, case .none = graph { return }
          throw scanner.stop(.expectedStatement)
        }
        statementStart = scanner.position
        if !graphTokenIsSet {
          addGraphToken(&scanner)
          graphTokenIsSet = true
        }
        if try statement(&scanner) { graphTokenIsSet = false }
      } catch {
        scanner.block.rollBack(to: mark)
        guard error.problem == .incomplete else { throw error }
        scanner.position = start
        return
      }
    }
  }

  private mutating func addGraphToken(_ scanner: inout TextScanner) {
    switch graph {
    case .none, .defaultGraph: graphToken = TripleBlock.defaultGraph
    case .named(.anonymousNode, _, let number):
      graphToken = scanner.block.add(anonymousNode: number)
    case .named(let kind, let bytes, _):
      let copy = scanner.block.copy(bytes)
      graphToken = scanner.block.add(kind, copy)
    }
  }

  /// Reads one statement or directive; true when the open graph changed.
  private mutating func statement(_ scanner: inout TextScanner) throws(SyntaxStop) -> Bool {
    if case .none = graph {
      if try directive(&scanner) { return false }
      switch hasGraphs ? try graphOpening(&scanner) : .none {
      case .opened: return true
      case .subject(let subject): try predicateObjects(&scanner, of: subject, depth: 0)
      case .none: try triples(&scanner)
      }
      try scanner.skipSpace()
      try scanner.expect(".", .expectedDot)
      return false
    }
    if scanner.byte == UInt8(ascii: "}") {
      scanner.position += 1
      graph = .none
      return true
    }
    try triples(&scanner)
    try scanner.skipSpace()
    if scanner.byte != UInt8(ascii: "}") { try scanner.expect(".", .expectedDot) }
    return false
  }

  func addQuad(
    _ scanner: inout TextScanner, _ subject: UInt32, _ predicate: UInt32, _ object: UInt32
  ) {
    scanner.block.addQuad(
      TokenQuad(
        subject, predicate, object, graph: graphToken,
        offset: UInt32(truncatingIfNeeded: statementStart)))
  }

  // MARK: Graphs

  private enum Opening {
    case none
    case opened
    /// No graph, but the subject of a statement, which is read now.
    case subject(UInt32)
  }

  /// Reads `{`, `name {` or `GRAPH name {`, or the subject of a statement.
  private mutating func graphOpening(_ scanner: inout TextScanner) throws(SyntaxStop) -> Opening {
    if scanner.byte == UInt8(ascii: "{") {
      scanner.position += 1
      graph = .defaultGraph
      return .opened
    }
    let isGraph = try scanner.takeKeyword("graph")
    if isGraph { try scanner.skipSpace() }
    let mayBeName = scanner.byte != UInt8(ascii: "(") && !scanner.isAtReifiedTriple
    let problem: SyntaxProblem = isGraph ? .expectedGraph : .expectedSubject
    let mark = scanner.block.mark
    guard mayBeName, let name = try node(&scanner, problem) else {
      if isGraph { throw scanner.stop(.expectedGraph) }
      return .none
    }
    try scanner.skipSpace()
    guard scanner.byte == UInt8(ascii: "{") else {
      if isGraph { throw scanner.stop(.expectedGraphBody) }
      return .subject(name)
    }
    scanner.position += 1
    let token = scanner.block.tokens[Int(name)]
    graph = .named(token.kind, scanner.copyOfBytes(token), number: token.number)
    // A number must not be given again.
    if token.kind != .anonymousNode { scanner.block.rollBack(to: mark) }
    return .opened
  }

  // MARK: Directives

  /// Reads a directive; false when there is none.
  private mutating func directive(_ scanner: inout TextScanner) throws(SyntaxStop) -> Bool {
    if scanner.byte == UInt8(ascii: "@") {
      let start = scanner.position
      var newBase = base
      scanner.position += 1
      // These are case-sensitive, the ones without `@` are not.
      if scanner.takeWord("prefix") {
        try prefix(&scanner)
      } else if scanner.takeWord("base") {
        newBase = try baseIRI(&scanner)
      } else if scanner.takeWord("version") {
        try version(&scanner)
      } else {
        throw scanner.stop(.expectedStatement, at: scanner.endOfWord, to: start + 1)
      }
      try scanner.skipSpace()
      try scanner.expect(".", .expectedDot)
      // Not before the statement is whole: it may be read again, and the base be relative.
      base = newBase
      return true
    }
    if try scanner.takeKeyword("prefix") {
      try prefix(&scanner)
    } else if try scanner.takeKeyword("base") {
      base = try baseIRI(&scanner)
    } else if try scanner.takeKeyword("version") {
      try version(&scanner)
    } else {
      return false
    }
    return true
  }

  private mutating func prefix(_ scanner: inout TextScanner) throws(SyntaxStop) {
    try scanner.skipSpace()
    let start = scanner.position
    let end = try scanner.endOfPrefix(from: start)
    guard scanner.text[end] == UInt8(ascii: ":") else {
      throw scanner.stop(end == start ? .expectedPrefix : .expectedColon, at: end)
    }
    scanner.position = end + 1
    try scanner.skipSpace()
    let mark = scanner.block.mark
    let iri = try absoluteIRI(&scanner)
    let namespace = scanner.copyOfBytes(iri)
    scanner.block.rollBack(to: mark)
    prefixes.declare(
      UnsafeBufferPointer(start: scanner.text + start, count: end - start), as: namespace)
  }

  private func baseIRI(_ scanner: inout TextScanner) throws(SyntaxStop) -> IRIParts? {
    try scanner.skipSpace()
    let mark = scanner.block.mark
    let iri = try absoluteIRI(&scanner)
    let base = IRIParts(scanner.copyOfBytes(iri))
    scanner.block.rollBack(to: mark)
    return base
  }

  private func version(_ scanner: inout TextScanner) throws(SyntaxStop) {
    try scanner.skipSpace()
    guard scanner.byte == UInt8(ascii: "\"") || scanner.byte == UInt8(ascii: "'") else {
      throw scanner.stop(.expectedVersion)
    }
    let start = scanner.position
    let mark = scanner.block.mark
    let quote = scanner.byte
    _ = try scanner.scanString(long: true)
    scanner.block.rollBack(to: mark)
    if scanner.position > start + 5, scanner.text[start + 1] == quote {
      throw scanner.stop(.expectedVersion, at: start)
    }
  }
}
