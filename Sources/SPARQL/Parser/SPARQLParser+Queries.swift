import Algebra
import Diagnostics
import RDF

/// The forms of queries. Source: SPARQL 1.2, productions Query to WhereClause.
extension SPARQLParser {
  mutating func queryForm() throws(Diagnostic) -> Query {
    switch token.kind {
    case .keyword(.select):
      let (pattern, dataset) = try select(isOutermost: true)
      return Query(.select, pattern, dataset: dataset, base: base)
    case .keyword(.ask): return try ask()
    case .keyword(.construct): return try construct()
    case .keyword(.describe): return try describe()
    default:
      throw expected(
        "SELECT, ASK, CONSTRUCT or DESCRIBE", keywords: Self.queryKeywords + Self.prologueKeywords)
    }
  }

  private mutating func ask() throws(Diagnostic) -> Query {
    try lexer.advance()
    var level = QueryLevel()
    let dataset = try datasetClause()
    try whereClause(&level)
    return Query(.ask, try modified(&level), dataset: dataset, base: base)
  }

  private mutating func construct() throws(Diagnostic) -> Query {
    try lexer.advance()
    var level = QueryLevel()
    guard at(.openBrace) else { return try shortConstruct() }
    let template = try constructTemplate(.template)
    let dataset = try datasetClause()
    try whereClause(&level)
    return Query(.construct(template), try modified(&level), dataset: dataset, base: base)
  }

  /// `CONSTRUCT WHERE { … }`: the pattern is the template, too.
  private mutating func shortConstruct() throws(Diagnostic) -> Query {
    var level = QueryLevel()
    let dataset = try datasetClause()
    try expect(.where)
    labels.beginPart()
    let triples = try constructTemplate(.shortConstruct)
    level.pattern = .triples(triples)
    level.height = 1
    let template = triples.map(Self.templateTriple)
    return Query(.construct(template), try modified(&level), dataset: dataset, base: base)
  }

  private mutating func constructTemplate(_ templatePlace: TriplePlace) throws(Diagnostic)
    -> [TriplePattern]
  {
    let opening = token.range
    try expect(.openBrace)
    place = templatePlace
    defer { place = .pattern }
    try triplesBlock()
    try close(.closeBrace, opening)
    let triples = statements.triples
    statements = Statements()
    return triples
  }

  private mutating func describe() throws(Diagnostic) -> Query {
    try lexer.advance()
    var level = QueryLevel()
    var terms: [TermPattern] = []
    let isAll = try take(.star)
    if !isAll {
      repeat { terms.append(try variableOrIRI()) } while isAtVariableOrIRI
    }
    let dataset = try datasetClause()
    if at(.where) || at(.openBrace) { try whereClause(&level) }
    let pattern = try modified(&level)
    if isAll { terms = level.pattern.variablesInScope.filter(\.isOfText).map(TermPattern.variable) }
    return Query(.describe(terms), pattern, dataset: dataset, base: base)
  }

  private var isAtVariableOrIRI: Bool {
    switch token.kind {
    case .variable, .iriReference, .prefixedName: true
    default: false
    }
  }

  /// FROM and FROM NAMED, or USING and USING NAMED.
  mutating func datasetClause(_ keyword: Keyword = .from) throws(Diagnostic) -> DatasetClause? {
    guard at(keyword) else { return nil }
    var clause = DatasetClause()
    while try take(keyword) {
      if try take(.named) {
        clause.namedGraphs.append(.iri(try iri()))
      } else {
        clause.defaultGraphs.append(.iri(try iri()))
      }
    }
    return clause
  }

  mutating func whereClause(_ level: inout QueryLevel) throws(Diagnostic) {
    if try !take(.where), !at(.openBrace) {
      throw expected("WHERE or '{'", keywords: [.where, .from])
    }
    level.pattern = try group().pattern
    level.height = height
  }
}

extension SPARQLParser {
  /// The triple with blank nodes in place of their variables.
  private static func templateTriple(_ triple: TriplePattern) -> TriplePattern {
    TriplePattern(
      templateTerm(triple.subject), triple.predicate, templateTerm(triple.object))
  }

  /// The label of the node that the variable stands for in a pattern.
  private static func templateLabel(_ name: String) -> String {
    let rest = String(name.dropFirst())
    return name.hasPrefix(".") ? kept(rest) : "g" + rest
  }

  private static func templateTerm(_ pattern: TermPattern) -> TermPattern {
    switch pattern {
    case .variable(let variable) where !variable.isOfText:
      .term(.blankNode(templateLabel(variable.name)))
    case .triple(let triple):
      .triple(of: templateTerm(triple.subject), triple.predicate, templateTerm(triple.object))
    case .term, .variable: pattern
    }
  }
}
