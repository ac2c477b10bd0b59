import Algebra
import RDF

/// Comparisons of dates of any grain (year, month, day, time) by their text.
///
/// A coarse date stands for all of its days: `2020-04-12` is `on 2020-04` and not `after 2020`; `2020-04` is not
/// `before 2020-04-12`.
enum DateCondition {
  static func comparison(_ comparison: Expression.Comparison, _ a: Expression, _ b: Expression)
    -> Expression
  {
    let left = Self.text(a)
    let right = Self.text(b)
    let within = Expression.call(.strStarts, [left, right])
    let around = Expression.call(.strStarts, [right, left])
    let before = Expression.and(.compare(.less, left, right), .not(around))
    return switch comparison {
    case .less: before
    case .greaterOrEqual: .compare(.greaterOrEqual, left, right)
    case .lessOrEqual: .or(before, within)
    case .greater: .and(.compare(.greater, left, right), .not(within))
    case .equal: within
    case .notEqual: .not(within)
    }
  }

  static func text(_ expression: Expression) -> Expression {
    if case .term(.literal(let literal)) = expression {
      return .term(.literal(Literal(literal.lexicalForm)))
    }
    return .call(.str, [expression])
  }
}

/// Tests of a text, without case; of a thing, by its labels.
enum TextCondition {
  static func test(_ function: Function, _ a: Expression, _ b: Expression) -> Expression {
    guard case .variable(let variable) = a else { return plain(function, a, b) }
    let label = Variable(".label." + variable.name)
    let labels = Pattern.triples([
      TriplePattern(.variable(variable), .term(.iri(Vocabulary.label)), .variable(label))
    ])
    return .or(
      .and(.call(.isLiteral, [a]), plain(function, a, b)),
      .exists(.filter(plain(function, .variable(label), b), labels)))
  }

  private static func plain(_ function: Function, _ a: Expression, _ b: Expression) -> Expression {
    let text = Expression.call(.str, [a])
    if function == .regex {
      return .call(.regex, [text, .call(.str, [b]), .term(.literal(Literal("i")))])
    }
    return .call(function, [.call(.lcase, [text]), .call(.lcase, [.call(.str, [b])])])
  }
}
