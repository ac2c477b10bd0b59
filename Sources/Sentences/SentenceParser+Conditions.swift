import Algebra
import Diagnostics
import RDF

/// A word or sign that compares.
enum ConditionOperator {
  case compare(Expression.Comparison)
  case before, after, since, until, on
  case contains, startsWith, endsWith, matches
}

extension SentenceParser {
  /// `x OP y`, or nil when the tokens are a pattern.
  mutating func condition(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Clause?
  {
    if let sign = topLevel(low, high, { Self.comparison($0.kind) != nil }),
      let comparison = Self.comparison(tokens[sign].kind)
    {
      guard low < sign, sign + 1 < high else { throw unfinished(sign) }
      return try comparing(low, sign, .compare(comparison), sign + 1, high, lexicon)
    }
    guard let (end, operation) = wordOperator(low, high) else { return nil }
    return try comparing(low, low + 1, operation, end, high, lexicon)
  }

  private static func comparison(_ kind: Token.Kind) -> Expression.Comparison? {
    switch kind {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }

  /// A gap and a comparison word before a value: where the value begins.
  private func wordOperator(_ low: Int, _ high: Int) -> (Int, ConditionOperator)? {
    let first = tokens[low]
    guard first.kind == .variable || first.reserved.isGap else { return nil }
    var index = low + 1
    if index < high, tokens[index].reserved.isCopula { index += 1 }
    guard index + 1 < high, tokens[index].kind == .word else { return nil }
    let (operation, length) = operatorWord(index)
    guard let operation, index + length == high - 1 else { return nil }
    let value = tokens[high - 1]
    let isText: Bool
    switch operation {
    case .contains, .startsWith, .endsWith, .matches: isText = true
    case .compare, .before, .after, .since, .until, .on: isText = false
    }
    let isRelation = buffer.isWord(index, "on") || buffer.isWord(index, "until")
    let fits =
      value.kind == .variable && !isRelation || value.kind == .wildcard
      || isText && value.kind == .text
      || !isText && (value.kind == .date || isYear(high - 1))
    return fits ? (high - 1, operation) : nil
  }

  private func operatorWord(_ index: Int) -> (ConditionOperator?, Int) {
    let second = index + 1
    switch buffer.foldedText(index, index + 1) {
    case "before": return (.before, 1)
    case "after": return (.after, 1)
    case "since": return (.since, 1)
    case "until": return (.until, 1)
    case "on", "in": return (.on, 1)
    case "contains": return (.contains, 1)
    case "matches": return (.matches, 1)
    case "starts": return (buffer.isWord(second, "with") ? .startsWith : nil, 2)
    case "ends": return (buffer.isWord(second, "with") ? .endsWith : nil, 2)
    default: return (nil, 0)
    }
  }

  private mutating func comparing(
    _ low: Int, _ middle: Int, _ operation: ConditionOperator, _ right: Int, _ high: Int,
    _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Clause {
    let range = buffer.range(low, high)
    let isDated = high == right + 1 && tokens[right].kind == .date
    let isDatedLeft = middle == low + 1 && tokens[low].kind == .date
    let a = try expression(low, middle, isDate: false, lexicon)
    notePiece(.word, buffer.range(middle, right))
    let b = try expression(right, high, isDate: operation.isOfDates, lexicon)
    let condition: Expression
    switch operation {
    case .compare(let comparison):
      condition =
        isDated || isDatedLeft
        ? DateCondition.comparison(comparison, a, b) : .compare(comparison, a, b)
    case .before: condition = DateCondition.comparison(.less, a, b)
    case .after: condition = DateCondition.comparison(.greater, a, b)
    case .since: condition = DateCondition.comparison(.greaterOrEqual, a, b)
    case .until: condition = DateCondition.comparison(.lessOrEqual, a, b)
    case .on: condition = DateCondition.comparison(.equal, a, b)
    case .contains: condition = TextCondition.test(.contains, a, b)
    case .startsWith: condition = TextCondition.test(.strStarts, a, b)
    case .endsWith: condition = TextCondition.test(.strEnds, a, b)
    case .matches: condition = TextCondition.test(.regex, a, b)
    }
    return .condition(condition, range)
  }

  /// A gap, a value or a known name in a comparison.
  private mutating func expression(
    _ low: Int, _ high: Int, isDate: Bool, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Expression {
    if isDate, let date = try dateValue(low, high, lexicon) {
      notePiece(.value, buffer.range(low, high))
      return .term(date)
    }
    let fit = fitSide(low, high, .anything, lexicon)
    guard fit.level > .no else { throw unreadableSide(low, high, .entity, lexicon) }
    let operand = try side(low, high, .anything, fit, lexicon)
    switch try termPattern(operand, lexicon) {
    case .term(let term): return .term(term)
    case .variable(let variable): return .variable(variable)
    case .triple:
      throw Diagnostic(
        id: "claim-in-condition", "a claim with gaps cannot be compared",
        at: buffer.range(low, high))
    }
  }
}

extension ConditionOperator {
  var isOfDates: Bool {
    switch self {
    case .before, .after, .since, .until, .on: true
    case .compare, .contains, .startsWith, .endsWith, .matches: false
    }
  }
}
