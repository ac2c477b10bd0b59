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
  private var ids: [[TermID]]
  /// For each key that is computed.
  private var values: [[Value?]]
  private var majors: [[UInt64]]
  /// What the texts among the values take.
  private var textByteCount = 0

  init(_ keys: [(expression: BoundExpression, descending: Bool)], _ order: TermOrder) {
    self.keys = keys
    self.order = order
    ids = keys.map { _ in [] }
    values = keys.map { _ in [] }
    majors = keys.map { _ in [] }
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
      return batch.columns[column].map { key.descending ? ~order.major($0) : order.major($0) }
    }
  }

  /// Takes a row in; gives the major of its first key.
  mutating func append(
    _ batch: Batch, _ row: Int, _ ready: [[UInt64]], _ evaluator: ExpressionEvaluator
  ) throws(EvaluationError) -> UInt64 {
    for (index, key) in keys.enumerated() {
      if case .column(let column) = key.expression {
        ids[index].append(batch.columns[column][row])
        majors[index].append(ready[index][row])
      } else {
        let value = try evaluator.value(key.expression, batch, row)
        values[index].append(value)
        textByteCount += Self.textByteCount(value)
        let major = order.major(value)
        majors[index].append(key.descending ? ~major : major)
      }
    }
    return majors.first?.last ?? 0
  }

  mutating func removeLast() {
    for index in keys.indices {
      majors[index].removeLast()
      _ = ids[index].popLast()
      if let value = values[index].popLast() { textByteCount -= Self.textByteCount(value) }
    }
  }

  /// The rows at some places, in this order.
  mutating func keep(_ places: [Int]) {
    ids = ids.map { $0.isEmpty ? [] : Batch.gather($0, places) }
    values = values.map { column in column.isEmpty ? [] : places.map { column[$0] } }
    majors = majors.map { column in places.map { column[$0] } }
    textByteCount = values.joined().reduce(0) { $0 + Self.textByteCount($1) }
  }

  /// Lets go of the values, where there are so many that freeing them takes long.
  func discard() {
    if values.contains(where: { $0.count > 1 << 18 }) { DetachedThread.letGo(of: values) }
  }

  /// Makes the majors of keys that are an IRI in every row tell more.
  mutating func sharpen(_ rows: inout [Row], _ context: ExecutionContext) throws(EvaluationError) {
    for index in keys.indices where !ids[index].isEmpty {
      guard let sharper = try order.majors(ofIRIs: ids[index], context) else { continue }
      majors[index] = keys[index].descending ? sharper.map { ~$0 } : sharper
      if index > 0 { continue }
      for row in rows.indices { rows[row].major = majors[0][rows[row].place] }
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
