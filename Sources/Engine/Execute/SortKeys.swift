import RDF

/// What rows are sorted by: the terms or values of each key, and their majors, turned round where
/// the key descends.
struct SortKeys {
  struct Row: BitwiseCopyable {
    /// Of the first key.
    var major: UInt64
    /// In the order of arrival.
    var place: Int
  }

  private let keys: [(expression: BoundExpression, descending: Bool)]
  private let order: TermOrder
  /// For each key that is a column.
  private var ids: [Segments<TermID>]
  /// For each key that is computed.
  private var values: [Segments<Value?>]
  private var majors: [Segments<UInt64>]
  /// What the texts among the values take.
  private var textByteCount = 0

  init(_ keys: [(expression: BoundExpression, descending: Bool)], _ order: TermOrder) {
    self.keys = keys
    self.order = order
    ids = keys.map { _ in Segments() }
    values = keys.map { _ in Segments() }
    majors = keys.map { _ in Segments() }
  }

  /// Gives away all that is held of the rows, at their end.
  mutating func takeColumns() -> (
    ids: [Segments<TermID>], values: [Segments<Value?>], majors: [Segments<UInt64>]
  ) {
    (exchange(&ids, with: []), exchange(&values, with: []), exchange(&majors, with: []))
  }

  var byteCount: Int {
    let cells = values.reduce(0) { $0 + $1.count } * MemoryLayout<Value?>.stride
    let terms = ids.reduce(0) { $0 + $1.count } * 4
    return cells + terms + textByteCount + majors.reduce(0) { $0 + $1.count } * 8
  }

  @inline(__always)
  func precedes(_ a: Row, _ b: Row) -> Bool {
    a.major == b.major ? precedesFurther(a, b) : a.major < b.major
  }

  private func precedesFurther(_ a: Row, _ b: Row) -> Bool {
    for (index, key) in keys.enumerated() {
      let (x, y) = (majors[index][a.place], majors[index][b.place])
      if x != y { return x < y }
      let order = order.compare(value(index, a.place), value(index, b.place))
      if order != 0 { return (order < 0) != key.descending }
    }
    return a.place < b.place
  }

  private func value(_ index: Int, _ place: Int) -> Value? {
    guard case .column = keys[index].expression else { return values[index][place] }
    let id = ids[index][place]
    return id.isBound ? .id(id) : nil
  }

  /// The majors of the keys that are columns; empty for the others.
  func majors(of batch: Batch) -> [[UInt64]] {
    keys.map { key in
      guard case .column(let column) = key.expression else { return [] }
      return majors(of: batch.columns[column], key.descending)
    }
  }

  private func majors(of column: [TermID], _ isDescending: Bool) -> [UInt64] {
    column.map { isDescending ? ~order.major($0) : order.major($0) }
  }

  /// Takes all rows of a batch in; gives the majors of their first key.
  mutating func append(
    _ batch: Batch, _ evaluator: ExpressionEvaluator
  ) throws(EvaluationError) -> [UInt64] {
    var firsts: [UInt64]?
    for (index, key) in keys.enumerated() {
      var found: [UInt64] = []
      if case .column(let column) = key.expression {
        found = self.majors(of: batch.columns[column], key.descending)
        ids[index].append(contentsOf: batch.columns[column])
      } else {
        for row in 0..<batch.count { found.append(try take(index, batch, row, evaluator)) }
      }
      majors[index].append(contentsOf: found)
      firsts = firsts ?? found
    }
    return firsts ?? [UInt64](repeating: 0, count: batch.count)
  }

  /// Takes in what a computed key is; gives its major.
  private mutating func take(
    _ index: Int, _ batch: Batch, _ row: Int, _ evaluator: ExpressionEvaluator
  ) throws(EvaluationError) -> UInt64 {
    let value = try evaluator.value(keys[index].expression, batch, row)
    values[index].append(value)
    textByteCount += Self.textByteCount(value)
    let major = order.major(value)
    return keys[index].descending ? ~major : major
  }

  /// Takes a row in; gives the major of its first key.
  mutating func append(
    _ batch: Batch, _ row: Int, _ ready: [[UInt64]], _ evaluator: ExpressionEvaluator
  ) throws(EvaluationError) -> UInt64 {
    var first: UInt64?
    for (index, key) in keys.enumerated() {
      let major: UInt64
      if case .column(let column) = key.expression {
        ids[index].append(batch.columns[column][row])
        major = ready[index][row]
      } else {
        major = try take(index, batch, row, evaluator)
      }
      majors[index].append(major)
      first = first ?? major
    }
    return first ?? 0
  }

  mutating func removeLast() {
    for index in keys.indices {
      _ = majors[index].popLast()
      _ = ids[index].popLast()
      if let value = values[index].popLast() { textByteCount -= Self.textByteCount(value) }
    }
  }

  /// The rows at some places, in this order.
  mutating func keep(_ places: [Int], _ context: ExecutionContext) throws(EvaluationError) {
    textByteCount = 0
    for index in keys.indices {
      majors[index] = try majors[index].gathered(places, context)
      if ids[index].count > 0 { ids[index] = try ids[index].gathered(places, context) }
      guard values[index].count > 0 else { continue }
      values[index] = try values[index].gathered(places, context)
      for part in values[index].parts {
        try context.tick(part.count)
        textByteCount += part.reduce(0) { $0 + Self.textByteCount($1) }
      }
    }
  }

  /// Makes the majors of keys that are an IRI in every row tell more.
  mutating func sharpen(
    _ rows: inout Segments<Row>, _ context: ExecutionContext
  ) throws(EvaluationError) {
    for index in keys.indices where ids[index].count > 0 {
      let flip: UInt64 = keys[index].descending ? .max : 0
      guard let sharper = try order.majors(ofIRIs: ids[index], flippedBy: flip, context) else {
        continue
      }
      majors[index] = sharper
      if index > 0 { continue }
      var known = Segments<Row>()
      for part in rows.parts {
        try context.tick(part.count)
        for row in part { known.append(Row(major: sharper[row.place], place: row.place)) }
      }
      rows = known
    }
  }

  private static func textByteCount(_ value: Value?) -> Int {
    switch value {
    case .xsd(.string(let text)): text.utf8.count + 32
    case .text(let text): text.text.utf8.count + 64
    case .xsd, .id, nil: 0
    }
  }
}
