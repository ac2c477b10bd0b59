import Algebra
import Diagnostics
import RDF

/// What a group `{ … }` means; its filter is apart because OPTIONAL makes it a condition.
struct Group {
  var unfiltered: Pattern
  var filter: Expression?

  var pattern: Pattern { filter.map { .filter($0, unfiltered) } ?? unfiltered }
}

/// Groups. Source: SPARQL 1.2 Query, section 18.3.2.6; productions GroupGraphPattern to InlineData.
extension SPARQLParser {
  /// The group whose brace is at the place.
  mutating func group() throws(Diagnostic) -> Group {
    let opening = token.range
    try expect(.openBrace)
    let (outerStatements, outerPlace, outerCollector) = (statements, place, collector)
    defer { (statements, place, collector) = (outerStatements, outerPlace, outerCollector) }
    (statements, place, collector) = (Statements(), .pattern, nil)
    labels.beginPart()
    let group = try nested { (parser) throws(Diagnostic) in
      if parser.at(.select) { return Group(unfiltered: try parser.subselect()) }
      return try parser.groupElements()
    }
    try close(.closeBrace, opening)
    labels.beginPart()
    return group
  }

  private mutating func groupElements() throws(Diagnostic) -> Group {
    var builder = GroupBuilder()
    while true {
      try triplesBlock()
      if at(.filter) {
        let part = labels.part
        // The triples before a filter and those after it are one pattern.
        try lexer.advance()
        let condition = try constraint()
        builder.add(filter: condition, height: height)
        labels.resume(part)
      } else if isAtEndOfGroup {
        builder.add(&statements)
        let group = builder.build()
        try setHeight(builder.height)
        return group
      } else {
        builder.add(&statements)
        labels.beginPart()
        try groupElement(&builder)
        labels.beginPart()
      }
      _ = try take(.dot)
    }
  }

  private var isAtEndOfGroup: Bool { at(.closeBrace) || token.kind == .end }

  private static let elementKeywords: [Keyword] = [
    .filter, .optional, .union, .minus, .graph, .service, .bind, .values, .select, .exists, .not,
  ]

  private mutating func groupElement(_ builder: inout GroupBuilder) throws(Diagnostic) {
    switch token.kind {
    case .sign(.openBrace): builder.join(try groupOrUnion(), height: height)
    case .keyword(.optional):
      try lexer.advance()
      builder.leftJoin(try group(), height: height)
      try setHeight(builder.height)
    case .keyword(.minus):
      try lexer.advance()
      builder.minus(try group().pattern, height: height)
      try setHeight(builder.height)
    case .keyword(.graph):
      try lexer.advance()
      let name = try variableOrIRI()
      let inner = try group().pattern
      builder.join(.graph(name, inner), height: height + 1)
    case .keyword(.service): try service(&builder)
    case .keyword(.bind): try bind(&builder)
    case .keyword(.values):
      try lexer.advance()
      builder.join(try dataBlock(), height: 1)
    default:
      if isAtSubject { throw expected("'.' between two triples, or ',' and another object") }
      throw expected(
        "a triple, a keyword such as FILTER or OPTIONAL, or '}'", keywords: Self.elementKeywords)
    }
  }

  /// `{ … } UNION { … }`
  private mutating func groupOrUnion() throws(Diagnostic) -> Pattern {
    var branches = [try group().pattern]
    var highest = height
    while try take(.union) {
      branches.append(try group().pattern)
      highest = max(highest, height)
    }
    try setHeight(balancedHeight(branches.count, of: highest))
    return balanced(branches[...], Pattern.union)
  }

  private mutating func service(_ builder: inout GroupBuilder) throws(Diagnostic) {
    try lexer.advance()
    let silent = try take(.silent)
    let name = try variableOrIRI()
    let inner = try group().pattern
    builder.join(.service(name, inner, silent: silent), height: height + 1)
  }

  private mutating func bind(_ builder: inout GroupBuilder) throws(Diagnostic) {
    try lexer.advance()
    let opening = token.range
    try expect(.openParenthesis)
    let value = try expression()
    try expect(.as)
    let range = token.range
    let variable = try variable()
    try close(.closeParenthesis, opening)
    guard !builder.isInScope(variable) else {
      throw problem(
        "variable-in-scope", "?\(variable.name) has a value already: BIND needs a new variable",
        at: range)
    }
    builder.extend(variable, value, height: height)
    try setHeight(builder.height)
  }

  // MARK: VALUES

  /// What stands after VALUES.
  mutating func dataBlock() throws(Diagnostic) -> Pattern {
    if let variable = try variableIfPresent() {
      let opening = token.range
      try expect(.openBrace)
      var rows: [[Term?]] = []
      while !at(.closeBrace), token.kind != .end { rows.append([try dataValue()]) }
      try close(.closeBrace, opening)
      return .values(variables: [variable], rows: rows)
    }
    let variables = try dataVariables()
    let opening = token.range
    try expect(.openBrace)
    var rows: [[Term?]] = []
    while at(.openParenthesis) { rows.append(try dataRow(variables.count)) }
    try close(.closeBrace, opening)
    return .values(variables: variables, rows: rows)
  }

  private mutating func dataVariables() throws(Diagnostic) -> [Variable] {
    let opening = token.range
    guard try take(.openParenthesis) else {
      throw expected("a variable, or '(' and variables")
    }
    var variables: [Variable] = []
    var seen: Set<Variable> = []
    while token.kind == .variable {
      let range = token.range
      let variable = try variable()
      guard seen.insert(variable).inserted else {
        throw problem(
          "repeated-variable", "?\(variable.name) stands twice in this VALUES", at: range)
      }
      variables.append(variable)
    }
    try close(.closeParenthesis, opening)
    return variables
  }

  private mutating func dataRow(_ width: Int) throws(Diagnostic) -> [Term?] {
    let opening = token.range
    try lexer.advance()
    var row: [Term?] = []
    row.reserveCapacity(width)
    while !at(.closeParenthesis), token.kind != .end { row.append(try dataValue()) }
    try close(.closeParenthesis, opening)
    guard row.count == width else {
      throw problem(
        "row-width", "this row has \(row.count) values for \(width) variables",
        at: SourceRange(opening.lowerBound, lexer.previousEnd))
    }
    return row
  }

  private mutating func dataValue() throws(Diagnostic) -> Term? {
    if try take(.undef) { return nil }
    return try dataTerm("a value: an IRI, a literal or UNDEF")
  }

  private mutating func dataTerm(_ what: String) throws(Diagnostic) -> Term {
    if let iri = try iriIfPresent() { return .iri(iri) }
    if let literal = try literalIfPresent() { return .literal(literal) }
    guard at(.openTripleTerm) else { throw expected(what, keywords: [.undef]) }
    let opening = token.range
    try lexer.advance()
    return try nested { (parser) throws(Diagnostic) in
      let subject = Term.iri(try parser.iri())
      let predicate =
        try parser.take(.a) ? Term.iri(Vocabulary.type) : Term.iri(try parser.iri())
      let object = try parser.dataTerm("an object: an IRI, a literal or a triple term")
      try parser.close(.closeTripleTerm, opening)
      return .triple(Triple(subject, predicate, object))
    }
  }
}
