import Algebra
import RDF

/// Makes the operators of a plan.
final class OperatorBuilder {
  private let context: ExecutionContext
  private let evaluator: ExpressionEvaluator
  private let isProfiled: Bool
  /// Tables of joins, which the threads of a segment share.
  private var tables: [ObjectIdentifier: SharedTable] = [:]
  /// The segment that is built: its source is replaced by morsels, which come under a seed.
  private var segment: (part: RowwiseSegment, seed: SeedID)?
  /// The root last of its subtree; with the depth of each.
  private(set) var measured: [(node: PlanNode, operator: Measured, depth: Int)] = []

  /// In steps of a loop over rows: what an operator takes to make.
  private static let operatorStepCount = 128
  /// What it holds, without rows.
  private static let operatorByteCount = 512

  init(_ context: ExecutionContext, profile: Bool = false) {
    self.context = context
    evaluator = ExpressionEvaluator(context)
    isProfiled = profile
  }

  /// For the operators of a segment in another thread.
  private init(
    _ context: ExecutionContext, _ segment: RowwiseSegment, _ seed: SeedID,
    _ other: OperatorBuilder
  ) {
    self.context = context
    self.segment = (segment, seed)
    tables = other.tables
    evaluator = ExpressionEvaluator(context)
    isProfiled = false
  }

  /// The operators of a plan. Where all its rows will be asked for, large parts run in threads.
  func build(
    _ node: PlanNode, depth: Int = 0, isWhole: Bool
  ) throws(EvaluationError) -> any Operator {
    try context.tick(Self.operatorStepCount + node.columns.count)
    try context.charge(byteCount: Self.operatorByteCount)
    if let segment, node === segment.part.source { return SeedSource(segment.seed, context) }
    if isWhole, segment == nil, !isProfiled,
      let segment = RowwiseSegment(node, leastRowCount: context.threads.rowCount)
    {
      return try parallel(segment, depth)
    }
    guard isProfiled else { return try make(node, depth, isWhole: isWhole) }
    let place = measured.count
    let made = Measured(try make(node, depth, isWhole: isWhole))
    measured.insert((node, made, depth), at: place)
    return made
  }

  private func parallel(
    _ segment: RowwiseSegment, _ depth: Int
  ) throws(EvaluationError) -> any Operator {
    let source = try build(segment.source, depth: depth, isWhole: true)
    let before = Set(tables.keys)
    let seed = context.freshSeed()
    self.segment = (segment, seed)
    let own = try build(segment.top, depth: depth, isWhole: true)
    self.segment = nil
    let ownTables = tables.filter { !before.contains($0.key) }.values
    return ParallelRows(source, own: own, seed: seed, context) {
      [self] helper throws(EvaluationError) in
      for table in ownTables { _ = try table.table() }
      let builder = OperatorBuilder(helper, segment, seed, self)
      return try builder.build(segment.top, depth: depth, isWhole: true)
    }
  }

  private func make(
    _ node: PlanNode, _ depth: Int, isWhole: Bool
  ) throws(EvaluationError) -> any Operator {
    switch node.step {
    case .values(let columns): return ValuesSource(columns)
    case .seed(let seed): return SeedSource(seed, context)
    case .union, .difference:
      var inputs: [(any Operator, sources: [Int?])] = []
      for input in node.inputs {
        let rows = try build(input, depth: depth + 1, isWhole: isWhole)
        inputs.append((rows, places(of: node.columns, in: input)))
      }
      if case .difference = node.step { inputs[1].0 = Negation(inputs[1].0) }
      return Union(inputs)
    case .lookup, .intersect, .tripleTerm, .path, .filter, .extend, .number, .group, .sort,
      .project, .distinct, .combine, .slice:
      return try makeUnary(node, depth, isWhole: isWhole)
    case .join, .leftJoin, .semiJoin, .minus, .lateralLeftJoin, .lateralSemiJoin:
      return try makeBinary(node, depth, isWhole: isWhole)
    }
  }

  private func makeUnary(
    _ node: PlanNode, _ depth: Int, isWhole: Bool
  ) throws(EvaluationError) -> any Operator {
    let below = node.inputs[0]
    let input = try build(
      below, depth: depth + 1, isWhole: node.asksForAll ?? isWhole)
    switch node.step {
    case .lookup(let pattern, let graph):
      return try LookupJoin(
        input, pattern, graph, columns: below.columns, output: node.columns,
        duplicates: node.duplicates, rowCount: below.estimate, isProfiled: isProfiled, context)
    case .intersect(let slot, let patterns, let graph):
      // Morsels may cut the runs of rows that an inherited list is.
      let inherited =
        below === segment?.part.source
        ? nil : InheritedList.find(slot, patterns, below: below)
      return try IntersectionJoin(
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
        ResultMemo(expression, context),
        sources: node.columns.compactMap(below.columns.firstIndex), context)
    case .extend(let slot, let planned):
      let expression = try BoundExpression(planned, columns: below.columns, context)
      return Extend(
        input, expression, evaluator, ResultMemo(expression, context),
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

  private func makeBinary(
    _ node: PlanNode, _ depth: Int, isWhole: Bool
  ) throws(EvaluationError) -> any Operator {
    let (leftNode, rightNode) = (node.inputs[0], node.inputs[1])
    let left = try build(leftNode, depth: depth + 1, isWhole: isWhole)
    let merged = leftNode.columns + rightNode.columns.filter { !leftNode.columns.contains($0) }
    switch node.step {
    case .join: return HashJoin(left, context, table: try table(node, depth))
    case .leftJoin(let planned):
      return LeftHashJoin(
        left, try condition(planned, merged), context, table: try table(node, depth))
    case .semiJoin(let planned, let negated):
      let condition = try condition(planned, merged)
      return SemiHashJoin(
        left, negated ? .notExists(condition) : .exists(condition), context,
        table: try table(node, depth))
    case .minus: return SemiHashJoin(left, .minus, context, table: try table(node, depth))
    case .lateralLeftJoin(let seed, let row):
      return LateralLeftJoin(
        left, try run(seed, row, rightNode, depth),
        sources: places(of: node.columns, in: rightNode).compactMap(\.self))
    case .lateralSemiJoin(let seed, let row, let negated):
      return LateralSemiJoin(left, try run(seed, row, rightNode, depth), negated: negated)
    default: preconditionFailure("not an operator with two inputs")
    }
  }

  /// The right side's rows; threads of a segment find the table that was made before them.
  private func table(_ node: PlanNode, _ depth: Int) throws(EvaluationError) -> SharedTable {
    if let known = tables[ObjectIdentifier(node)] { return known }
    let (left, right) = (node.inputs[0], node.inputs[1])
    let around = segment
    segment = nil
    defer { segment = around }
    let rows = try build(right, depth: depth + 1, isWhole: true)
    let context = context
    let table = SharedTable { () throws(EvaluationError) in
      try JoinTable(
        rows, columns: right.columns, certain: right.certain, probe: left.columns,
        certain: left.certain, context)
    }
    tables[ObjectIdentifier(node)] = table
    return table
  }

  private func run(
    _ seed: SeedID, _ row: Slot, _ node: PlanNode, _ depth: Int
  ) throws(EvaluationError) -> LateralRun {
    guard let column = node.columns.firstIndex(of: row) else {
      preconditionFailure("a lateral plan without row numbers")
    }
    let right = try build(node, depth: depth + 1, isWhole: false)
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
          aggregate.function, argument, distinct: aggregate.distinct, width: columns.count,
          isUngrouped: keys.isEmpty))
    }
    if takesAway {
      made.append(
        Accumulator(
          .count, nil, distinct: false, width: columns.count, isUngrouped: keys.isEmpty))
    }
    return GroupBy(
      input, keys: keys.map { columns.firstIndex(of: $0) }, aggregates: made,
      countsPresence: takesAway, evaluator, context)
  }
}

extension PlanNode {
  /// Whether all rows of the input are wanted; nil where that is so if all of this operator's are.
  fileprivate var asksForAll: Bool? {
    switch step {
    case .group, .sort, .combine: true
    case .slice: false
    default: nil
    }
  }
}
