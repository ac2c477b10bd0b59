import Algebra
import Diagnostics
import RDF

/// IRIs, literals, variables and blank nodes.
extension SPARQLParser {
  // MARK: IRIs

  /// The IRI at the place; nil when there is none.
  mutating func iriIfPresent() throws(Diagnostic) -> String? {
    switch token.kind {
    case .iriReference, .prefixedName: try iri()
    default: nil
    }
  }

  mutating func iri() throws(Diagnostic) -> String {
    let iri: String
    switch token.kind {
    case .iriReference: iri = try resolved(token)
    case .prefixedName: iri = try expanded(token)
    default: throw expected("an IRI")
    }
    try lexer.advance()
    return iri
  }

  private func resolved(_ token: Token) throws(Diagnostic) -> String {
    let range = token.middle..<token.end - 1
    if token.hasEscape { return try resolved(Escapes.iri(lexer.bytes, range), token) }
    let isAbsolute = lexer.bytes.withUnsafeBufferPointer {
      IRIParts.schemeLength(UnsafeBufferPointer(rebasing: $0[range])) != nil
    }
    return isAbsolute ? text(range) : try resolved(text(range), token)
  }

  private func resolved(_ reference: String, _ token: Token) throws(Diagnostic) -> String {
    let bytes = Array(reference.utf8)
    if bytes.withUnsafeBufferPointer(IRIParts.schemeLength) != nil { return reference }
    guard let baseParts else {
      throw problem(
        "relative-iri", "this IRI is relative, and there is no base: declare one with BASE <…>",
        at: token.range)
    }
    return String(decoding: baseParts.resolve(bytes), as: UTF8.self)
  }

  private func expanded(_ token: Token) throws(Diagnostic) -> String {
    let prefix = text(token.start..<token.middle - 1)
    guard let namespace = prefixes[prefix] ?? (acceptsAnyPrefix ? "urn:" : nil) else {
      throw unknownPrefix(prefix, token)
    }
    if token.hasEscape {
      let name = Escapes.localName(lexer.bytes[token.middle..<token.end])
      return namespace + String(decoding: name, as: UTF8.self)
    }
    return namespace + text(token.middle..<token.end)
  }

  private func unknownPrefix(_ prefix: String, _ token: Token) -> Diagnostic {
    let range = SourceRange(token.start, token.middle)
    let common = CommonPrefixes.namespace(of: prefix)
    var diagnostic = problem(
      "unknown-prefix",
      "the prefix '\(prefix):' is not declared: write PREFIX \(prefix): <\(common ?? "…")> first",
      at: range)
    if common != nil { return diagnostic }
    let near = prefixes.keys.compactMap { known in
      editDistance(prefix.unicodeScalars, known.unicodeScalars, limit: prefix.isEmpty ? 0 : 2)
        .map { ($0, known) }
    }
    if let best = near.filter({ $0.0 < prefix.unicodeScalars.count }).min(by: { $0 < $1 })?.1 {
      diagnostic.fixIts.append(
        Diagnostic.FixIt("did you mean '\(best):'?", replace: range, with: best + ":"))
    }
    return diagnostic
  }

  // MARK: Literals

  /// The literal at the place; nil when there is none.
  mutating func literalIfPresent() throws(Diagnostic) -> Literal? {
    switch token.kind {
    case .string: return try stringLiteral()
    case .integer: return try number(XSD.integer)
    case .decimal: return try number(XSD.decimal)
    case .double: return try number(XSD.double)
    case .keyword(.true), .keyword(.false):
      let form = at(.true) ? "true" : "false"
      try lexer.advance()
      return Literal(form, datatype: XSD.boolean)
    default: return nil
    }
  }

  private mutating func number(_ datatype: String) throws(Diagnostic) -> Literal {
    let literal = Literal(text(token.start..<token.end), datatype: datatype)
    try lexer.advance()
    return literal
  }

  /// The content of the string at the place.
  mutating func string() throws(Diagnostic) -> String {
    guard token.kind == .string else { throw expected("a string in quotes") }
    let quoteLength =
      lexer.byte(token.start + 1) == lexer.byte(token.start)
        && token.middle == token.start + 3 ? 3 : 1
    let range = token.middle..<token.end - quoteLength
    let content = token.hasEscape ? try Escapes.string(lexer.bytes, range) : text(range)
    try lexer.advance()
    return content
  }

  private mutating func stringLiteral() throws(Diagnostic) -> Literal {
    let content = try string()
    if token.kind == .languageTag {
      let language = text(token.start + 1..<token.middle)
      let hasDirection = token.middle < token.end
      let direction =
        hasDirection
        ? Literal.Direction(rawValue: text(token.middle + 2..<token.end)) : nil
      try lexer.advance()
      return Literal(content, language: language, direction: direction)
    }
    guard try take(.doubleCaret) else { return Literal(content) }
    let start = token.start
    let datatype = try iri()
    if datatype == Vocabulary.langString || datatype == Vocabulary.dirLangString {
      throw problem(
        "reserved-datatype",
        "this datatype cannot be written: use @language or @language--direction",
        at: SourceRange(start, lexer.previousEnd))
    }
    return Literal(content, datatype: datatype)
  }

  // MARK: Variables

  mutating func variableIfPresent() throws(Diagnostic) -> Variable? {
    guard token.kind == .variable else { return nil }
    let variable = Variable(text(token.start + 1..<token.end))
    try lexer.advance()
    return variable
  }

  mutating func variable() throws(Diagnostic) -> Variable {
    guard let variable = try variableIfPresent() else {
      throw expected("a variable such as ?x")
    }
    return variable
  }

  /// A variable that the text cannot name.
  mutating func freshVariable() -> Variable {
    freshCount += 1
    return Variable(" \(freshCount)")
  }

  /// VarOrIri
  mutating func variableOrIRI() throws(Diagnostic) -> TermPattern {
    if let pattern = try variableOrIRIIfPresent() { return pattern }
    throw expected("a variable or an IRI")
  }

  private mutating func variableOrIRIIfPresent() throws(Diagnostic) -> TermPattern? {
    if token.kind == .variable, !place.allowsVariables {
      throw problem("variable-in-data", "there can be no variables in data, found \(found)")
    }
    if let variable = try variableIfPresent() { return .variable(variable) }
    if let iri = try iriIfPresent() { return .term(.iri(iri)) }
    return nil
  }

  // MARK: Nodes

  /// A variable, an IRI, a literal, a blank node or a triple term; nil when there is none of them.
  mutating func termIfPresent() throws(Diagnostic) -> TermPattern? {
    if let pattern = try variableOrIRIIfPresent() { return pattern }
    if let literal = try literalIfPresent() { return .term(.literal(literal)) }
    if let node = try blankNodeIfPresent() { return node }
    return at(.openTripleTerm) ? try tripleTerm() : nil
  }

  /// `_:label` or `[]`; anything else in brackets is left to others.
  mutating func blankNodeIfPresent() throws(Diagnostic) -> TermPattern? {
    guard token.kind == .blankNode else { return nil }
    let range = token.range
    let label = text(token.middle..<token.end)
    try checkBlankNodeAllowed(range)
    let isNoted = place.isPattern || place == .insertData
    guard !isNoted || labels.note(label) else {
      throw problem(
        "shared-label",
        place.isPattern
          ? "the label _:\(label) stands in another basic graph pattern already: use a variable"
          : "the label _:\(label) stands in another INSERT DATA already", at: range)
    }
    lexer.besideByteCount = labels.byteCount
    try lexer.advance()
    if place.isPattern { return .variable(Variable("." + label)) }
    return .term(.blankNode(Self.kept(label)))
  }

  func checkBlankNodeAllowed(_ range: SourceRange) throws(Diagnostic) {
    if let refusing = place.refusingBlankNodes {
      throw problem(
        "blank-node-refused", "there can be no blank nodes in \(refusing)", at: range)
    }
  }

  /// A node of its own, for brackets and reifiers.
  mutating func freshNode(_ range: SourceRange) throws(Diagnostic) -> TermPattern {
    try checkBlankNodeAllowed(range)
    if place.isPattern { return .variable(freshVariable()) }
    freshCount += 1
    return .term(.blankNode("g\(freshCount)"))
  }

  /// The label of the text, changed where it could be one of `freshNode`.
  static func kept(_ label: String) -> String {
    let digits = label.utf8.drop { $0 == UInt8(ascii: "g") }
    let isLikeFresh =
      digits.count < label.utf8.count && !digits.isEmpty && digits.allSatisfy { $0 &- 0x30 < 10 }
    return isLikeFresh ? "g" + label : label
  }
}
