import Algebra
import Diagnostics
import RDF

extension SentenceParser {
  /// `| stage | stage`: each sees the columns of the one before.
  mutating func pipeline(
    _ bar: Int, _ high: Int, _ question: inout Question, _ lexicon: some Lexicon
  ) throws(Diagnostic) {
    guard question.kind != .yesNo else {
      throw Diagnostic(
        id: "no-columns", "a question without gaps has no columns to work on",
        at: tokens[bar].range)
    }
    var index = bar
    var stageCount = 0
    while index < high {
      let end = topLevel(index + 1, high) { $0.kind == .bar } ?? high
      guard index + 1 < end else { throw unfinished(index) }
      stageCount += 1
      guard stageCount <= 100 else {
        throw Diagnostic(id: "too-long", "more than 100 stages", at: tokens[index].range)
      }
      notePiece(.word, tokens[index + 1].range)
      try stage(index + 1, end, &question, lexicon)
      index = end
    }
  }

  private static let stageWords = "one of 'where count sum avg min max sort first skip show'"

  private mutating func stage(
    _ low: Int, _ high: Int, _ question: inout Question, _ lexicon: some Lexicon
  ) throws(Diagnostic) {
    guard tokens[low].kind == .word else { throw unexpectedToken(low, Self.stageWords) }
    switch buffer.foldedText(low, low + 1) {
    case "where": try whereStage(low + 1, high, &question, lexicon)
    case "count": try aggregateStage(.count, "count", low + 1, high, &question)
    case "sum": try aggregateStage(.sum, "sum", low + 1, high, &question)
    case "avg": try aggregateStage(.average, "avg", low + 1, high, &question)
    case "min": try aggregateStage(.minimum, "min", low + 1, high, &question)
    case "max": try aggregateStage(.maximum, "max", low + 1, high, &question)
    case "sort": try sortStage(low + 1, high, &question)
    case "first":
      let count = try wholeNumber(low + 1, high)
      question.query.pattern = .slice(question.query.pattern, offset: 0, limit: count)
    case "skip":
      let count = try wholeNumber(low + 1, high)
      question.query.pattern = .slice(question.query.pattern, offset: count, limit: nil)
    case "show":
      let columns = try columns(low + 1, high, of: question)
      guard !columns.isEmpty else { throw unfinished(low) }
      question.columns = columns
      question.query.pattern = .distinct(.project(question.query.pattern, columns))
    default: throw unexpectedToken(low, Self.stageWords)
    }
  }

  private mutating func whereStage(
    _ low: Int, _ high: Int, _ question: inout Question, _ lexicon: some Lexicon
  ) throws(Diagnostic) {
    guard low < high else { throw unfinished(low - 1) }
    let clause = try alternatives(low, high, lexicon)
    var compiler = QuestionCompiler(restriction: Restriction(), focus: .none, lexicon: lexicon)
    compiler.blankCount = blankCount
    let pattern = compiler.compile(clause, onto: question.query.pattern)
    blankCount = compiler.blankCount
    compiler.boundVariables.formUnion(pattern.variablesInScope)
    if let problem = compiler.problem { throw problem }
    try checkBound(compiler)
    question.query.pattern = .distinct(.project(pattern, question.columns))
  }

  // MARK: Aggregates

  private mutating func aggregateStage(
    _ function: Aggregate.Function, _ name: String, _ low: Int, _ high: Int,
    _ question: inout Question
  ) throws(Diagnostic) {
    let by = (low..<high).first { buffer.isWord($0, "by") }
    let arguments = try columns(low, by ?? high, of: question)
    var keys: [Variable] = []
    if let by {
      keys = try columns(by + 1, high, of: question)
      guard !keys.isEmpty else { throw unfinished(by) }
    }
    guard arguments.count <= 1, function == .count || arguments.count == 1 else {
      throw Diagnostic(
        id: "one-column", "'\(name)' works on one column, such as '\(name) ?n'",
        at: buffer.range(low - 1, by ?? high))
    }
    let result = Self.freeName(name, keys)
    let argument = arguments.first.map { Expression.variable($0) }
    let isDistinct = function == .count && argument != nil
    let aggregate = AggregateBinding(
      result, Aggregate(function, argument, distinct: isDistinct))
    question.columns = keys + [result]
    question.query.pattern = .project(
      .group(question.query.pattern, by: keys, aggregates: [aggregate]), question.columns)
    question.kind = keys.isEmpty && function == .count ? .count : .list
  }

  private static func freeName(_ name: String, _ taken: [Variable]) -> Variable {
    var result = Variable(name)
    var number = 2
    while taken.contains(result) {
      result = Variable("\(name)\(number)")
      number += 1
    }
    return result
  }

  // MARK: Order and columns

  private mutating func sortStage(_ low: Int, _ high: Int, _ question: inout Question)
    throws(Diagnostic)
  {
    var keys: [SortKey] = []
    for index in low..<high where tokens[index].kind != .comma {
      let isDown = buffer.isWord(index, "down")
      if isDown || buffer.isWord(index, "up"), !keys.isEmpty {
        keys[keys.count - 1].descending = isDown
        continue
      }
      keys.append(SortKey(.variable(try column(index, of: question))))
    }
    guard !keys.isEmpty else { throw unfinished(low - 1) }
    question.query.pattern = .project(
      .orderBy(question.query.pattern, keys), question.columns)
  }

  private mutating func columns(_ low: Int, _ high: Int, of question: Question)
    throws(Diagnostic) -> [Variable]
  {
    var columns: [Variable] = []
    for index in low..<max(low, high) where tokens[index].kind != .comma {
      let column = try column(index, of: question)
      if !columns.contains(column) { columns.append(column) }
    }
    return columns
  }

  private mutating func column(_ index: Int, of question: Question) throws(Diagnostic) -> Variable {
    let token = tokens[index]
    if token.kind == .wildcard, let first = question.columns.first { return first }
    let known = question.columns.map { "?" + $0.name }.joined(separator: " ")
    guard token.kind == .variable || token.reserved.isGap else {
      throw unexpectedToken(index, "a column (\(known))")
    }
    let name =
      token.kind == .variable
      ? source.text(SourceRange(token.start + 1, token.end)) : token.reserved.rawValue
    guard question.columns.contains(Variable(name)) else {
      let near = question.columns.filter {
        editDistance(name.unicodeScalars, $0.name.unicodeScalars, limit: 2) != nil
      }
      throw Diagnostic(
        id: "unknown-column", "there is no column ?\(name) here, only \(known)", at: token.range,
        fixIts: near.map {
          Diagnostic.FixIt("did you mean ?\($0.name)?", replace: token.range, with: "?" + $0.name)
        })
    }
    notePiece(.gap, token.range, "?" + name)
    return Variable(name)
  }

  mutating func wholeNumber(_ low: Int, _ high: Int) throws(Diagnostic) -> Int {
    guard low < high else { throw unfinished(low - 1) }
    if tokens[low].kind == .wildcard, high == low + 1 { return 1 }
    let text = source.text(tokens[low].range).filter { $0 != "_" }
    guard high == low + 1, tokens[low].kind == .number, let count = Int(text), count >= 0 else {
      throw unexpectedToken(low, "a whole number")
    }
    notePiece(.value, tokens[low].range)
    return count
  }
}
