import Algebra
import Diagnostics
import RDF

/// Property paths. Source: SPARQL 1.2, productions Path to PathOneInPropertySet.
extension SPARQLParser {
  /// PathAlternative
  mutating func path() throws(Diagnostic) -> Path {
    try chain(.bar, Path.alternative) { (parser) throws(Diagnostic) in
      try parser.chain(.slash, Path.sequence) { (parser) throws(Diagnostic) in
        try parser.pathElement()
      }
    }
  }

  /// PathEltOrInverse
  private mutating func pathElement() throws(Diagnostic) -> Path {
    let isInverse = try take(.caret)
    var path = try pathPrimary()
    if try take(.star) {
      path = .zeroOrMore(path)
      try setHeight(height + 1)
    } else if try take(.plus) {
      path = .oneOrMore(path)
      try setHeight(height + 1)
    } else if try take(.question) {
      path = .zeroOrOne(path)
      try setHeight(height + 1)
    }
    if isInverse {
      path = .inverse(path)
      try setHeight(height + 1)
    }
    return path
  }

  private mutating func pathPrimary() throws(Diagnostic) -> Path {
    height = 1
    let opening = token.range
    if try take(.exclamation) { return try negatedSet() }
    if try take(.openParenthesis) {
      return try nested { (parser) throws(Diagnostic) in
        let path = try parser.path()
        try parser.close(.closeParenthesis, opening)
        return path
      }
    }
    return .predicate(try predicateName("a predicate or a path"))
  }

  private mutating func predicateName(_ what: String) throws(Diagnostic) -> Term {
    if watched == nil { watch(.predicate(of: .variable(Variable(" path")))) }
    if try take(.a) { return .iri(Vocabulary.type) }
    guard let iri = try iriIfPresent() else { throw expected(what) }
    return .iri(iri)
  }

  /// What stands after `!`.
  private mutating func negatedSet() throws(Diagnostic) -> Path {
    var forward: [Term] = []
    var inverse: [Term] = []
    let opening = token.range
    guard try take(.openParenthesis) else {
      try negatedName(&forward, &inverse)
      return .negated(forward: forward, inverse: inverse)
    }
    if try take(.closeParenthesis) { return .negated(forward: [], inverse: []) }
    repeat { try negatedName(&forward, &inverse) } while try take(.bar)
    try close(.closeParenthesis, opening)
    return .negated(forward: forward, inverse: inverse)
  }

  private mutating func negatedName(_ forward: inout [Term], _ inverse: inout [Term])
    throws(Diagnostic)
  {
    if try take(.caret) {
      inverse.append(try predicateName("a predicate"))
    } else {
      forward.append(try predicateName("a predicate or '^' and one"))
    }
  }
}
