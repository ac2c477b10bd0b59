/// Statements: subjects, lists of predicates and objects, annotations.
extension TurtleGrammar {
  mutating func triples(_ scanner: inout TextScanner) throws(SyntaxStop) {
    switch scanner.byte {
    case UInt8(ascii: "["):
      let (node, isAnonymous) = try bracket(&scanner, depth: 0)
      try scanner.skipSpace()
      if isAnonymous || !isAtEndOfTriples(scanner) {
        try predicateObjects(&scanner, of: node, depth: 0)
      }
    case UInt8(ascii: "<") where scanner.isAtReifiedTriple:
      let node = try reifiedTriple(&scanner, depth: 0)
      try scanner.skipSpace()
      if !isAtEndOfTriples(scanner) { try predicateObjects(&scanner, of: node, depth: 0) }
    case UInt8(ascii: "("):
      let list = try collection(&scanner, depth: 0)
      try predicateObjects(&scanner, of: list, depth: 0)
    default:
      guard let subject = try node(&scanner, .expectedSubject) else {
        throw scanner.stop(.expectedSubject)
      }
      try predicateObjects(&scanner, of: subject, depth: 0)
    }
  }

  private func isAtEndOfTriples(_ scanner: borrowing TextScanner) -> Bool {
    scanner.byte == UInt8(ascii: ".") || scanner.byte == UInt8(ascii: "}")
  }

  /// `verb objects (';' (verb objects)?)*`
  mutating func predicateObjects(_ scanner: inout TextScanner, of subject: UInt32, depth: Int)
    throws(SyntaxStop)
  {
    while true {
      try scanner.skipSpace()
      let predicate = try verb(&scanner)
      try objects(&scanner, of: subject, predicate, depth: depth)
      try scanner.skipSpace()
      guard scanner.byte == UInt8(ascii: ";") else { return }
      while scanner.byte == UInt8(ascii: ";") {
        scanner.position += 1
        try scanner.skipSpace()
      }
      switch scanner.byte {
      case UInt8(ascii: "."), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "|"): return
      default: continue
      }
    }
  }

  private mutating func objects(
    _ scanner: inout TextScanner, of subject: UInt32, _ predicate: UInt32, depth: Int
  ) throws(SyntaxStop) {
    while true {
      try scanner.skipSpace()
      let object = try object(&scanner, depth: depth)
      addQuad(&scanner, subject, predicate, object)
      try scanner.skipSpace()
      if scanner.byte == UInt8(ascii: "~") || scanner.byte == UInt8(ascii: "{") {
        try annotations(&scanner, of: subject, predicate, object, depth: depth)
      }
      guard scanner.byte == UInt8(ascii: ",") else { return }
      scanner.position += 1
    }
  }

  /// `('~' reifier? | '{|' predicateObjects '|}')*` after an object.
  private mutating func annotations(
    _ scanner: inout TextScanner, of subject: UInt32, _ predicate: UInt32, _ object: UInt32,
    depth: Int
  ) throws(SyntaxStop) {
    guard depth < Self.depthLimit else { throw scanner.stop(.tooDeep) }
    let term = scanner.block.addTripleTerm(subject, predicate, object)
    var reifier: UInt32?
    while true {
      if scanner.byte == UInt8(ascii: "~") {
        reifier = try self.reifier(&scanner)
        addReification(&scanner, reifier, of: term)
      } else if scanner.byte == UInt8(ascii: "{") {
        scanner.position += 1
        try scanner.expect("|", .expectedObject)
        let node = reifier ?? scanner.block.addAnonymousNode()
        if reifier == nil { addReification(&scanner, node, of: term) }
        reifier = nil
        try predicateObjects(&scanner, of: node, depth: depth + 1)
        guard scanner.byte == UInt8(ascii: "|") else { throw scanner.stop(.expectedAnnotationEnd) }
        scanner.position += 1
        try scanner.expect("}", .expectedAnnotationEnd)
      } else {
        return
      }
      try scanner.skipSpace()
    }
  }

  private func addReification(
    _ scanner: inout TextScanner, _ reifier: UInt32?, of term: UInt32
  ) {
    guard let reifier else { return }
    let reifies = scanner.block.add(.reifies)
    addQuad(&scanner, reifier, reifies, term)
  }

  /// `'~' (iri | BlankNode)?`: a fresh node when there is none.
  private func reifier(_ scanner: inout TextScanner) throws(SyntaxStop) -> UInt32 {
    scanner.position += 1
    try scanner.skipSpace()
    switch scanner.byte {
    case UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "~"),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "|"),
      UInt8(ascii: ">"), UInt8(ascii: ")"):
      return scanner.block.addAnonymousNode()
    default:
      guard let node = try node(&scanner, .expectedReifier) else {
        throw scanner.stop(.expectedReifier)
      }
      return node
    }
  }

  /// `<< subject predicate object ('~' reifier?)? >>`: gives the reifier.
  mutating func reifiedTriple(_ scanner: inout TextScanner, depth: Int) throws(SyntaxStop) -> UInt32
  {
    guard depth < Self.depthLimit else { throw scanner.stop(.tooDeep) }
    let start = scanner.position
    scanner.position += 2
    if scanner.byte == UInt8(ascii: "(") { throw scanner.stop(.expectedSubject, at: start) }
    try scanner.skipSpace()
    let subject = try innerTerm(&scanner, .expectedSubject, depth: depth + 1)
    try scanner.skipSpace()
    let predicate = try verb(&scanner)
    try scanner.skipSpace()
    let object = try innerObject(&scanner, allowsReified: true, depth: depth + 1)
    try scanner.skipSpace()
    let term = scanner.block.addTripleTerm(subject, predicate, object)
    let node =
      scanner.byte == UInt8(ascii: "~")
      ? try reifier(&scanner) : scanner.block.addAnonymousNode()
    try scanner.skipSpace()
    guard scanner.byte == UInt8(ascii: ">") else { throw scanner.stop(.expectedReifiedTripleEnd) }
    scanner.position += 1
    try scanner.expect(">", .expectedReifiedTripleEnd)
    addReification(&scanner, node, of: term)
    return node
  }

  /// A node or another reified triple.
  private mutating func innerTerm(
    _ scanner: inout TextScanner, _ problem: SyntaxProblem, depth: Int
  ) throws(SyntaxStop) -> UInt32 {
    if scanner.isAtReifiedTriple { return try reifiedTriple(&scanner, depth: depth) }
    guard let node = try node(&scanner, problem) else { throw scanner.stop(problem) }
    return node
  }

  /// An object inside `<< >>` or `<<( )>>`: no list and no property list.
  private mutating func innerObject(
    _ scanner: inout TextScanner, allowsReified: Bool, depth: Int
  ) throws(SyntaxStop) -> UInt32 {
    if scanner.isAtReifiedTriple {
      if scanner.byte(2) == UInt8(ascii: "(") { return try tripleTerm(&scanner, depth: depth) }
      if scanner.position + 2 >= scanner.end {
        throw scanner.stop(.expectedObject, at: scanner.position + 2)
      }
      guard allowsReified else { throw scanner.stop(.expectedObject) }
      return try reifiedTriple(&scanner, depth: depth)
    }
    if let literal = try literal(&scanner) { return literal }
    guard let node = try node(&scanner, .expectedObject) else {
      throw scanner.stop(.expectedObject)
    }
    return node
  }

  /// `<<( subject predicate object )>>`
  mutating func tripleTerm(_ scanner: inout TextScanner, depth: Int) throws(SyntaxStop) -> UInt32 {
    guard depth < Self.depthLimit else { throw scanner.stop(.tooDeep) }
    scanner.position += 3
    try scanner.skipSpace()
    guard !scanner.isAtReifiedTriple, let subject = try node(&scanner, .expectedSubject) else {
      throw scanner.stop(.expectedSubject)
    }
    try scanner.skipSpace()
    let predicate = try verb(&scanner)
    try scanner.skipSpace()
    let object = try innerObject(&scanner, allowsReified: false, depth: depth + 1)
    try scanner.skipSpace()
    try scanner.expect(")", .expectedTripleTermEnd)
    try scanner.expect(">", .expectedTripleTermEnd)
    try scanner.expect(">", .expectedTripleTermEnd)
    return scanner.block.addTripleTerm(subject, predicate, object)
  }
}
