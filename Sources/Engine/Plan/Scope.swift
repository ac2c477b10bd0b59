import Algebra
import RDF

/// What the variables of one scope stand for in a plan. A subquery's own variables live in a
/// scope of their own.
struct Scope {
  private(set) var slots: [Variable: Slot] = [:]
  /// Variables fixed from outside, for the pattern of an EXISTS.
  var constants: [Variable: TermID] = [:]

  mutating func slot(_ variable: Variable, _ counter: inout Int) -> Slot {
    if let slot = slots[variable] { return slot }
    counter += 1
    slots[variable] = counter - 1
    return counter - 1
  }

  mutating func bind(_ variable: Variable, to slot: Slot) {
    slots[variable] = slot
  }

  /// The scope inside a subquery that lets only some variables through; what is fixed from outside
  /// is fixed in every group (SPARQL 1.2 Query, section 18.2.2.6: ContextSolution).
  func inner(projecting variables: [Variable]) -> Scope {
    let passed = Set(variables)
    var inner = Scope()
    inner.slots = slots.filter { passed.contains($0.key) }
    inner.constants = constants
    return inner
  }

  /// Where a variable's value lies; nil when it cannot have one.
  func position(_ variable: Variable) -> Position? {
    constants[variable].map(Position.constant) ?? slots[variable].map(Position.slot)
  }
}
