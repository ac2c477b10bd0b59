import Algebra
import Diagnostics

/// Functions and aggregates with names of their own. Source: SPARQL 1.2, productions BuiltInCall and Aggregate.
extension SPARQLParser {
  static let aggregateKeywords: [Keyword] = [
    .count, .sum, .avg, .min, .max, .sample, .groupConcat,
  ]
  static let callKeywords: [Keyword] =
    aggregateKeywords + [.bound, .if, .coalesce, .exists, .not]

  var isAtBuiltInCall: Bool {
    switch token.kind {
    case .function: true
    case .keyword(let keyword): Self.callKeywords.contains(keyword)
    default: false
    }
  }

  mutating func builtInCall() throws(Diagnostic) -> Expression {
    switch token.kind {
    case .function(let function): return try call(function)
    case .keyword(.bound): return try bound()
    case .keyword(.if):
      let list = try counted(3...3, "IF")
      return .conditional(list[0], list[1], list[2])
    case .keyword(.coalesce):
      try lexer.advance()
      let list = try arguments()
      try setHeight(height + 1)
      return .coalesce(list)
    case .keyword(.exists):
      try lexer.advance()
      return try exists()
    case .keyword(.not):
      try lexer.advance()
      try expect(.exists)
      let exists = try exists()
      try setHeight(height + 1)
      return .not(exists)
    case .keyword(let keyword) where Self.aggregateKeywords.contains(keyword):
      return .variable(try aggregate(keyword))
    default:
      throw expected("an expression", keywords: Self.callKeywords, functions: Function.allCases)
    }
  }

  private mutating func call(_ function: Function) throws(Diagnostic) -> Expression {
    .call(function, try counted(function.argumentCounts, text(token.start..<token.end)))
  }

  /// The arguments after the word at the place, which must be this many.
  private mutating func counted(_ counts: ClosedRange<Int>, _ name: String) throws(Diagnostic)
    -> [Expression]
  {
    try lexer.advance()
    let start = token.start
    let list = try arguments()
    guard counts.contains(list.count) else {
      let wanted =
        counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
      throw problem(
        "argument-count", "\(name) has \(wanted) arguments, found \(list.count)",
        at: SourceRange(start, lexer.previousEnd))
    }
    try setHeight(height + 1)
    return list
  }

  private mutating func bound() throws(Diagnostic) -> Expression {
    try lexer.advance()
    let opening = token.range
    try expect(.openParenthesis)
    let variable = try variable()
    try close(.closeParenthesis, opening)
    return .bound(variable)
  }

  private mutating func exists() throws(Diagnostic) -> Expression {
    let outer = labels.part
    let pattern = try group().pattern
    labels.resume(outer)
    try setHeight(height + 1)
    return .exists(pattern)
  }

  // MARK: Aggregates

  /// The variable that gets the aggregate's value.
  private mutating func aggregate(_ keyword: Keyword) throws(Diagnostic) -> Variable {
    guard let isInside = collector?.isInside else {
      throw problem(
        "misplaced-aggregate", "an aggregate can stand in SELECT, HAVING and ORDER BY only")
    }
    guard !isInside else {
      throw problem("nested-aggregate", "an aggregate cannot stand inside another")
    }
    collector?.isInside = true
    let aggregate = try aggregateCall(keyword)
    collector?.isInside = false
    height = 1
    if let known = collector?.variables[aggregate] { return known }
    let variable = freshVariable()
    collector?.variables[aggregate] = variable
    collector?.bindings.append(AggregateBinding(variable, aggregate))
    return variable
  }

  private mutating func aggregateCall(_ keyword: Keyword) throws(Diagnostic) -> Aggregate {
    try lexer.advance()
    let opening = token.range
    try expect(.openParenthesis)
    return try nested { (parser) throws(Diagnostic) in
      let distinct = try parser.take(.distinct)
      let isAll = keyword == .count ? try parser.take(.star) : false
      let argument = isAll ? nil : try parser.expression()
      let function = try parser.aggregateFunction(keyword)
      try parser.close(.closeParenthesis, opening)
      return Aggregate(function, argument, distinct: distinct)
    }
  }

  private mutating func aggregateFunction(_ keyword: Keyword) throws(Diagnostic)
    -> Aggregate.Function
  {
    switch keyword {
    case .count: return .count
    case .sum: return .sum
    case .avg: return .average
    case .min: return .minimum
    case .max: return .maximum
    case .groupConcat:
      guard try take(.semicolon) else { return .groupConcat(separator: " ") }
      try expect(.separator)
      try expect(.equal)
      return .groupConcat(separator: try string())
    default: return .sample
    }
  }
}

/// The aggregates of one SELECT, each once.
struct AggregateCollector {
  var bindings: [AggregateBinding] = []
  var variables: [Aggregate: Variable] = [:]
  /// Whether an aggregate's argument is being read.
  var isInside = false
}

extension Function {
  /// How many arguments there can be.
  var argumentCounts: ClosedRange<Int> {
    switch self {
    case .isIRI, .isBlank, .isLiteral, .isNumeric, .isTriple, .str, .lang, .langDir, .hasLang,
      .hasLangDir, .datatype, .iri, .subject, .predicate, .object, .strlen, .ucase, .lcase,
      .encodeForURI, .abs, .round, .ceil, .floor, .year, .month, .day, .hours, .minutes, .seconds,
      .timezone, .tz, .md5, .sha1, .sha256, .sha384, .sha512:
      1...1
    case .langMatches, .strDT, .strLang, .sameTerm, .strStarts, .strEnds, .contains, .strBefore,
      .strAfter:
      2...2
    case .strLangDir, .triple: 3...3
    case .bnode: 0...1
    case .uuid, .strUUID, .rand, .now: 0...0
    case .substr, .regex: 2...3
    case .replace: 3...4
    case .concat: 0...Int.max
    }
  }
}
