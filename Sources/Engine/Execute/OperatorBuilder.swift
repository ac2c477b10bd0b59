import Algebra
import RDF

/// Makes the operators of a plan.
final class OperatorBuilder {
  private let context: ExecutionContext
  private let evaluator: ExpressionEvaluator
  private let isProfiled: Bool
  /// The root last of its subtree; with the depth of each.
  private(set) var measured: [(node: PlanNode, operator: Measured, depth: Int)] = []

  init(_ context: ExecutionContext, profile: Bool = false) {
    self.context = context
    evaluator = ExpressionEvaluator(context)
    isProfiled = profile
  }

  func build(_ node: PlanNode, depth: Int = 0) throws(EvaluationError) -> any Operator {
    guard isProfiled else { return try make(node, depth: depth) }
    let place = measured.count
    let made = Measured(try make(node, depth: depth))
    measured.insert((node, made, depth), at: place)
    return made
  }

  private func make(_ node: PlanNode, depth: Int) throws(EvaluationError) -> any Operator {
    switch node.step {
    case .values(let columns): return ValuesSource(columns)
    case .seed(let seed): return SeedSource(seed, context)
    case .union, .difference:
      var inputs: [(any Operator, sources: [Int?])] = []
      for input in node.inputs {
        inputs.append((try build(input, depth: depth + 1), places(of: node.columns, in: input)))
      }
      if case .difference = node.step { inputs[1].0 = Negation(inputs[1].0) }
      return Union(inputs)
    case .lookup, .intersect, .tripleTerm, .path, .filter, .extend, .number, .group, .sort,
      .project, .distinct, .combine, .slice:
      return try makeUnary(node, depth)
    case .join, .leftJoin, .semiJoin, .minus, .lateralLeftJoin, .lateralSemiJoin:
      return try makeBinary(node, depth)
    }
  }

  private func makeUnary(_ node: PlanNode, _ depth: Int) throws(EvaluationError) -> any Operator {
    let below = node.inputs[0]
    let input = try build(below, depth: depth + 1)
    switch node.step {
    case .lookup(let pattern, let graph):
      return LookupJoin(
        input, pattern, graph, columns: below.columns, output: node.columns,
        duplicates: node.duplicates, rowCount: below.estimate, context)
    case .intersect(let slot, let patterns, let graph):
      let inherited = InheritedList.find(slot, patterns, below: below)
      return IntersectionJoin(
        input, inherited?.patterns ?? patterns, graph, columns: below.columns,
        output: node.columns, duplicates: node.duplicates, rowCount: below.estimate,
        inherited: inherited?.list, context)
    case .tripleTerm(let slot, let pattern):
      return TripleTermStep(input, slot, pattern, columns: below.columns, context)
    case .path(let pattern, let graph) where pattern.isOpenClosure(over: below.columns):
      return PathClosure(
        input, pattern, graph, columns: below.columns, output: node.columns,
        duplicates: node.duplicates, context)
    case .path(let pattern, let graph):
      return PathJoin(input, pattern, graph, columns: below.columns, context)
    case .filter(let planned):
      let expression = try BoundExpression(planned, columns: below.columns, context)
      return Filter(
        input, RowCondition(expression: expression, evaluator: evaluator),
        sources: node.columns.compactMap(below.columns.firstIndex), context)
    case .extend(let slot, let planned):
      return Extend(
        input, try BoundExpression(planned, columns: below.columns, context), evaluator,
        place: below.columns.firstIndex(of: slot), context)
    case .number: return RowNumbers(input, context)
    case .group(let keys, let aggregates):
      return try group(
        input, keys, aggregates, below.columns, takesAway: below.takesAway)
    case .sort(let keys, let limit):
      var bound: [(expression: BoundExpression, descending: Bool)] = []
      for (key, descending) in keys {
        bound.append((try BoundExpression(key, columns: below.columns, context), descending))
      }
      return Sort(
        input, bound, limit: limit, width: below.columns.count, evaluator, context)
    case .project: return Projection(input, sources: places(of: node.columns, in: below))
    case .distinct: return Distinct(input, width: node.columns.count, context)
    case .combine: return Combine(input, width: node.columns.count, context)
    case .slice(let offset, let limit): return Slice(input, offset: offset, limit: limit)
    default: preconditionFailure("not an operator with one input")
    }
  }

  private func makeBinary(_ node: PlanNode, _ depth: Int) throws(EvaluationError) -> any Operator {
    let (leftNode, rightNode) = (node.inputs[0], node.inputs[1])
    let left = try build(leftNode, depth: depth + 1)
    let right = try build(rightNode, depth: depth + 1)
    let context = context
    let table = { () throws(EvaluationError) -> JoinTable in
      try JoinTable(
        right, columns: rightNode.columns, certain: rightNode.certain, probe: leftNode.columns,
        certain: leftNode.certain, context)
    }
    let merged = leftNode.columns + rightNode.columns.filter { !leftNode.columns.contains($0) }
    switch node.step {
    case .join: return HashJoin(left, context, table: table)
    case .leftJoin(let planned):
      return LeftHashJoin(left, try condition(planned, merged), context, table: table)
    case .semiJoin(let planned, let negated):
      let condition = try condition(planned, merged)
      return SemiHashJoin(
        left, negated ? .notExists(condition) : .exists(condition), context, table: table)
    case .minus: return SemiHashJoin(left, .minus, context, table: table)
    case .lateralLeftJoin(let seed, let row):
      return LateralLeftJoin(
        left, run(seed, row, right, rightNode),
        sources: places(of: node.columns, in: rightNode).compactMap(\.self))
    case .lateralSemiJoin(let seed, let row, let negated):
      return LateralSemiJoin(left, run(seed, row, right, rightNode), negated: negated)
    default: preconditionFailure("not an operator with two inputs")
    }
  }

  private func run(
    _ seed: SeedID, _ row: Slot, _ right: any Operator, _ node: PlanNode
  ) -> LateralRun {
    guard let column = node.columns.firstIndex(of: row) else {
      preconditionFailure("a lateral plan without row numbers")
    }
    return LateralRun(seed: seed, right: right, context: context, rowColumn: column)
  }

  private func places(of columns: [Slot], in node: PlanNode) -> [Int?] {
    columns.map(node.columns.firstIndex)
  }

  private func condition(
    _ planned: PlannedExpression?, _ columns: [Slot]
  ) throws(EvaluationError) -> RowCondition? {
    guard let planned else { return nil }
    return RowCondition(
      expression: try BoundExpression(planned, columns: columns, context), evaluator: evaluator)
  }

  private func group(
    _ input: any Operator, _ keys: [Slot], _ aggregates: [PlannedAggregate], _ columns: [Slot],
    takesAway: Bool
  ) throws(EvaluationError) -> any Operator {
    var made: [Accumulator] = []
    for aggregate in aggregates {
      var argument: BoundExpression?
      if let planned = aggregate.argument {
        argument = try BoundExpression(planned, columns: columns, context)
      }
      made.append(
        Accumulator(
          aggregate.function, argument, distinct: aggregate.distinct, width: columns.count))
    }
    return GroupBy(
      input, keys: keys.map { columns.firstIndex(of: $0) }, aggregates: made,
      presence: takesAway
        ? Accumulator(.count, nil, distinct: false, width: columns.count) : nil,
      evaluator, context)
  }
}
