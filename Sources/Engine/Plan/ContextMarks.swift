import Algebra
import RDF

/// Lets the sides of a MINUS in the pattern of an EXISTS have a variable in common wherever the
/// solution that is tested binds one.
///
/// Every group of such a pattern begins with that solution (SPARQL 1.2 Query, section 18.3.2.6:
/// ContextSolution), so both sides have all its variables. The planner knows of those that the
/// pattern mentions; where these may all be unbound, both sides get a mark.
struct ContextMarks {
  /// Variables that the text does not name, but that solutions bind.
  private let aggregates: Set<Variable>
  private static let variable = Variable(" context")

  static func run(_ pattern: Pattern) -> Pattern {
    guard pattern.excludesInExists else { return pattern }
    let marks = ContextMarks(aggregates: Set(pattern.aggregated))
    return marks.marked(pattern, in: TestedSolution())
  }

  private func marked(_ pattern: Pattern, in context: TestedSolution) -> Pattern {
    lazy var tested = TestedSolution(pattern.parts, in: context, aggregates)
    let result = pattern.mapping({ marked($0, in: context) }, { marked($0, testing: tested) })
    guard case .minus(let left, let right) = result, let mark = context.mark else { return result }
    return .minus(.extend(left, Self.variable, mark), .extend(right, Self.variable, mark))
  }

  private func marked(
    _ expression: Expression, testing tested: @autoclosure () -> TestedSolution
  ) -> Expression {
    guard case .exists(let pattern) = expression else {
      return expression.mapping { marked($0, testing: tested()) }
    }
    guard pattern.excludes else { return expression }
    return .exists(marked(pattern, in: tested().mentioned(in: pattern)))
  }
}

/// What is known of the solutions that an EXISTS tests.
private struct TestedSolution {
  /// Variables that each of them binds.
  private var certain: Set<Variable> = []
  /// Variables that some of them may bind.
  private var possible: [Variable] = []
  /// What both sides of a MINUS bind: an error for a solution that binds nothing. nil where the
  /// planner needs no mark.
  private(set) var mark: Expression?
  private var needsMark = true

  init() {}

  /// The solutions of some patterns that are joined, within the pattern of an EXISTS or not.
  init(_ patterns: [Pattern], in context: TestedSolution, _ aggregates: Set<Variable>) {
    func isBinding(_ variable: Variable) -> Bool {
      variable.isOfText || aggregates.contains(variable)
    }
    certain = context.certain.union(patterns.flatMap(\.certainVariables).filter(isBinding))
    possible = context.possible + patterns.flatMap(\.variablesInScope).filter(isBinding)
    needsMark = context.needsMark
    let truth = Expression.term(.literal(Literal("true", datatype: XSD.boolean)))
    if !certain.isEmpty {
      mark = truth
    } else if !possible.isEmpty {
      mark = .coalesce(possible.map { .conditional(.bound($0), truth, .variable($0)) })
    }
  }

  /// The same, seen from a pattern: the planner knows that it has a context where the pattern
  /// mentions a variable that is bound.
  func mentioned(in pattern: Pattern) -> TestedSolution {
    var result = self
    if !needsMark || !certain.isDisjoint(with: pattern.mentionedVariables) {
      result.needsMark = false
      result.mark = nil
    }
    return result
  }
}

extension Pattern {
  /// Whether there is an EXISTS inside whose pattern excludes.
  fileprivate var excludesInExists: Bool {
    expressions.contains { $0.excludes } || parts.contains { $0.excludesInExists }
  }

  /// Whether there is a MINUS inside, or in the pattern of an EXISTS inside.
  fileprivate var excludes: Bool {
    if case .minus = self { return true }
    return expressions.contains { $0.excludes } || parts.contains { $0.excludes }
  }

  /// The variables of the aggregates inside.
  fileprivate var aggregated: [Variable] {
    var own: [Variable] = []
    if case .group(_, _, let bindings) = self { own = bindings.map(\.variable) }
    return own + expressions.flatMap(\.aggregated) + parts.flatMap(\.aggregated)
  }
}

extension Expression {
  fileprivate var excludes: Bool {
    if case .exists(let pattern) = self { return pattern.excludes }
    return parts.contains { $0.excludes }
  }

  fileprivate var aggregated: [Variable] {
    if case .exists(let pattern) = self { return pattern.aggregated }
    return parts.flatMap(\.aggregated)
  }
}
