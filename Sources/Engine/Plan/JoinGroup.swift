import Algebra
import RDF

/// Patterns that are joined, in any order, with the filters and optional parts over them.
struct JoinGroup {
  enum Item {
    case triple(ScanPattern)
    case tripleTerm(Slot, ScanPattern)
    case path(PathPattern)
    case plan(PlanNode)
  }

  let graph: Graph
  var items: [Item] = []
  var filters: [FilterItem] = []
  var optionals: [OptionalItem] = []

  /// Slots fixed from outside.
  private var fixed = SlotSet()

  init(graph: Graph) {
    self.graph = graph
  }

  /// Lets a slot have one value only.
  mutating func fix(_ slot: Slot, _ id: TermID) {
    if fixed.contains(slot) { return }
    fixed.insert(slot)
    items.append(
      .plan(
        PlanNode(.values([[id]]), columns: [slot], certain: SlotSet([slot]), estimate: 1)))
  }
}

/// A conjunct of a filter with the slots it reads.
struct FilterItem {
  let planned: PlannedExpression
  let slots: SlotSet
  /// How many optional parts lie below it.
  var stage = 0
  /// The part of a sample that it let through.
  var sampledShare: Double?

  /// The part of all rows that it is expected to let through.
  var share: Double { sampledShare ?? (planned.expression.isExclusion ? 0.9 : 1.0 / 3) }
}

extension Expression {
  /// Whether it is true of all but some few, as a rule.
  fileprivate var isExclusion: Bool {
    switch self {
    case .not, .compare(.notEqual, _, _), .oneOf(_, _, negated: true): true
    default: false
    }
  }
}

/// The right side of a left join, applied when everything to its left is joined.
struct OptionalItem {
  let pattern: Pattern
  let condition: Expression?
}

extension JoinGroup.Item {
  /// The slots that are bound in every solution of the item.
  var certain: SlotSet {
    switch self {
    case .triple(let pattern): pattern.slotSet
    case .tripleTerm(let slot, let pattern): SlotSet(pattern.slots + [slot])
    case .path(let path): SlotSet([path.subject, path.object].compactMap(\.slot))
    case .plan(let plan): plan.certain
    }
  }

  var columns: [Slot] {
    switch self {
    case .triple(let pattern): pattern.slots
    case .tripleTerm(let slot, let pattern): pattern.slots + [slot]
    case .path(let path):
      path.subject == path.object
        ? [path.subject].compactMap(\.slot) : [path.subject, path.object].compactMap(\.slot)
    case .plan(let plan): plan.columns
    }
  }
}
