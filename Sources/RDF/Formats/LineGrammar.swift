/// N-Triples and N-Quads 1.2. Source: RDF 1.2 N-Triples, section 7; RDF 1.2 N-Quads, section 7.
struct LineGrammar {
  /// Whether statements can name a graph.
  let hasGraphs: Bool
  /// The token of the last subject in the block, for files in order of subject.
  private var lastSubject: UInt32?

  init(hasGraphs: Bool) {
    self.hasGraphs = hasGraphs
  }

  /// Reads statements until the bytes or the block are used up. The bytes hold whole lines only.
  mutating func read(_ scanner: inout TextScanner) throws(SyntaxStop) {
    lastSubject = nil
    while !scanner.block.isFull {
      while scanner.is(scanner.byte, .space) { scanner.position += 1 }
      if scanner.position >= scanner.end { return }
      if scanner.byte == UInt8(ascii: "#") {
        try scanner.skipComment()
      } else {
        let mark = scanner.block.mark
        do throws(SyntaxStop) {
          try statement(&scanner)
        } catch {
          scanner.block.rollBack(to: mark)
          throw error
        }
      }
    }
  }

  private mutating func statement(_ scanner: inout TextScanner) throws(SyntaxStop) {
    let start = scanner.position
    if scanner.byte | 0x20 == UInt8(ascii: "v") { return try version(&scanner) }
    let subject = try subject(&scanner)
    scanner.skipBlanks()
    let predicate = try iri(&scanner, .expectedPredicate)
    scanner.skipBlanks()
    let object = try object(&scanner, depth: 0)
    scanner.skipBlanks()
    var graph = TripleBlock.defaultGraph
    if hasGraphs, scanner.byte != UInt8(ascii: ".") {
      graph = try node(&scanner, .expectedGraph)
      scanner.skipBlanks()
    }
    try scanner.expect(".", .expectedDot)
    try lineEnd(&scanner)
    scanner.block.addQuad(
      TokenQuad(
        subject, predicate, object, graph: graph, offset: UInt32(truncatingIfNeeded: start)))
  }

  private func lineEnd(_ scanner: inout TextScanner) throws(SyntaxStop) {
    scanner.skipBlanks()
    if scanner.byte == UInt8(ascii: "#") { try scanner.skipComment() }
    guard scanner.byte == 0x0A || scanner.byte == 0x0D || scanner.position >= scanner.end else {
      throw scanner.stop(.expectedLineEnd)
    }
  }

  /// `VERSION "1.2"`: the label is not looked at.
  private func version(_ scanner: inout TextScanner) throws(SyntaxStop) {
    guard scanner.matches("VERSION", at: scanner.position) else {
      throw scanner.stop(.expectedSubject)
    }
    scanner.position += 7
    scanner.skipBlanks()
    guard scanner.byte == UInt8(ascii: "\"") || scanner.byte == UInt8(ascii: "'") else {
      throw scanner.stop(.expectedVersion)
    }
    let mark = scanner.block.mark
    _ = try scanner.scanString(long: false)
    scanner.block.rollBack(to: mark)
    try lineEnd(&scanner)
  }

  /// The same token as for the statement before when the bytes are the same.
  private mutating func subject(_ scanner: inout TextScanner) throws(SyntaxStop) -> UInt32 {
    guard scanner.byte == UInt8(ascii: "<") else {
      lastSubject = nil
      return try node(&scanner, .expectedSubject)
    }
    if let lastSubject, scanner.repeats(scanner.block.tokens[Int(lastSubject)]) {
      scanner.position += Int(scanner.block.tokens[Int(lastSubject)].length) + 2
      return lastSubject
    }
    let token = try iri(&scanner, .expectedSubject)
    lastSubject = scanner.block.tokens[Int(token)].isCopied ? nil : token
    return token
  }

  private func iri(_ scanner: inout TextScanner, _ problem: SyntaxProblem) throws(SyntaxStop)
    -> UInt32
  {
    let start = scanner.position
    guard scanner.byte == UInt8(ascii: "<") else { throw scanner.stop(problem) }
    let bytes = try scanner.scanIRI()
    guard scanner.hasScheme(bytes) else {
      throw scanner.stop(.relativeIRI, at: start, to: scanner.position)
    }
    return scanner.block.add(.iri, bytes)
  }

  private func node(_ scanner: inout TextScanner, _ problem: SyntaxProblem) throws(SyntaxStop)
    -> UInt32
  {
    scanner.byte == UInt8(ascii: "_")
      ? try scanner.addBlankNode() : try iri(&scanner, problem)
  }

  private func object(_ scanner: inout TextScanner, depth: Int) throws(SyntaxStop) -> UInt32 {
    switch scanner.byte {
    case UInt8(ascii: "<") where scanner.byte(1) == UInt8(ascii: "<"):
      return try tripleTerm(&scanner, depth: depth)
    case UInt8(ascii: "\""): return try literal(&scanner)
    default: return try node(&scanner, .expectedObject)
    }
  }

  private func literal(_ scanner: inout TextScanner) throws(SyntaxStop) -> UInt32 {
    let string = try scanner.scanString(long: false)
    scanner.skipBlanks()
    let start = scanner.position
    if scanner.byte == UInt8(ascii: "@") { return try scanner.addTagged(string) }
    guard scanner.byte == UInt8(ascii: "^") else { return scanner.block.add(.string, string) }
    scanner.position += 1
    try scanner.expect("^", .expectedIRI)
    scanner.skipBlanks()
    guard scanner.byte == UInt8(ascii: "<") else { throw scanner.stop(.expectedIRI) }
    let datatype = try scanner.scanIRI()
    guard scanner.hasScheme(datatype) else {
      throw scanner.stop(.relativeIRI, at: start, to: scanner.position)
    }
    return try scanner.addTyped(string, datatype, at: start)
  }

  private func tripleTerm(_ scanner: inout TextScanner, depth: Int) throws(SyntaxStop) -> UInt32 {
    guard depth < TurtleGrammar.depthLimit else { throw scanner.stop(.tooDeep) }
    scanner.position += 2
    try scanner.expect("(", .expectedObject)
    scanner.skipBlanks()
    let subject = try node(&scanner, .expectedSubject)
    scanner.skipBlanks()
    let predicate = try iri(&scanner, .expectedPredicate)
    scanner.skipBlanks()
    let object = try object(&scanner, depth: depth + 1)
    scanner.skipBlanks()
    guard scanner.matches(")>>", at: scanner.position) else {
      throw scanner.stop(.expectedTripleTermEnd)
    }
    scanner.position += 3
    return scanner.block.addTripleTerm(subject, predicate, object)
  }
}

extension TextScanner {
  /// Whether the IRI at the place is that of a token of the input.
  fileprivate func repeats(_ token: TermToken) -> Bool {
    let length = Int(token.length)
    guard position + length + 1 < end, text[position + length + 1] == UInt8(ascii: ">") else {
      return false
    }
    return WideBytes.equal(text + Int(token.offset), text + position + 1, count: length)
  }
}
