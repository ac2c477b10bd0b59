import Algebra
import RDF

/// An operator of a plan with the operators it takes rows from.
final class PlanNode {
  let step: PlanStep
  let inputs: [PlanNode]
  /// The columns of its batches.
  let columns: [Slot]
  /// The slots that are bound in every row.
  let certain: SlotSet
  /// Rows expected.
  let estimate: Double
  /// Rows that this operator and those below it are expected to look up and to give.
  let cost: Double
  /// Operators one above the other.
  let height: Int
  let duplicates: Duplicates

  init(
    _ step: PlanStep, _ inputs: [PlanNode] = [], columns: [Slot], certain: SlotSet,
    estimate: Double, duplicates: Duplicates = .kept
  ) {
    self.step = step
    self.inputs = inputs
    self.columns = columns
    self.certain = certain
    self.estimate = estimate
    self.duplicates = duplicates
    cost = inputs.reduce(estimate + Self.lookupCount(step, inputs)) { $0 + $1.cost }
    height = inputs.reduce(0) { max($0, $1.height) } + 1
  }

  /// How often an operator looks something up; an intersection does more than that with each list.
  private static func lookupCount(_ step: PlanStep, _ inputs: [PlanNode]) -> Double {
    switch step {
    case .lookup: inputs[0].columns.isEmpty ? 0 : inputs[0].estimate
    case .intersect(_, let patterns, _):
      inputs[0].estimate * Double(patterns.count) * JoinOrder.listCost
    default: 0
    }
  }

  /// The one empty solution.
  static var unit: PlanNode {
    PlanNode(.values([]), columns: [], certain: SlotSet(), estimate: 1)
  }

  /// Whether some rows may take others away.
  var takesAway: Bool {
    switch step {
    case .difference: true
    case .group: false
    default: inputs.contains { $0.takesAway }
    }
  }

  /// No solution, with the given columns.
  static func nothing(_ columns: [Slot]) -> PlanNode {
    if columns.isEmpty {
      return PlanNode(
        .slice(offset: 0, limit: 0), [unit], columns: [], certain: SlotSet(), estimate: 0)
    }
    return PlanNode(
      .values(columns.map { _ in [] }), columns: columns, certain: SlotSet(columns), estimate: 0)
  }
}

/// What an operator does.
enum PlanStep {
  /// Given columns; without columns, one row.
  case values([[TermID]])
  /// The rows that the enclosing operator puts in, with the place to put them.
  case seed(SeedID)
  /// Matches of a triple pattern for each row.
  case lookup(ScanPattern, Graph)
  /// Values of a slot that all patterns allow, all else in them being bound.
  case intersect(Slot, [ScanPattern], Graph)
  /// For each row, the triple term in a slot taken apart or found.
  case tripleTerm(Slot, ScanPattern)
  case path(PathPattern, Graph)
  case join
  case leftJoin(condition: PlannedExpression?)
  /// Rows of the first input with (or without) a match in the second.
  case semiJoin(condition: PlannedExpression?, negated: Bool)
  /// As `leftJoin`, the second input evaluated for each batch of the first.
  case lateralLeftJoin(SeedID, row: Slot)
  case lateralSemiJoin(SeedID, row: Slot, negated: Bool)
  case minus
  case union
  case filter(PlannedExpression)
  case extend(Slot, PlannedExpression)
  /// A number for each row, which is no term.
  case number(Slot)
  case group(keys: [Slot], aggregates: [PlannedAggregate])
  /// `limit` rows are enough.
  case sort([(key: PlannedExpression, descending: Bool)], limit: Int?)
  case project
  case distinct
  /// One row for equal ones, with the sum of their weights.
  case combine
  /// The rows of the first input less those of the second, by weight.
  case difference
  case slice(offset: Int, limit: Int?)
}

typealias SeedID = Int

/// An expression with what its variables stand for.
struct PlannedExpression {
  let expression: Expression
  let scope: Scope
  let graph: Graph
}

struct PlannedAggregate {
  let slot: Slot
  let function: Aggregate.Function
  /// nil for COUNT(*).
  let argument: PlannedExpression?
  let distinct: Bool
}

/// A path between two positions.
struct PathPattern {
  var subject: Position
  var path: EncodedPath
  var object: Position
}

/// A path of handles; predicates that the dictionary does not know match nothing.
indirect enum EncodedPath {
  case predicate(TermID)
  case inverse(EncodedPath)
  case sequence(EncodedPath, EncodedPath)
  case alternative(EncodedPath, EncodedPath)
  case zeroOrMore(EncodedPath)
  case oneOrMore(EncodedPath)
  case zeroOrOne(EncodedPath)
  case negated(forward: [TermID], inverse: [TermID])
}
