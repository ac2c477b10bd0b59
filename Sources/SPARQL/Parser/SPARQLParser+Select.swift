import Algebra
import Diagnostics

/// SELECT and solution modifiers. Source: SPARQL 1.2, productions SelectClause to ValuesClause.
extension SPARQLParser {
  mutating func subselect() throws(Diagnostic) -> Pattern {
    try select(isOutermost: false).pattern
  }

  /// SELECT with all that belongs to it; only the outermost one has a dataset.
  mutating func select(isOutermost: Bool) throws(Diagnostic)
    -> (pattern: Pattern, dataset: DatasetClause?)
  {
    collector = AggregateCollector()
    var level = QueryLevel()
    try selectClause(&level)
    let dataset = isOutermost ? try datasetClause() : nil
    try whereClause(&level)
    let pattern = try modified(&level)
    collector = nil
    return (pattern, dataset)
  }

  private mutating func selectClause(_ level: inout QueryLevel) throws(Diagnostic) {
    try expect(.select)
    if try take(.distinct) {
      level.quantity = .distinct
    } else if try take(.reduced) {
      level.quantity = .reduced
    }
    level.columnsRange = token.range
    if try take(.star) {
      level.columns = nil
      return
    }
    var columns: [QueryLevel.Column] = []
    while token.kind == .variable || at(.openParenthesis) {
      columns.append(try column(&level))
      if at(.comma) {
        throw problem("comma-of-columns", "the columns of SELECT stand without ',' between them")
      }
    }
    if isAtBuiltInCall {
      throw problem(
        "bare-column",
        "what SELECT computes stands in parentheses and has a name: (\(text(token.start..<token.end))(…) AS ?name)"
      )
    }
    if columns.isEmpty {
      throw expected(
        "variables, '(expression AS ?variable)' or '*'", keywords: [.distinct, .reduced])
    }
    level.columns = columns
    level.columnsRange = SourceRange(level.columnsRange.lowerBound, lexer.previousEnd)
  }

  private mutating func column(_ level: inout QueryLevel) throws(Diagnostic) -> QueryLevel.Column {
    let opening = token.range
    guard try take(.openParenthesis) else {
      return QueryLevel.Column(variable: try variable(), value: nil, range: opening)
    }
    let value = try expression()
    level.height = max(level.height, height)
    try expect(.as)
    let variable = try variable()
    try close(.closeParenthesis, opening)
    let range = SourceRange(opening.lowerBound, lexer.previousEnd)
    return QueryLevel.Column(variable: variable, value: value, range: range)
  }

  // MARK: Modifiers

  /// Reads modifiers and trailing VALUES, and puts the level together.
  mutating func modified(_ level: inout QueryLevel) throws(Diagnostic) -> Pattern {
    let isSelect = collector != nil
    if try take(.group) { try groupClause(&level) }
    if !isSelect { collector = AggregateCollector() }
    if try take(.having) {
      repeat {
        level.having.append(try constraint())
        level.height = max(level.height, height)
      } while at(.openParenthesis) || isAtBuiltInCall || isAtIRI
    }
    if try take(.order) { try orderClause(&level) }
    level.aggregates = collector?.bindings ?? []
    if !isSelect { collector = nil }
    try limitAndOffset(&level)
    if try take(.values) { level.values = try dataBlock() }
    return try translated(level, isSelect: isSelect)
  }

  private var isAtIRI: Bool { token.kind == .iriReference || token.kind == .prefixedName }

  private mutating func groupClause(_ level: inout QueryLevel) throws(Diagnostic) {
    try expect(.by)
    let outer = collector
    defer { collector = outer }
    collector = nil
    var taken: Set<Variable>?
    while true {
      let key: QueryLevel.Key
      if let variable = try variableIfPresent() {
        key = QueryLevel.Key(variable: variable, value: nil)
      } else if at(.openParenthesis) {
        key = try bracketedKey(level, &taken)
      } else if isAtBuiltInCall || isAtIRI {
        key = QueryLevel.Key(variable: freshVariable(), value: try constraint())
      } else if level.keys.isEmpty {
        throw expected("what to group by")
      } else {
        return
      }
      level.height = max(level.height, height)
      level.keys.append(key)
      taken?.insert(key.variable)
    }
  }

  /// `(expression)` or `(expression AS ?variable)`
  ///
  /// - Parameter taken: The variables that have a value; collected when first needed.
  private mutating func bracketedKey(_ level: QueryLevel, _ taken: inout Set<Variable>?)
    throws(Diagnostic) -> QueryLevel.Key
  {
    let opening = token.range
    try lexer.advance()
    let value = try expression()
    guard try take(.as) else {
      try close(.closeParenthesis, opening)
      if case .variable(let variable) = value {
        return QueryLevel.Key(variable: variable, value: nil)
      }
      return QueryLevel.Key(variable: freshVariable(), value: value)
    }
    let range = token.range
    let variable = try variable()
    try close(.closeParenthesis, opening)
    let known = taken ?? Set(level.pattern.variablesInScope + level.keys.map(\.variable))
    taken = known
    guard !known.contains(variable) else { throw inScope(variable, "GROUP BY", range) }
    return QueryLevel.Key(variable: variable, value: value)
  }

  func inScope(_ variable: Variable, _ place: String, _ range: SourceRange) -> Diagnostic {
    problem(
      "variable-in-scope",
      "?\(variable.name) has a value already: AS in \(place) needs a new variable", at: range)
  }

  private mutating func orderClause(_ level: inout QueryLevel) throws(Diagnostic) {
    try expect(.by)
    while let key = try sortKey() {
      level.order.append(key)
      level.height = max(level.height, height)
    }
    if level.order.isEmpty { throw expected("what to order by", keywords: [.asc, .desc]) }
  }

  private mutating func sortKey() throws(Diagnostic) -> SortKey? {
    height = 1
    if try take(.asc) { return SortKey(try bracketed()) }
    if try take(.desc) { return SortKey(try bracketed(), descending: true) }
    if let variable = try variableIfPresent() { return SortKey(.variable(variable)) }
    guard at(.openParenthesis) || isAtBuiltInCall || isAtIRI else { return nil }
    return SortKey(try constraint())
  }

  private mutating func limitAndOffset(_ level: inout QueryLevel) throws(Diagnostic) {
    var hasOffset = false
    while true {
      if at(.limit), level.limit == nil {
        level.limit = try count()
      } else if at(.offset), !hasOffset {
        level.offset = try count()
        hasOffset = true
      } else {
        return
      }
    }
  }

  /// The number after the keyword at the place.
  private mutating func count() throws(Diagnostic) -> Int {
    try lexer.advance()
    guard token.kind == .integer, !isSigned(token) else { throw expected("a number of rows") }
    guard let number = Int(text(token.start..<token.end)) else {
      throw problem("number-too-large", "this number of rows is too large")
    }
    try lexer.advance()
    return number
  }
}
