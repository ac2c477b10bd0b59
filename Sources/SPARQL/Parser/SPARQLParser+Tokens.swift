import Algebra
import Diagnostics

/// Taking tokens, and saying what is wrong with them.
extension SPARQLParser {
  @inline(__always)
  var token: Token { lexer.token }

  func at(_ sign: Sign) -> Bool { token.kind == .sign(sign) }

  func at(_ keyword: Keyword) -> Bool { token.kind == .keyword(keyword) }

  mutating func take(_ sign: Sign) throws(Diagnostic) -> Bool {
    guard at(sign) else { return false }
    try lexer.advance()
    return true
  }

  mutating func take(_ keyword: Keyword) throws(Diagnostic) -> Bool {
    guard at(keyword) else { return false }
    try lexer.advance()
    return true
  }

  mutating func expect(_ sign: Sign) throws(Diagnostic) {
    guard try take(sign) else { throw expected("'\(sign.rawValue)'") }
  }

  mutating func expect(_ keyword: Keyword) throws(Diagnostic) {
    guard try take(keyword) else { throw expected(keyword.rawValue, keywords: [keyword]) }
  }

  /// Takes the bracket that closes the one at `opening`.
  mutating func close(_ sign: Sign, _ opening: SourceRange) throws(Diagnostic) {
    if try take(sign) { return }
    var diagnostic = expected("'\(sign.rawValue)'")
    diagnostic.notes.append(Diagnostic.Note("opened here", at: opening))
    throw diagnostic
  }

  func text(_ range: Range<Int>) -> String { String(decoding: lexer.bytes[range], as: UTF8.self) }

  // MARK: Depth

  /// Calls the body one bracket deeper.
  mutating func nested<Result>(
    _ body: (inout SPARQLParser) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    guard depth < Self.depthLimit else {
      throw Diagnostic(
        id: "too-deep", "brackets are nested too deeply: more than \(Self.depthLimit)",
        at: token.range)
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  /// Notes that what was read last is this high, and refuses what later steps could not walk.
  mutating func setHeight(_ newHeight: Int) throws(Diagnostic) {
    guard newHeight <= Self.heightLimit else {
      throw Diagnostic(
        id: "too-deep",
        "there are too many operators one upon another: more than "
          + "\(Self.heightLimit)", at: token.range)
    }
    height = newHeight
  }

  /// Parts with a sign between them, combined by an associative operator.
  mutating func chain<Part>(
    _ sign: Sign, _ combine: (Part, Part) -> Part,
    _ part: (inout SPARQLParser) throws(Diagnostic) -> Part
  ) throws(Diagnostic) -> Part {
    let first = try part(&self)
    guard at(sign) else { return first }
    var parts = [first]
    var highest = height
    while try take(sign) {
      parts.append(try part(&self))
      highest = max(highest, height)
    }
    try setHeight(balancedHeight(parts.count, of: highest))
    return balanced(parts[...], combine)
  }

  // MARK: Problems

  func problem(_ id: String, _ message: String, at range: SourceRange? = nil) -> Diagnostic {
    Diagnostic(id: id, message, at: range ?? token.range)
  }

  /// The problem that something else stands at the place; words near one of the keywords get a suggestion.
  func expected(
    _ what: String, keywords: [Keyword] = [], functions: [Function] = []
  ) -> Diagnostic {
    if token.kind == .invalid, let problem = lexer.problem { return problem }
    if token.kind == .sign(.less), let problem = badIRI { return problem }
    var diagnostic = Diagnostic(
      id: token.kind == .end ? "unexpected-end" : "unexpected-token",
      "expected \(what), found \(found)", at: token.range)
    if case .word = token.kind,
      let near = nearest(keywords.map(\.rawValue) + functions.map(\.rawValue))
    {
      diagnostic.fixIts.append(
        Diagnostic.FixIt("did you mean '\(near)'?", replace: token.range, with: near))
    }
    return diagnostic
  }

  var found: String {
    if token.kind == .end { return "the end of the text" }
    let isLong = token.end - token.start > 40
    let shown = text(token.start..<(isLong ? token.start + 40 : token.end))
    return isLong ? "'\(shown)…'" : "'\(shown)'"
  }

  /// What is within two changes of the word at the place.
  private func nearest(_ candidates: [String]) -> String? {
    let word = text(token.start..<token.end).uppercased().unicodeScalars
    let limit = word.count < 5 ? 1 : 2
    return candidates.compactMap { candidate in
      editDistance(word, candidate.unicodeScalars, limit: limit).map { ($0, candidate) }
    }
    .min { $0.0 < $1.0 }?.1
  }

  /// That what looks like an IRI holds a character that cannot stand there.
  private var badIRI: Diagnostic? {
    let stop = token.middle
    let content = lexer.bytes[token.start + 1..<stop]
    guard content.contains(UInt8(ascii: ":")) || content.contains(UInt8(ascii: "/")) else {
      return nil
    }
    if stop >= lexer.bytes.count || lexer.byte(stop) == 0x0A {
      return problem(
        "unclosed-iri", "expected '>' at the end of the IRI", at: SourceRange(token.start, stop))
    }
    return problem(
      "bad-iri-character", "this character cannot stand in an IRI", at: SourceRange(stop, stop + 1))
  }
}
