import Algebra

/// What operators want of the plans below them.
extension Planner {
  /// What grouping wants; nil when it has to see every solution.
  static func demand(
    _ keys: [Slot], _ aggregates: [AggregateBinding], _ scope: inout Scope, _ counter: inout Int
  ) -> Demand? {
    var slots = SlotSet(keys)
    var needsWeights = false
    var isCount = true
    for aggregate in aggregates.map(\.aggregate) {
      guard let needs = aggregate.needsWeights, aggregate.argument?.isRepeatable ?? true else {
        return nil
      }
      if needs { needsWeights = true } else { isCount = false }
      for variable in aggregate.argument?.variables.sorted(by: { $0.name < $1.name }) ?? [] {
        slots.insert(scope.slot(variable, &counter))
      }
    }
    return Demand(
      slots: slots, duplicates: needsWeights ? .weighted : .dropped,
      differenceCount: isCount ? 2 : 0)
  }

  /// What the input of computed columns has to give; nil when that is every solution.
  static func widened(
    _ demand: Demand?, by values: [Expression], _ scope: inout Scope, _ counter: inout Int
  ) -> Demand? {
    guard var result = demand, values.allSatisfy(\.isRepeatable) else { return nil }
    for value in values {
      for variable in value.variables.sorted(by: { $0.name < $1.name }) {
        result.slots.insert(scope.slot(variable, &counter))
      }
    }
    return result
  }
}

extension Aggregate {
  /// Whether equal solutions count as many; nil where they cannot be put together.
  fileprivate var needsWeights: Bool? {
    switch function {
    case .count: argument == nil && distinct ? nil : !distinct
    case .minimum, .maximum, .sample: false
    case .sum, .average, .groupConcat: distinct ? false : nil
    }
  }
}

extension AggregateBinding {
  /// The same for solutions that are all different and bind all their variables: counting the
  /// different rows of a group, or the different terms of all that a row has beside the keys, counts
  /// the rows.
  func overSet(of variables: [Variable], by keys: [Variable]) -> AggregateBinding {
    guard aggregate.function == .count, aggregate.distinct else { return self }
    var result = self
    if let argument = aggregate.argument {
      guard case .variable(let counted) = argument,
        variables.allSatisfy({ $0 == counted || keys.contains($0) }), variables.contains(counted)
      else { return self }
      result.aggregate.argument = nil
    }
    result.aggregate.distinct = false
    return result
  }
}

extension Pattern {
  /// Whether its solutions are all different, by the variables that the text names, and bind all of them.
  var isSet: Bool {
    switch self {
    case .triples(let patterns):
      patterns.allSatisfy { $0.variables.allSatisfy(\.isOfText) }
    case .join(let a, let b): a.isSet && b.isSet
    case .filter(_, let inner), .graph(.term, let inner): inner.isSet
    case .path(let subject, .zeroOrMore, let object), .path(let subject, .oneOrMore, let object):
      [subject, object].allSatisfy { $0.variables.allSatisfy(\.isOfText) }
    case .path, .values, .leftJoin, .union, .minus, .extend, .graph, .service, .group, .orderBy,
      .project, .distinct, .reduced, .slice:
      false
    }
  }
}

extension Expression {
  /// Whether it gives the same for equal solutions.
  var isRepeatable: Bool {
    var isRepeatable = true
    visit { node in
      switch node {
      case .call(.rand, _), .call(.bnode, _), .call(.uuid, _), .call(.strUUID, _):
        isRepeatable = false
      default: break
      }
    }
    return isRepeatable
  }
}
