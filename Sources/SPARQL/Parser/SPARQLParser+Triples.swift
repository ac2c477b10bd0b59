import Algebra
import Diagnostics
import RDF

/// Triples with their abbreviations. Source: SPARQL 1.2, productions TriplesSameSubject to VarOrTerm and their path twins.
extension SPARQLParser {
  /// What stands between subject and object.
  private enum Verb {
    case term(TermPattern)
    case path(Path)

    var term: TermPattern? {
      if case .term(let term) = self { term } else { nil }
    }
  }

  /// Whether a subject can begin with the token.
  var isAtSubject: Bool {
    switch token.kind {
    case .variable, .iriReference, .prefixedName, .blankNode, .string, .integer, .decimal, .double,
      .keyword(.true), .keyword(.false), .sign(.openParenthesis), .sign(.openBracket),
      .sign(.openReified), .sign(.openTripleTerm):
      true
    default: false
    }
  }

  /// Triples separated by dots, as far as they go.
  mutating func triplesBlock() throws(Diagnostic) {
    while isAtSubject {
      try triplesSameSubject()
      guard try take(.dot) else { return }
    }
  }

  mutating func triplesSameSubject() throws(Diagnostic) {
    let start = token
    watch(.subject)
    let subject: TermPattern
    var isComplete = false
    switch start.kind {
    case .sign(.openParenthesis):
      subject = try collection()
      // An empty list is a mere term.
      isComplete = subject != .term(.iri(Self.rdfNil))
    case .sign(.openBracket): (subject, isComplete) = try bracketedNode()
    case .sign(.openReified):
      subject = try reifiedTriple()
      isComplete = true
    default:
      guard let term = try termIfPresent() else { throw expected("a subject") }
      subject = term
    }
    try checkSubject(subject, start)
    if isComplete, !isAtVerb { return }
    try propertyList(subject)
  }

  private func checkSubject(_ subject: TermPattern, _ token: Token) throws(Diagnostic) {
    guard !place.allowsVariables, case .term(let term) = subject else { return }
    switch term {
    case .iri, .blankNode: return
    case .literal, .triple:
      throw problem(
        "expected-subject", "expected a subject: an IRI or a blank node",
        at: SourceRange(token.start, lexer.previousEnd))
    }
  }

  // MARK: Properties

  private var isAtVerb: Bool {
    switch token.kind {
    case .variable, .iriReference, .prefixedName, .keyword(.a): true
    case .sign(.openParenthesis), .sign(.caret), .sign(.exclamation): place == .pattern
    default: false
    }
  }

  private mutating func propertyList(_ subject: TermPattern) throws(Diagnostic) {
    try verbAndObjects(subject)
    while try take(.semicolon) {
      if isAtVerb { try verbAndObjects(subject) }
    }
  }

  private mutating func verbAndObjects(_ subject: TermPattern) throws(Diagnostic) {
    watch(.predicate(of: subject))
    let verb = try verb()
    let pathHeight = height
    repeat {
      watch(.object(of: subject, predicate: verb.term))
      let object = try graphNode()
      switch verb {
      case .term(let predicate):
        statements.add(subject, predicate, object)
        if at(.tilde) || at(.openAnnotation) { try annotations(subject, predicate, object) }
      case .path(let path):
        addPath(subject, path, object, height: pathHeight)
        if at(.tilde) || at(.openAnnotation) {
          throw problem(
            "annotated-path", "only a triple with a simple predicate can be annotated, not a path")
        }
      }
    } while try take(.comma)
  }

  private mutating func verb() throws(Diagnostic) -> Verb {
    guard isAtVerb else {
      throw expected(place == .pattern ? "a predicate or a path" : "a predicate")
    }
    guard place == .pattern, token.kind != .variable else { return .term(try simpleVerb()) }
    let path = try path()
    if case .predicate(let predicate) = path { return .term(.term(predicate)) }
    return .path(path)
  }

  /// VarOrIri or `a`.
  private mutating func simpleVerb() throws(Diagnostic) -> TermPattern {
    if watched == nil { watch(.predicate(of: .variable(Variable(" subject")))) }
    if try take(.a) { return .term(.iri(Vocabulary.type)) }
    return try variableOrIRI()
  }

  /// Sequences and inverses become triples, the rest stays a path. Source: SPARQL 1.2 Query, section 18.3.2.4.
  private mutating func addPath(
    _ subject: TermPattern, _ path: Path, _ object: TermPattern, height: Int
  ) {
    switch path {
    case .predicate(let predicate): statements.add(subject, .term(predicate), object)
    case .inverse(let inner): addPath(object, inner, subject, height: height)
    case .sequence(let first, let second):
      let middle = TermPattern.variable(freshVariable())
      addPath(subject, first, middle, height: height)
      addPath(middle, second, object, height: height)
    case .alternative, .zeroOrMore, .oneOrMore, .zeroOrOne, .negated:
      statements.add(subject, path, object, height: height)
    }
  }

  // MARK: Nodes

  /// GraphNode
  private mutating func graphNode() throws(Diagnostic) -> TermPattern {
    switch token.kind {
    case .sign(.openParenthesis): return try collection()
    case .sign(.openBracket): return try bracketedNode().node
    case .sign(.openReified): return try reifiedTriple()
    default:
      guard let term = try termIfPresent() else {
        throw expected(
          place.allowsVariables ? "an object: a variable or a term" : "an object: a term")
      }
      return term
    }
  }

  static let rdfNil = Vocabulary.rdf + "nil"

  /// `( node … )`
  private mutating func collection() throws(Diagnostic) -> TermPattern {
    let opening = token.range
    try lexer.advance()
    let end = TermPattern.term(.iri(Self.rdfNil))
    if try take(.closeParenthesis) { return end }
    return try nested { (parser) throws(Diagnostic) in
      let first = try parser.freshNode(opening)
      var cell = first
      while true {
        let item = try parser.graphNode()
        parser.statements.add(cell, .term(.iri(Vocabulary.rdf + "first")), item)
        guard !parser.at(.closeParenthesis), parser.token.kind != .end else { break }
        let next = try parser.freshNode(opening)
        parser.statements.add(cell, .term(.iri(Vocabulary.rdf + "rest")), next)
        cell = next
      }
      parser.statements.add(cell, .term(.iri(Vocabulary.rdf + "rest")), end)
      try parser.close(.closeParenthesis, opening)
      return first
    }
  }

  /// `[]` or `[ property list ]`; the latter is a statement by itself.
  private mutating func bracketedNode() throws(Diagnostic)
    -> (node: TermPattern, hasProperties: Bool)
  {
    let opening = token.range
    try lexer.advance()
    let node = try freshNode(opening)
    if try take(.closeBracket) { return (node, false) }
    try nested { (parser) throws(Diagnostic) in
      try parser.propertyList(node)
      try parser.close(.closeBracket, opening)
    }
    return (node, true)
  }

  // MARK: Triple terms and reifiers

  /// `<<( s p o )>>`
  mutating func tripleTerm() throws(Diagnostic) -> TermPattern {
    let opening = token.range
    try lexer.advance()
    return try nested { (parser) throws(Diagnostic) in
      let start = parser.token
      let subject = try parser.tripleTermNode("a subject")
      try parser.checkSubject(subject, start)
      let predicate = try parser.simpleVerb()
      let object = try parser.tripleTermNode("an object")
      try parser.close(.closeTripleTerm, opening)
      return .triple(of: subject, predicate, object)
    }
  }

  /// `<< s p o ~ r >>`, which gives the reifier.
  private mutating func reifiedTriple() throws(Diagnostic) -> TermPattern {
    let opening = token.range
    try lexer.advance()
    return try nested { (parser) throws(Diagnostic) in
      let start = parser.token
      let subject = try parser.reifiedNode("a subject")
      try parser.checkSubject(subject, start)
      let predicate = try parser.simpleVerb()
      let object = try parser.reifiedNode("an object")
      let tilde = parser.token.range
      let reifier =
        try parser.take(.tilde) ? try parser.reifier(tilde) : try parser.freshNode(opening)
      try parser.close(.closeReified, opening)
      parser.addReification(reifier, subject, predicate, object)
      return reifier
    }
  }

  private mutating func reifiedNode(_ role: String) throws(Diagnostic) -> TermPattern {
    try at(.openReified) ? reifiedTriple() : tripleTermNode(role)
  }

  private mutating func tripleTermNode(_ role: String) throws(Diagnostic) -> TermPattern {
    if at(.openBracket) { return try anonymousNode() }
    guard let term = try termIfPresent() else { throw expected(role) }
    return term
  }

  /// What stands after `~`: a name, or nothing, which means a fresh node.
  private mutating func reifier(_ tilde: SourceRange) throws(Diagnostic) -> TermPattern {
    if let node = try blankNodeIfPresent() { return node }
    switch token.kind {
    case .variable, .iriReference, .prefixedName: return try variableOrIRI()
    case .sign(.openBracket): return try anonymousNode()
    default: return try freshNode(tilde)
    }
  }

  /// `[]`
  private mutating func anonymousNode() throws(Diagnostic) -> TermPattern {
    let opening = token.range
    try lexer.advance()
    try close(.closeBracket, opening)
    return try freshNode(opening)
  }

  private mutating func addReification(
    _ reifier: TermPattern, _ subject: TermPattern, _ predicate: TermPattern,
    _ object: TermPattern
  ) {
    statements.add(
      reifier, .term(.iri(Vocabulary.reifies)), .triple(of: subject, predicate, object))
  }

  /// `~ r {| … |}` after a triple, any number of them.
  private mutating func annotations(
    _ subject: TermPattern, _ predicate: TermPattern, _ object: TermPattern
  ) throws(Diagnostic) {
    var named: TermPattern?
    while true {
      let opening = token.range
      if try take(.tilde) {
        let reifier = try reifier(opening)
        addReification(reifier, subject, predicate, object)
        named = reifier
      } else if try take(.openAnnotation) {
        let reifier: TermPattern
        if let known = named {
          reifier = known
        } else {
          reifier = try freshNode(opening)
          addReification(reifier, subject, predicate, object)
        }
        named = nil
        try nested { (parser) throws(Diagnostic) in
          try parser.propertyList(reifier)
          try parser.close(.closeAnnotation, opening)
        }
      } else {
        return
      }
    }
  }
}

extension TermPattern {
  /// A triple term: a constant when there is no variable inside.
  static func triple(of subject: TermPattern, _ predicate: TermPattern, _ object: TermPattern)
    -> TermPattern
  {
    guard case .term(let s) = subject, case .term(let p) = predicate, case .term(let o) = object
    else { return .triple(TriplePattern(subject, predicate, object)) }
    return .term(.triple(Triple(s, p, o)))
  }
}
