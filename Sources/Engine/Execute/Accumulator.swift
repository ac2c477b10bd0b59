import Algebra
import RDF

/// One aggregate over all groups.
///
/// COUNT passes over errors, and is one beyond 38 digits; SAMPLE takes any value; an error in any row makes the others
/// unbound. Source: SPARQL 1.2 Query, section 18.5.1.
struct Accumulator {
  private let function: Aggregate.Function
  private let argument: BoundExpression?
  private var seen: RowTable?
  /// Whether all rows are one group.
  private let isUngrouped: Bool
  /// The terms counted so far where there is one group.
  private var met: VisitedSet?
  private var counts: [Weight] = []
  private var values: [Value?] = []
  /// What sums have of integers, which are exact in any order.
  private var integers: [Int128] = []
  /// The best terms of a column so far, with their majors, the greater the better.
  private var best: [(id: TermID, major: UInt64)] = []
  private var hasError: [Bool] = []
  /// What GROUP_CONCAT has put together so far, in UTF-8.
  private var texts: [[UInt8]?] = []
  private var textByteCount = 0

  init(
    _ function: Aggregate.Function, _ argument: BoundExpression?, distinct: Bool, width: Int,
    isUngrouped: Bool
  ) {
    self.isUngrouped = isUngrouped
    self.function = function
    self.argument = argument
    if distinct { seen = RowTable(width: argument == nil ? width + 1 : 2) }
  }

  /// Half as much again, since what grows is copied; without the rows met before.
  var byteCount: Int {
    let ofGroups =
      counts.count * 17 + values.count * MemoryLayout<Value?>.stride
      + (integers.count + best.count + texts.count * 3) * 16
    return (ofGroups + textByteCount) * 3 / 2 + (met?.byteCount ?? 0)
  }

  /// Whether it is COUNT(*), which needs to know no row.
  var countsRowsOnly: Bool { argument == nil && seen == nil }

  /// How many rows a group has, for COUNT(*).
  func count(_ group: Int) -> Weight { counts[group] }

  /// So many rows of the only group.
  mutating func add(rowCount: Int, _ context: ExecutionContext) throws(EvaluationError) {
    try extend(to: 1, context)
    counts[0] = sum(counts[0], Weight(rowCount))
  }

  mutating func add(
    _ batch: Batch, _ groups: [Int], groupCount: Int, _ evaluator: ExpressionEvaluator
  ) throws(EvaluationError) {
    try extend(to: groupCount, evaluator.context)
    if seen == nil, function == .count {
      switch argument {
      case nil: return count(groups, batch.weights) { _ in true }
      case .column(let column):
        let column = batch.columns[column]
        return count(groups, batch.weights) { column[$0].isBound }
      default: break
      }
    }
    if seen != nil, isUngrouped, function == .count, case .column(let column) = argument {
      return try countNew(batch.columns[column], evaluator.context)
    }
    let isFirst = try firstOccurrences(batch, groups, evaluator.context)
    if seen == nil, function == .minimum || function == .maximum,
      case .column(let column) = argument
    {
      return try takeBest(batch.columns[column], groups, evaluator)
    }
    let packed = summedColumn(batch, evaluator.terms)
    for row in 0..<batch.count {
      try evaluator.context.tick()
      let group = groups[row]
      if !packed.isEmpty, packed[row].kind == .integer {
        counts[group] = sum(counts[group], 1)
        integers[group] += Int128(packed[row].payload)
        continue
      }
      guard let argument else {
        if isFirst[row] { counts[group] += 1 }
        continue
      }
      guard let value = try evaluator.value(argument, batch, row) else {
        hasError[group] = true
        continue
      }
      if seen != nil {
        let isNew =
          try isFirst.isEmpty
          ? isNew(evaluator.id(value), group, evaluator.context) : isFirst[row]
        if !isNew { continue }
      }
      try add(value, group, weight: batch.weights?[row] ?? 1, evaluator)
    }
  }

  /// The least or greatest terms of a column; an unbound one is an error of its group.
  private mutating func takeBest(
    _ column: [TermID], _ groups: [Int], _ evaluator: ExpressionEvaluator
  ) throws(EvaluationError) {
    let order = TermOrder(evaluator.terms)
    let isLeast = function == .minimum
    try best.extend(to: counts.count, with: (.none, 0), evaluator.context)
    for (row, group) in groups.enumerated() {
      let id = column[row]
      guard id.isBound else {
        hasError[group] = true
        continue
      }
      let major = isLeast ? ~order.major(id) : order.major(id)
      let known = best[group]
      if known.id == id || (known.id.isBound && major < known.major) { continue }
      if known.id.isBound, major == known.major {
        let comparison = order.compare(id, known.id)
        guard isLeast ? comparison < 0 : comparison > 0 else { continue }
      }
      best[group] = (id, major)
      values[group] = .id(id)
    }
  }

  /// The values of the column that is summed up; empty where there is none, or rows are weighed.
  private func summedColumn(_ batch: Batch, _ terms: QueryTerms) -> [PackedValue] {
    guard case .column(let column) = argument, function == .sum || function == .average,
      seen == nil, batch.weights == nil
    else { return [] }
    return batch.columns[column].map { $0.isBound ? terms.packedValue($0) : .none }
  }

  /// Counts the terms not met before, in the only group.
  private mutating func countNew(
    _ column: [TermID], _ context: ExecutionContext
  ) throws(EvaluationError) {
    var known = met.take() ?? VisitedSet(termCount: context.terms.dictionary.count)
    try known.makeRoom(for: column.count, context)
    for id in column where id.isBound { known.insert(id) }
    counts[0] = Weight(known.count)
    met = known
  }

  /// For each row, whether its group has not met its terms before; empty where rows are not told apart by columns.
  private mutating func firstOccurrences(
    _ batch: Batch, _ groups: [Int], _ context: ExecutionContext
  ) throws(EvaluationError) -> [Bool] {
    let columns: [[TermID]]
    switch argument {
    case nil: columns = batch.columns
    case .column(let column): columns = [batch.columns[column]]
    default: return []
    }
    guard var known = seen?.count else { return [] }
    let keys = groups.map { TermID(rawValue: UInt32(truncatingIfNeeded: $0)) }
    let numbers = try seen?.numbers(of: [keys] + columns, count: batch.count, context) ?? []
    return numbers.map { number in
      if number < known { return false }
      known += 1
      return true
    }
  }

  @inline(__always)
  private mutating func count(
    _ groups: [Int], _ weights: [Weight]?, where isCounted: (Int) -> Bool
  ) {
    guard let weights else {
      for (row, group) in groups.enumerated() where isCounted(row) { counts[group] += 1 }
      return
    }
    if isUngrouped {
      var total = counts[0]
      for row in weights.indices where isCounted(row) { total = sum(total, weights[row]) }
      counts[0] = total
      return
    }
    for (row, group) in groups.enumerated() where isCounted(row) {
      counts[group] = sum(counts[group], weights[row])
    }
  }

  private mutating func extend(
    to groupCount: Int, _ context: ExecutionContext
  ) throws(EvaluationError) {
    try counts.extend(to: groupCount, with: 0, context)
    try hasError.extend(to: groupCount, with: false, context)
    switch function {
    case .count: break
    case .sum, .average:
      try values.extend(to: groupCount, with: nil, context)
      try integers.extend(to: groupCount, with: 0, context)
    case .minimum, .maximum, .sample: try values.extend(to: groupCount, with: nil, context)
    case .groupConcat: try texts.extend(to: groupCount, with: nil, context)
    }
  }

  private mutating func isNew(
    _ id: TermID, _ group: Int, _ context: ExecutionContext
  ) throws(EvaluationError) -> Bool {
    guard let before = seen?.count else { return true }
    let key = TermID(rawValue: UInt32(truncatingIfNeeded: group))
    return try seen?.numbers(of: [[key], [id]], count: 1, context) == [before]
  }

  private mutating func add(
    _ value: Value, _ group: Int, weight: Weight, _ evaluator: ExpressionEvaluator
  ) throws(EvaluationError) {
    counts[group] = sum(counts[group], seen == nil ? weight : 1)
    switch function {
    case .count: break
    case .sample: if values[group] == nil { values[group] = value }
    case .sum, .average:
      guard let number = evaluator.xsd(value), isSummable(number) else {
        hasError[group] = true
        return
      }
      guard case .xsd(let sum) = values[group] else {
        values[group] = .xsd(number)
        return
      }
      if let sum = sum.adding(number) { values[group] = .xsd(sum) } else { hasError[group] = true }
    case .minimum, .maximum:
      guard let best = values[group] else {
        values[group] = value
        return
      }
      let order = TermOrder(evaluator.terms).compare(value, best)
      if function == .minimum ? order < 0 : order > 0 { values[group] = value }
    case .groupConcat(let separator):
      guard let text = evaluator.string(value) else {
        hasError[group] = true
        return
      }
      try append(text, separator, group, evaluator.context)
    }
  }

  private mutating func append(
    _ text: String, _ separator: String, _ group: Int, _ context: ExecutionContext
  ) throws(EvaluationError) {
    let byteCount = text.utf8.count + separator.utf8.count
    try context.tick(byteCount / 16)
    try context.admit(textOf: (texts[group]?.count ?? 0) + byteCount)
    textByteCount += byteCount
    guard var joined = exchange(&texts[group], with: []) else {
      texts[group] = Array(text.utf8)
      return
    }
    try joined.makeRoom(for: byteCount, context)
    joined += separator.utf8
    joined += text.utf8
    texts[group] = joined
  }

  /// Numbers, and durations, whose sums are durations.
  private func isSummable(_ value: XSDValue) -> Bool {
    switch value {
    case .integer, .decimal, .float, .double, .dayTimeDuration, .yearMonthDuration: true
    case .boolean, .string, .dateTime, .date, .time, .gYear, .gYearMonth, .gMonth, .gMonthDay,
      .gDay, .duration:
      false
    }
  }

  mutating func results(
    groupCount: Int, _ evaluator: ExpressionEvaluator
  ) throws(EvaluationError) -> [TermID] {
    try extend(to: groupCount, evaluator.context)
    var results: [TermID] = []
    results.reserveCapacity(groupCount)
    for group in 0..<groupCount {
      try evaluator.context.tick()
      guard let value = try result(group, evaluator.context) else {
        results.append(.none)
        continue
      }
      results.append(try evaluator.id(value))
    }
    return results
  }

  private func result(
    _ group: Int, _ context: ExecutionContext
  ) throws(EvaluationError) -> Value? {
    switch function {
    case .count: return counts[group] == uncountable ? nil : .integer(counts[group])
    case .sample: return values[group]
    case .minimum, .maximum: return hasError[group] ? nil : values[group]
    case .sum: return hasError[group] ? nil : total(group).map(Value.xsd)
    case .groupConcat:
      return hasError[group] ? nil : .string(try context.string(texts[group] ?? []))
    case .average:
      if hasError[group] { return nil }
      guard counts[group] > 0 else { return .integer(0) }
      return total(group)?.divided(by: .integer(counts[group])).map(Value.xsd)
    }
  }

  /// The sum of a group; nil where it is too large.
  private func total(_ group: Int) -> XSDValue? {
    guard case .xsd(let sum) = values[group] else { return .integer(integers[group]) }
    // A sum of no integers is added, too: it makes a negative zero of floats positive.
    return sum.adding(.integer(integers[group])) ?? (integers[group] == 0 ? sum : nil)
  }
}
