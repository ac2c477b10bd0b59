import Algebra
import RDF

/// The different objects of one predicate in the order of their values, for comparisons with a
/// constant.
///
/// Those of one tag are in order; the others, of which there are few, may be anything. 12 bytes
/// an object.
final class ValueOrder: Sendable {
  private let tag: UInt16
  /// Ascending, with the id of each.
  private let keys: [Int64]
  private let ids: [TermID]
  private let others: [TermID]

  /// nil where values cannot be ordered by one number, or too few have the same tag.
  init?(_ objects: [TermID], _ dictionary: TermDictionary) {
    guard let first = objects.first else { return nil }
    let tag = dictionary.packedValue(first).tag
    var entries: [Entry] = []
    var others: [TermID] = []
    entries.reserveCapacity(objects.count)
    for id in objects {
      let value = dictionary.packedValue(id)
      guard value.tag == tag, let key = value.orderKey else {
        others.append(id)
        if others.count > 16, others.count > objects.count / 16 { return nil }
        continue
      }
      entries.append(Entry(key: key, id: id))
    }
    Self.sort(&entries)
    self.tag = tag
    keys = entries.map(\.key)
    ids = entries.map(\.id)
    self.others = others
  }

  var count: Int { keys.count + others.count }

  /// Whether all objects are in order, so that bounds that are exact need no second look.
  var isWhole: Bool { others.isEmpty }

  /// What comparisons with constants leave, both ends included.
  struct Bounds {
    fileprivate(set) var tag: UInt16
    /// Whether all between them meets the comparisons.
    let isExact: Bool
    fileprivate(set) var lower = Int64.min
    fileprivate(set) var upper = Int64.max

    /// nil for a constant that has no place in an order, and for `!=`.
    init?(_ comparison: Expression.Comparison, _ constant: PackedValue) {
      guard let key = constant.orderKey else { return nil }
      tag = constant.tag
      isExact = constant.kind.isOrderedByPayload
      switch comparison {
      case .less where key > .min: upper = isExact ? key - 1 : key
      case .greater where key < .max: lower = isExact ? key + 1 : key
      case .less, .greater: return nil
      case .lessOrEqual: upper = key
      case .greaterOrEqual: lower = key
      case .equal: (lower, upper) = (key, key)
      case .notEqual: return nil
      }
    }

    /// Both at once; nil where they are of different kinds.
    func narrowed(by other: Bounds) -> Bounds? {
      guard tag == other.tag else { return nil }
      var result = self
      result.lower = max(lower, other.lower)
      result.upper = min(upper, other.upper)
      return result
    }
  }

  /// All objects that may lie within bounds, by value; nil where they are of another kind.
  func ids(within bounds: Bounds) -> [TermID]? {
    guard bounds.tag == tag else { return nil }
    let low = firstPlace { $0 >= bounds.lower }
    let high = firstPlace { $0 > bounds.upper }
    return ids[low..<max(low, high)] + others
  }

  /// The first place whose key meets a condition that all later ones meet, too.
  private func firstPlace(_ condition: (Int64) -> Bool) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if condition(keys[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  // MARK: Sorting

  private struct Entry: BitwiseCopyable {
    var key: Int64
    var id: TermID
  }

  /// By key, least significant digits first; stable, so equal keys stay in the order of their ids.
  private static func sort(_ entries: inout [Entry]) {
    guard let least = entries.map(\.key).min(), let most = entries.map(\.key).max() else { return }
    let bits = UInt64.bitWidth - UInt64(bitPattern: most &- least).leadingZeroBitCount
    for shift in stride(from: 0, to: bits, by: digitBits) {
      func digit(_ entry: Entry) -> Int {
        Int(truncatingIfNeeded: UInt64(bitPattern: entry.key &- least) >> UInt64(shift))
          & (1 << digitBits - 1)
      }
      var places = [Int](repeating: 0, count: 1 << digitBits + 1)
      for entry in entries { places[digit(entry) + 1] += 1 }
      for at in 1..<places.count { places[at] += places[at - 1] }
      entries = [Entry](unsafeUninitializedCapacity: entries.count) { buffer, count in
        count = entries.count
        for entry in entries {
          let digit = digit(entry)
          buffer.initializeElement(at: places[digit], to: entry)
          places[digit] += 1
        }
      }
    }
  }

  private static let digitBits = 11
}

extension PackedValue {
  /// A number that grows with the value among values of the same tag; nil for decimals, which
  /// differ in scale, and where there is no value.
  fileprivate var orderKey: Int64? {
    switch kind {
    case .none, .decimal: nil
    case .float:
      Double(Float(bitPattern: UInt32(truncatingIfNeeded: payload))).orderKey
    case .double: Double(bitPattern: UInt64(bitPattern: payload)).orderKey
    case .integer, .boolean, .dateTime, .date, .time, .gYear, .gYearMonth, .dayTimeDuration,
      .yearMonthDuration:
      payload
    }
  }
}

extension Double {
  /// Grows with the number; zero has one, whatever its sign.
  fileprivate var orderKey: Int64 {
    let bits = Int64(bitPattern: (self + 0.0).bitPattern)
    return bits < 0 ? Int64.min &- bits &- 1 : bits
  }
}
