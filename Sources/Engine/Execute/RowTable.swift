import CPlatform
import RDF

/// Numbers different rows in order of arrival. A class, so that nobody else has the rows when they
/// go, and another thread frees what takes long.
final class RowTable {
  private var rows: NumberedRows

  init(width: Int) { rows = NumberedRows(width: width) }

  deinit {
    if rows.count > DetachedThread.largeCount {
      DetachedThread.letGo(of: exchange(&rows, with: NumberedRows(width: 0)))
    }
  }

  var count: Int { rows.count }

  var columns: [[TermID]] { rows.columns }

  /// The numbers of the rows of other columns; a number that was not there before is a new row's.
  func numbers(
    of other: [[TermID]], count rowCount: Int, _ context: ExecutionContext
  ) throws(EvaluationError) -> [Int] {
    try rows.numbers(of: other, count: rowCount, context)
  }
}

/// Open addressing over column storage.
private struct NumberedRows {
  private(set) var columns: [[TermID]]
  private(set) var count = 0
  /// Row number + 1, 0 when empty; as many as a power of two.
  private var places: [UInt32]
  private var charged = 0

  init(width: Int) {
    columns = [[TermID]](repeating: [], count: width)
    places = [UInt32](repeating: 0, count: 64)
  }

  /// With one more column, since a column that grows is copied.
  private var byteCount: Int { count * 4 * (columns.count + 1) + places.count * 4 }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ id: TermID) -> UInt64 {
    ByteHash.mix(hash ^ UInt64(id.rawValue), 0xe703_7ed1_a0b4_28db)
  }

  private static let seed: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// The hashes of rows, column by column.
  private static func hashes(_ columns: [[TermID]], _ rows: Range<Int>) -> [UInt64] {
    var hashes = [UInt64](repeating: seed, count: rows.count)
    hashes.withUnsafeMutableBufferPointer { hashes in
      for column in columns {
        column.withUnsafeBufferPointer { column in
          for at in hashes.indices {
            hashes[at] = mixed(hashes[at], column[rows.lowerBound + at])
          }
        }
      }
    }
    return hashes
  }

  mutating func numbers(
    of other: [[TermID]], count rowCount: Int, _ context: ExecutionContext
  ) throws(EvaluationError) -> [Int] {
    var numbers: [Int] = []
    numbers.reserveCapacity(rowCount)
    for start in stride(from: 0, to: rowCount, by: Batch.size) {
      let rows = start..<min(rowCount, start + Batch.size)
      try context.tick(rows.count)
      if columns.count == 1 {
        try append(numbersOf: other[0][rows], to: &numbers, context)
      } else {
        let hashes = Self.hashes(other, rows)
        for row in rows {
          numbers.append(try number(row, of: other, hashes[row - start], context))
        }
      }
    }
    let held = byteCount
    try context.charge(byteCount: held - charged)
    charged = held
    return numbers
  }

  @inline(__always)
  private mutating func number(
    _ row: Int, of other: [[TermID]], _ hash: UInt64, _ context: ExecutionContext
  ) throws(EvaluationError) -> Int {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let found = Int(places[place]) - 1
      if isEqual(found, other, row) { return found }
      place = (place + 1) & (places.count - 1)
    }
    for index in columns.indices { columns[index].append(other[index][row]) }
    try insert(at: place, context)
    return count - 1
  }

  private func isEqual(_ found: Int, _ other: [[TermID]], _ row: Int) -> Bool {
    for index in columns.indices where columns[index][found] != other[index][row] {
      return false
    }
    return true
  }

  /// The same for rows of one column, with the storage at hand in the loop.
  private mutating func append(
    numbersOf other: ArraySlice<TermID>, to numbers: inout [Int], _ context: ExecutionContext
  ) throws(EvaluationError) {
    for id in other {
      var place = Int(truncatingIfNeeded: Self.mixed(Self.seed, id)) & (places.count - 1)
      var number = -1
      while places[place] != 0 {
        let found = Int(places[place]) - 1
        if columns[0][found] == id {
          number = found
          break
        }
        place = (place + 1) & (places.count - 1)
      }
      if number < 0 {
        columns[0].append(id)
        try insert(at: place, context)
        number = count - 1
      }
      numbers.append(number)
    }
  }

  private mutating func insert(
    at place: Int, _ context: ExecutionContext
  ) throws(EvaluationError) {
    count += 1
    places[place] = UInt32(truncatingIfNeeded: count)
    if count * 2 > places.count { try grow(context) }
  }

  /// Columns grow with the places. Rows are placed anew in parts, which takes seconds among many millions.
  private mutating func grow(_ context: ExecutionContext) throws(EvaluationError) {
    let size = places.count * (places.count < Self.largePlaceCount ? 4 : 2)
    try context.charge(byteCount: size * 4)
    charged += (size - places.count) * 4
    context.release(byteCount: places.count * 4)
    let old = exchange(&places, with: [])
    if old.count > Self.largePlaceCount << 4 { DetachedThread.letGo(of: consume old) }
    places = try [UInt32](repeating: 0, count: size, context)
    for index in columns.indices { try columns[index].makeRoom(for: size / 2 + 1 - count, context) }
    // What was smaller lies between what is larger now.
    if context.isMemoryLimited, size > Self.largePlaceCount { kosh_trim_memory() }
    for start in stride(from: 0, to: count, by: Batch.size) {
      let rows = start..<min(count, start + Batch.size)
      try context.tick(rows.count)
      for (at, hash) in Self.hashes(columns, rows).enumerated() {
        var place = Int(truncatingIfNeeded: hash) & (size - 1)
        while places[place] != 0 { place = (place + 1) & (size - 1) }
        places[place] = UInt32(truncatingIfNeeded: start + at + 1)
      }
    }
  }

  /// From so many on, twice as many are enough: memory is scarcer than time.
  private static let largePlaceCount = 1 << 20
}
