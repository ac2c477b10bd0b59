/// Terms of Turtle and TriG.
extension TurtleGrammar {
  /// An IRI, or `a`.
  func verb(_ scanner: inout TextScanner) throws(SyntaxStop) -> UInt32 {
    if scanner.byte == UInt8(ascii: "<") {
      let iri = try absoluteIRI(&scanner)
      return scanner.block.add(.iri, iri)
    }
    if scanner.byte == UInt8(ascii: "a"), !scanner.is(scanner.byte(1), .nameInside),
      try scanner.takeKeyword("a")
    {
      return scanner.block.add(.type)
    }
    guard let iri = try prefixedName(&scanner) else { throw scanner.stop(.expectedPredicate) }
    return scanner.block.add(.iri, iri)
  }

  /// An IRI, a labelled blank node or `[]`; nil when a property list `[ … ]` begins here.
  func node(_ scanner: inout TextScanner, _ problem: SyntaxProblem) throws(SyntaxStop) -> UInt32? {
    switch scanner.byte {
    case UInt8(ascii: "<"):
      if scanner.isAtReifiedTriple { throw scanner.stop(problem) }
      let iri = try absoluteIRI(&scanner)
      return scanner.block.add(.iri, iri)
    case UInt8(ascii: "_"): return try scanner.addBlankNode()
    case UInt8(ascii: "["):
      let start = scanner.position
      scanner.position += 1
      try scanner.skipSpace()
      guard scanner.byte == UInt8(ascii: "]") else {
        if scanner.position >= scanner.end { throw scanner.stop(problem) }
        scanner.position = start
        return nil
      }
      scanner.position += 1
      return scanner.block.addAnonymousNode()
    default:
      guard let iri = try prefixedName(&scanner) else { throw scanner.stop(problem) }
      return scanner.block.add(.iri, iri)
    }
  }

  mutating func object(_ scanner: inout TextScanner, depth: Int) throws(SyntaxStop) -> UInt32 {
    switch scanner.byte {
    case UInt8(ascii: "<"):
      if scanner.byte(1) == UInt8(ascii: "<") {
        return scanner.byte(2) == UInt8(ascii: "(")
          ? try tripleTerm(&scanner, depth: depth) : try reifiedTriple(&scanner, depth: depth)
      }
      let iri = try absoluteIRI(&scanner)
      return scanner.block.add(.iri, iri)
    case UInt8(ascii: "["): return try bracket(&scanner, depth: depth).node
    case UInt8(ascii: "("): return try collection(&scanner, depth: depth)
    case UInt8(ascii: "_"): return try scanner.addBlankNode()
    default:
      if let literal = try literal(&scanner) { return literal }
      guard let iri = try prefixedName(&scanner) else { throw scanner.stop(.expectedObject) }
      return scanner.block.add(.iri, iri)
    }
  }

  /// `[]` or `[ … ]`.
  mutating func bracket(_ scanner: inout TextScanner, depth: Int) throws(SyntaxStop)
    -> (node: UInt32, isAnonymous: Bool)
  {
    guard depth < Self.depthLimit else { throw scanner.stop(.tooDeep) }
    scanner.position += 1
    try scanner.skipSpace()
    let node = scanner.block.addAnonymousNode()
    if scanner.byte == UInt8(ascii: "]") {
      scanner.position += 1
      return (node, true)
    }
    try predicateObjects(&scanner, of: node, depth: depth + 1)
    try scanner.expect("]", .expectedBracket)
    return (node, false)
  }

  /// `( … )`: gives the list's first node, or `rdf:nil`.
  mutating func collection(_ scanner: inout TextScanner, depth: Int) throws(SyntaxStop) -> UInt32 {
    guard depth < Self.depthLimit else { throw scanner.stop(.tooDeep) }
    scanner.position += 1
    var head: UInt32?
    var last: UInt32?
    while true {
      try scanner.skipSpace()
      if scanner.byte == UInt8(ascii: ")") { break }
      let node = scanner.block.addAnonymousNode()
      if let last {
        let rest = scanner.block.add(.rest)
        addQuad(&scanner, last, rest, node)
      }
      head = head ?? node
      last = node
      let object = try object(&scanner, depth: depth + 1)
      let first = scanner.block.add(.first)
      addQuad(&scanner, node, first, object)
    }
    scanner.position += 1
    let empty = scanner.block.add(.empty)
    guard let last, let head else { return empty }
    let rest = scanner.block.add(.rest)
    addQuad(&scanner, last, rest, empty)
    return head
  }

  // MARK: IRIs

  /// The IRI in angle brackets at the place, resolved.
  func absoluteIRI(_ scanner: inout TextScanner) throws(SyntaxStop) -> BlockBuilder.Bytes {
    let start = scanner.position
    guard scanner.byte == UInt8(ascii: "<") else { throw scanner.stop(.expectedIRI) }
    let iri = try scanner.scanIRI()
    if scanner.hasScheme(iri) { return iri }
    guard let base else { throw scanner.stop(.relativeIRI, at: start, to: scanner.position) }
    return scanner.block.copy(base.resolve(scanner.copyOfBytes(iri)))
  }

  /// The IRI of the prefixed name at the place; nil when there is none.
  func prefixedName(_ scanner: inout TextScanner) throws(SyntaxStop) -> BlockBuilder.Bytes? {
    let start = scanner.position
    let end = try scanner.endOfPrefix(from: start)
    guard scanner.text[end] == UInt8(ascii: ":") else {
      if end >= scanner.end { throw scanner.stop(.expectedColon, at: end) }
      return nil
    }
    let prefix = UnsafeBufferPointer(start: scanner.text + start, count: end - start)
    let copy = prefixes.withNamespace(of: prefix) { scanner.block.copy($0) }
    guard let copy else { throw scanner.stop(.unknownPrefix, at: start, to: end + 1) }
    scanner.position = end + 1
    try scanner.copyLocalName()
    return BlockBuilder.Bytes(
      isCopied: true, offset: copy.offset, length: scanner.block.copied.count - copy.offset)
  }

  // MARK: Literals

  /// The literal at the place; nil when there is none.
  func literal(_ scanner: inout TextScanner) throws(SyntaxStop) -> UInt32? {
    switch scanner.byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try quoted(&scanner)
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try number(&scanner)
    case UInt8(ascii: "t"): return try boolean(&scanner, "true")
    case UInt8(ascii: "f"): return try boolean(&scanner, "false")
    default: return nil
    }
  }

  private func boolean(_ scanner: inout TextScanner, _ word: StaticString) throws(SyntaxStop)
    -> UInt32?
  {
    let start = scanner.position
    guard scanner.matches(word, at: start) else { return nil }
    // `true.` ends a statement, unless a prefix with a dot begins so.
    let end = scanner.endOfWord
    if end >= scanner.end, !scanner.isLast { throw scanner.stop(.incomplete, at: end) }
    guard scanner.text[end] != UInt8(ascii: ":"), scanner.takeWord(word) else { return nil }
    let datatype = scanner.block.add(.boolean)
    return scanner.block.add(
      .typedLiteral,
      BlockBuilder.Bytes(isCopied: false, offset: start, length: scanner.position - start),
      datatype: datatype)
  }

  private func quoted(_ scanner: inout TextScanner) throws(SyntaxStop) -> UInt32 {
    let string = try scanner.scanString(long: true)
    try scanner.skipSpace()
    if scanner.byte == UInt8(ascii: "@") { return try scanner.addTagged(string) }
    guard scanner.byte == UInt8(ascii: "^") else { return scanner.block.add(.string, string) }
    let start = scanner.position
    scanner.position += 1
    try scanner.expect("^", .expectedIRI)
    try scanner.skipSpace()
    let isBracketed = scanner.byte == UInt8(ascii: "<")
    let datatype = isBracketed ? try absoluteIRI(&scanner) : try prefixedName(&scanner)
    guard let datatype else { throw scanner.stop(.expectedIRI) }
    return try scanner.addTyped(string, datatype, at: start)
  }

  private func number(_ scanner: inout TextScanner) throws(SyntaxStop) -> UInt32 {
    let start = scanner.position
    var index = start
    if scanner.byte == UInt8(ascii: "+") || scanner.byte == UInt8(ascii: "-") { index += 1 }
    let whole = index
    while scanner.is(scanner.text[index], .digit) { index += 1 }
    var digitCount = index - whole
    var datatype = BlockBuilder.KnownIRI.integer
    if scanner.text[index] == UInt8(ascii: ".") {
      var fraction = index + 1
      while scanner.is(scanner.text[fraction], .digit) { fraction += 1 }
      if fraction >= scanner.end, !scanner.isLast { throw scanner.stop(.badNumber, at: fraction) }
      // `1.` is an integer and the end of the statement, `1.e5` a double.
      let exponent = try endOfExponent(scanner, from: fraction)
      if fraction > index + 1 || (digitCount > 0 && exponent != nil) {
        digitCount += fraction - index - 1
        datatype = .decimal
        index = fraction
      }
    }
    guard digitCount > 0 else { throw scanner.stop(.badNumber, at: index) }
    if let exponent = try endOfExponent(scanner, from: index) {
      index = exponent
      datatype = .double
    }
    if index >= scanner.end { throw scanner.stop(.expectedDot, at: index) }
    scanner.position = index
    let token = scanner.block.add(datatype)
    return scanner.block.add(
      .typedLiteral, BlockBuilder.Bytes(isCopied: false, offset: start, length: index - start),
      datatype: token)
  }

  /// The end of `[eE][+-]?[0-9]+`; nil when there is none.
  private func endOfExponent(_ scanner: borrowing TextScanner, from start: Int) throws(SyntaxStop)
    -> Int?
  {
    guard scanner.text[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var index = start + 1
    if scanner.text[index] == UInt8(ascii: "+") || scanner.text[index] == UInt8(ascii: "-") {
      index += 1
    }
    let digits = index
    while scanner.is(scanner.text[index], .digit) { index += 1 }
    if index >= scanner.end { throw scanner.stop(.badNumber, at: index) }
    return index > digits ? index : nil
  }
}
