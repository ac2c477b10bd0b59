import RDF

/// A number of 64 bits for each term that mostly tells which comes first: terms whose numbers
/// differ are ordered by them, others by `compare`.
///
/// The rank in 3 bits, then for literals with a value its kind in 5, then the value as far as 56
/// bits go, which is the first seven bytes of a text.
extension TermOrder {
  func major(_ id: TermID) -> UInt64 {
    guard id.isBound else { return 0 }
    let packed = terms.packedValue(id)
    if let bits = packed.orderBits { return Self.valued(packed.kind.datatype.rawValue, bits) }
    switch terms.kind(id) {
    case .blankNode: return 1 << 61 | prefix(id)
    case .iri: return 2 << 61 | prefix(id)
    case .plainLiteral: return Self.valued(XSDDatatype.string.rawValue, prefix(id))
    case .languageLiteral, .typedLiteral, .triple: return major(.id(id), in: self)
    }
  }

  /// The same for a value that is no term yet.
  func major(_ value: Value?) -> UInt64 {
    if case .id(let id) = value { return major(id) }
    return major(value, in: self)
  }

  private func major(_ value: Value?, in order: TermOrder) -> UInt64 {
    let key = order.key(value)
    guard case .value(let value) = key else { return UInt64(key.rank) << 61 }
    return Self.valued(value.kind, value.orderBits)
  }

  /// Majors of IRIs from the bytes on in which they differ, since most begin alike, each `flippedBy` some bits. nil unless
  /// all are IRIs.
  func majors(
    ofIRIs ids: Segments<TermID>, flippedBy flip: UInt64, _ context: ExecutionContext
  ) throws(EvaluationError) -> Segments<UInt64>? {
    guard let first = ids.parts.first?.first, first.isBound else { return nil }
    var shared = terms.withUTF8(of: first) { $0.count }
    for id in ids.parts.joined() {
      try context.tick()
      guard id.isBound, terms.kind(id) == .iri else { return nil }
      if shared == 0 { continue }
      terms.withUTF8(of: first) { a in
        terms.withUTF8(of: id) { b in
          var at = 0
          while at < min(shared, b.count), a[at] == b[at] { at += 1 }
          shared = at
        }
      }
    }
    var majors = Segments<UInt64>()
    for id in ids.parts.joined() {
      try context.tick()
      majors.append((2 << 61 | prefix(id, from: shared)) ^ flip)
    }
    return majors
  }

  /// `bits` are 56.
  private static func valued(_ kind: UInt8, _ bits: UInt64) -> UInt64 {
    3 << 61 | UInt64(kind & 31) << 56 | bits
  }

  private func prefix(_ id: TermID, from start: Int = 0) -> UInt64 {
    terms.withUTF8(of: id) { bytes in
      var result: UInt64 = 0
      for at in 0..<min(7, bytes.count - start) {
        result |= UInt64(bytes[start + at]) << UInt64(48 - 8 * at)
      }
      return result
    }
  }
}

extension XSDValue {
  /// Grows with the value among values of one kind.
  fileprivate var orderBits: UInt64 {
    if let time = asTime {
      // Times that no packed value holds lie before or after all others, or between two of them.
      let (quotient, remainder) = time.utcAttoseconds.quotientAndRemainder(
        dividingBy: 1_000_000_000_000)
      return Int64(clamping: remainder < 0 ? quotient - 1 : quotient).orderBits
    }
    switch self {
    case .integer(let number): return Double(nearest: number).orderBits
    case .decimal(let number): return number.orderBits
    case .float(let number): return Double(number).orderBits
    case .double(let number): return number.orderBits
    case .boolean(let truth): return truth ? 1 : 0
    case .duration(let length), .dayTimeDuration(let length), .yearMonthDuration(let length):
      return length.months.orderBits
    case .string(let text):
      var result: UInt64 = 0
      for (at, byte) in text.utf8.prefix(7).enumerated() {
        result |= UInt64(byte) << UInt64(48 - 8 * at)
      }
      return result
    case .dateTime, .date, .time, .gYear, .gYearMonth, .gMonth, .gMonthDay, .gDay: return 0
    }
  }
}

extension PackedValue {
  /// The same as of the value itself; nil without one, and for decimals, which are not worth it.
  fileprivate var orderBits: UInt64? {
    switch kind {
    case .none, .decimal: nil
    case .integer: Double(payload).orderBits
    case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: payload))).orderBits
    case .double: Double(bitPattern: UInt64(bitPattern: payload)).orderBits
    case .boolean: UInt64(payload)
    case .dateTime, .date, .time, .gYear, .gYearMonth: payload.orderBits
    case .dayTimeDuration: Int64(0).orderBits
    case .yearMonthDuration: payload.orderBits
    }
  }
}

extension PackedValue.Kind {
  /// Whether values of the kind are ordered as their payloads are.
  var isOrderedByPayload: Bool {
    switch self {
    case .integer, .dateTime, .date, .time, .gYear, .gYearMonth: true
    case .none, .decimal, .float, .double, .boolean, .dayTimeDuration, .yearMonthDuration: false
    }
  }

  /// The datatype that gives the kind of value its place; numbers have one place, and durations.
  fileprivate var datatype: XSDDatatype {
    switch self {
    case .none, .integer, .decimal, .float, .double: .integer
    case .boolean: .boolean
    case .dateTime: .dateTime
    case .date: .date
    case .time: .time
    case .gYear: .gYear
    case .gYearMonth: .gYearMonth
    case .dayTimeDuration, .yearMonthDuration: .duration
    }
  }
}

extension Int64 {
  fileprivate var orderBits: UInt64 { (UInt64(bitPattern: self) ^ 1 << 63) >> 8 }
}

extension XSDDecimal {
  /// Those of the nearest double. An approximation tells them, unless it is near where they change.
  fileprivate var orderBits: UInt64 {
    if let near = approximation {
      let bits = (near * (1 - 0x1p-49)).orderBits
      if bits == (near * (1 + 0x1p-49)).orderBits { return bits }
    }
    return double.orderBits
  }
}

extension Double {
  /// NaN before all numbers; zeros alike.
  fileprivate var orderBits: UInt64 {
    if isNaN { return 0 }
    let bits = (self + 0.0).bitPattern
    return (bits >> 63 == 0 ? bits | 1 << 63 : ~bits) >> 8
  }
}
