import Algebra
import Diagnostics
import RDF

/// Expressions. Source: SPARQL 1.2, productions Expression to PrimaryExpression.
extension SPARQLParser {
  mutating func expression() throws(Diagnostic) -> Expression {
    try chain(.or, Expression.or) { (parser) throws(Diagnostic) in
      try parser.chain(.and, Expression.and) { (parser) throws(Diagnostic) in
        try parser.relation()
      }
    }
  }

  /// RelationalExpression
  private mutating func relation() throws(Diagnostic) -> Expression {
    let left = try sum()
    switch token.kind {
    case .sign(let sign):
      guard let comparison = sign.comparison else { return left }
      let leftHeight = height
      try lexer.advance()
      if comparison == .equal, at(.equal) {
        throw problem("double-equals", "SPARQL writes '=' once where it compares")
      }
      let right = try sum()
      try setHeight(max(leftHeight, height) + 1)
      return .compare(comparison, left, right)
    case .keyword(.in): return try membership(of: left, negated: false)
    case .keyword(.not):
      try lexer.advance()
      return try membership(of: left, negated: true)
    default: return left
    }
  }

  private mutating func membership(of value: Expression, negated: Bool) throws(Diagnostic)
    -> Expression
  {
    let valueHeight = height
    try expect(.in)
    let candidates = try arguments()
    try setHeight(max(valueHeight, height) + 1)
    return .oneOf(value, candidates, negated: negated)
  }

  /// AdditiveExpression: a signed number after an operand is added to it.
  private mutating func sum() throws(Diagnostic) -> Expression {
    var left = try product()
    while true {
      let leftHeight = height
      let operation: Expression.Arithmetic
      if try take(.plus) {
        operation = .add
      } else if try take(.hyphen) {
        operation = .subtract
      } else if token.isNumber, isSigned(token) {
        operation = .add
      } else {
        return left
      }
      let right = try product()
      try setHeight(max(leftHeight, height) + 1)
      left = .arithmetic(operation, left, right)
    }
  }

  func isSigned(_ number: Token) -> Bool {
    let first = lexer.byte(number.start)
    return first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
  }

  private mutating func product() throws(Diagnostic) -> Expression {
    var left = try unary()
    while at(.star) || at(.slash) {
      let leftHeight = height
      let operation: Expression.Arithmetic = at(.star) ? .multiply : .divide
      try lexer.advance()
      let right = try unary()
      try setHeight(max(leftHeight, height) + 1)
      left = .arithmetic(operation, left, right)
    }
    return left
  }

  private mutating func unary() throws(Diagnostic) -> Expression {
    if try take(.exclamation) {
      let inner = try nested { (parser) throws(Diagnostic) in try parser.unary() }
      try setHeight(height + 1)
      return .not(inner)
    }
    if try take(.hyphen) {
      let inner = try primary()
      try setHeight(height + 1)
      return .negate(inner)
    }
    if try take(.plus) {
      let inner = try primary()
      try setHeight(height + 2)
      return .negate(.negate(inner))
    }
    return try primary()
  }

  private mutating func primary() throws(Diagnostic) -> Expression {
    height = 1
    switch token.kind {
    case .sign(.openParenthesis): return try bracketed()
    case .variable: return .variable(try variable())
    case .iriReference, .prefixedName: return try iriOrFunction()
    case .sign(.openTripleTerm): return try tripleExpression()
    case .keyword(.true), .keyword(.false): break
    case .function, .keyword: return try builtInCall()
    default: break
    }
    guard let literal = try literalIfPresent() else {
      throw expected("an expression", keywords: Self.callKeywords, functions: Function.allCases)
    }
    return .term(.literal(literal))
  }

  /// `( expression )`
  mutating func bracketed() throws(Diagnostic) -> Expression {
    let opening = token.range
    try expect(.openParenthesis)
    return try nested { (parser) throws(Diagnostic) in
      let inner = try parser.expression()
      try parser.close(.closeParenthesis, opening)
      return inner
    }
  }

  /// What can stand after FILTER and HAVING.
  mutating func constraint() throws(Diagnostic) -> Expression {
    height = 1
    switch token.kind {
    case .sign(.openParenthesis): return try bracketed()
    case .iriReference, .prefixedName: return try functionCall()
    default:
      guard isAtBuiltInCall else {
        throw expected(
          "a condition in parentheses or a function", keywords: Self.callKeywords,
          functions: Function.allCases)
      }
      return try builtInCall()
    }
  }

  // MARK: Calls by IRI

  private mutating func iriOrFunction() throws(Diagnostic) -> Expression {
    let iri = try iri()
    if !at(.openParenthesis) { return .term(.iri(iri)) }
    return .callIRI(iri, try callArguments())
  }

  mutating func functionCall() throws(Diagnostic) -> Expression {
    let iri = try iri()
    return .callIRI(iri, try callArguments())
  }

  private mutating func callArguments() throws(Diagnostic) -> [Expression] {
    let arguments = try arguments(allowsDistinct: true)
    try setHeight(height + 1)
    return arguments
  }

  /// `( expression, … )`, or `()`. DISTINCT is for aggregates of one's own, of which there are none.
  mutating func arguments(allowsDistinct: Bool = false) throws(Diagnostic) -> [Expression] {
    let opening = token.range
    try expect(.openParenthesis)
    height = 0
    if try take(.closeParenthesis) { return [] }
    if allowsDistinct, at(.distinct) {
      throw problem(
        "distinct-in-call", "DISTINCT can stand in aggregates only, and no aggregate has this name")
    }
    return try nested { (parser) throws(Diagnostic) in
      var list: [Expression] = []
      var highest = 0
      repeat {
        list.append(try parser.expression())
        highest = max(highest, parser.height)
      } while try parser.take(.comma)
      try parser.close(.closeParenthesis, opening)
      parser.height = highest
      return list
    }
  }

  // MARK: Triple terms

  /// ExprTripleTerm
  private mutating func tripleExpression() throws(Diagnostic) -> Expression {
    let opening = token.range
    try lexer.advance()
    return try nested { (parser) throws(Diagnostic) in
      let subject = try parser.variableOrIRI()
      let predicate =
        try parser.take(.a) ? TermPattern.term(.iri(Vocabulary.type)) : try parser.variableOrIRI()
      parser.height = 1
      let object: Expression
      if parser.at(.openTripleTerm) {
        object = try parser.tripleExpression()
      } else if let literal = try parser.literalIfPresent() {
        object = .term(.literal(literal))
      } else {
        object = Self.expression(try parser.variableOrIRI())
      }
      try parser.close(.closeTripleTerm, opening)
      try parser.setHeight(parser.height + 1)
      return Self.triple(Self.expression(subject), Self.expression(predicate), object)
    }
  }

  private static func expression(_ pattern: TermPattern) -> Expression {
    switch pattern {
    case .term(let term): .term(term)
    case .variable(let variable): .variable(variable)
    case .triple(let triple):
      .triple(
        expression(triple.subject), expression(triple.predicate), expression(triple.object))
    }
  }

  /// A constant when there is no variable inside.
  private static func triple(_ subject: Expression, _ predicate: Expression, _ object: Expression)
    -> Expression
  {
    guard case .term(let s) = subject, case .term(let p) = predicate, case .term(let o) = object
    else { return .triple(subject, predicate, object) }
    return .term(.triple(Triple(s, p, o)))
  }
}
