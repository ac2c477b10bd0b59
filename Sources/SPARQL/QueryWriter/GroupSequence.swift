import Algebra

/// The elements of a group as they are put together, kept equal in meaning to the join of all patterns appended.
///
/// A filter of the text sees the whole group, and OPTIONAL, MINUS and BIND see all that stands before them. So a pattern goes
/// in flat only where these see what they would see in the algebra; else it gets braces of its own.
struct GroupSequence {
  private struct PendingFilter {
    var mentioned: Set<Variable>
    /// What was certainly bound where the filter stands in the algebra.
    var certain: Set<Variable>
  }

  private(set) var group = GroupPattern()
  private var scope: Set<Variable> = []
  private var certain: Set<Variable> = []
  private var filters: [PendingFilter] = []

  private var isEmpty: Bool { group.elements.isEmpty }

  /// Joins a pattern to what is there.
  mutating func append(_ pattern: Pattern, _ builder: inout SelectBuilder) {
    switch pattern {
    case .triples(let triples):
      makeRoom(for: pattern)
      group.elements += triples.map(GroupElement.triple)
      noteJoin(pattern)
    case .path(let subject, let path, let object):
      add(.path(subject, path, object), pattern)
    case .join(let left, let right):
      append(left, &builder)
      append(right, &builder)
    case .union: add(.union(Self.branches(pattern).map { builder.group($0) }), pattern)
    case .values(let variables, let rows): add(.values(variables, rows), pattern)
    case .graph(let name, let inner): add(.graph(name, builder.group(inner)), pattern)
    case .service(let name, let inner, let silent):
      add(.service(name, builder.group(inner), silent: silent), pattern)
    case .leftJoin(let left, let right, let condition):
      appendLeftJoin(pattern, left, right, condition, &builder)
    case .minus(let left, let right):
      guard keepsMeaning(of: right.mentionedVariables, over: left) else {
        return add(.group(builder.group(pattern)), pattern)
      }
      append(left, &builder)
      group.elements.append(.minus(builder.group(right)))
    case .filter(let condition, let inner):
      appendFilter(pattern, condition, inner, &builder)
    case .extend(let inner, let variable, let value):
      guard keepsMeaning(of: value.mentionedVariables, over: inner),
        isEmpty || !scope.contains(variable)
      else { return add(.group(builder.group(pattern)), pattern) }
      append(inner, &builder)
      makeRoom(for: [variable])
      group.elements.append(.bind(value, variable))
      scope.insert(variable)
    case .group(let inner, let keys, let aggregates):
      appendGrouping(pattern, builder.subselect(grouping: inner, by: keys, aggregates))
    case .orderBy, .project, .distinct, .reduced, .slice:
      add(.select(builder.select(pattern)), pattern)
    }
  }

  private mutating func appendGrouping(_ pattern: Pattern, _ elements: [GroupElement]) {
    if elements.count == 1 || isEmpty {
      makeRoom(for: pattern)
      group.elements += elements
      noteJoin(pattern)
    } else {
      add(.group(GroupPattern(elements: elements)), pattern)
    }
  }

  private mutating func appendLeftJoin(
    _ pattern: Pattern, _ left: Pattern, _ right: Pattern, _ condition: Expression?,
    _ builder: inout SelectBuilder
  ) {
    let mentioned = right.mentionedVariables + (condition?.mentionedVariables ?? [])
    guard keepsMeaning(of: mentioned, over: left) else {
      return add(.group(builder.group(pattern)), pattern)
    }
    append(left, &builder)
    makeRoom(for: right)
    var sequence = GroupSequence()
    sequence.append(right, &builder)
    // A filter at the top of OPTIONAL sees the left side too.
    sequence.makeRoom(for: scope)
    if let condition { sequence.group.elements.append(.filter(condition)) }
    group.elements.append(.optional(sequence.group))
    scope.formUnion(right.variablesInScope)
  }

  private mutating func appendFilter(
    _ pattern: Pattern, _ condition: Expression, _ inner: Pattern, _ builder: inout SelectBuilder
  ) {
    guard keepsMeaning(of: condition.mentionedVariables, over: inner) else {
      return add(.group(builder.group(pattern)), pattern)
    }
    append(inner, &builder)
    group.elements.append(.filter(condition))
    filters.append(
      PendingFilter(mentioned: Set(condition.mentionedVariables), certain: certain))
  }

  /// Adds an element that joins.
  private mutating func add(_ element: GroupElement, _ pattern: Pattern) {
    makeRoom(for: pattern)
    group.elements.append(element)
    noteJoin(pattern)
  }

  private mutating func noteJoin(_ pattern: Pattern) {
    scope.formUnion(pattern.variablesInScope)
    certain.formUnion(pattern.certainVariables)
  }

  /// Whether what sees `mentioned` over `left` sees the same over everything so far joined with `left`.
  private func keepsMeaning(of mentioned: [Variable], over left: Pattern) -> Bool {
    if isEmpty { return true }
    let certainLeft = left.certainVariables
    return mentioned.allSatisfy { !scope.contains($0) || certainLeft.contains($0) }
  }

  private mutating func makeRoom(for pattern: Pattern) {
    if !filters.isEmpty { makeRoom(for: Set(pattern.variablesInScope)) }
  }

  /// Puts what is there into braces when one of its filters would see a new binding.
  private mutating func makeRoom(for variables: Set<Variable>) {
    let disturbs = filters.contains { filter in
      !filter.mentioned.intersection(variables).isSubset(of: filter.certain)
    }
    if disturbs { seal() }
  }

  private mutating func seal() {
    group = GroupPattern(elements: [.group(group)])
    filters = []
  }

  private static func branches(_ pattern: Pattern) -> [Pattern] {
    guard case .union(let left, let right) = pattern else { return [pattern] }
    return branches(left) + branches(right)
  }
}
