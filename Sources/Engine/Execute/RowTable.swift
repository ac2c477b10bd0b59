import RDF

/// Numbers different rows in order of arrival: open addressing over column storage.
struct RowTable {
  private(set) var columns: [[TermID]]
  private(set) var count = 0
  /// Row number + 1, 0 when empty; as many as a power of two.
  private var places: [UInt32]

  init(width: Int) {
    columns = [[TermID]](repeating: [], count: width)
    places = [UInt32](repeating: 0, count: 64)
  }

  var byteCount: Int { count * 4 * columns.count + places.count * 4 }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ id: TermID) -> UInt64 {
    ByteHash.mix(hash ^ UInt64(id.rawValue), 0xe703_7ed1_a0b4_28db)
  }

  private static let seed: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// The hashes of rows, column by column.
  private static func hashes(_ columns: [[TermID]], count: Int) -> [UInt64] {
    var hashes = [UInt64](repeating: seed, count: count)
    hashes.withUnsafeMutableBufferPointer { hashes in
      for column in columns {
        column.withUnsafeBufferPointer { column in
          for row in 0..<count { hashes[row] = mixed(hashes[row], column[row]) }
        }
      }
    }
    return hashes
  }

  /// The numbers of the rows of other columns; a number that was not there before is a new row's.
  mutating func numbers(of other: [[TermID]], count rowCount: Int) -> [Int] {
    if columns.count == 1 { return numbers(of: other[0]) }
    let hashes = Self.hashes(other, count: rowCount)
    return (0..<rowCount).map { number($0, of: other, hashes[$0]) }
  }

  @inline(__always)
  private mutating func number(_ row: Int, of other: [[TermID]], _ hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let found = Int(places[place]) - 1
      if isEqual(found, other, row) { return found }
      place = (place + 1) & (places.count - 1)
    }
    for index in columns.indices { columns[index].append(other[index][row]) }
    insert(at: place)
    return count - 1
  }

  private func isEqual(_ found: Int, _ other: [[TermID]], _ row: Int) -> Bool {
    for index in columns.indices where columns[index][found] != other[index][row] {
      return false
    }
    return true
  }

  /// The same for rows of one column, with the storage at hand in the loop.
  private mutating func numbers(of other: [TermID]) -> [Int] {
    var numbers: [Int] = []
    numbers.reserveCapacity(other.count)
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
        insert(at: place)
        number = count - 1
      }
      numbers.append(number)
    }
    return numbers
  }

  private mutating func insert(at place: Int) {
    count += 1
    places[place] = UInt32(truncatingIfNeeded: count)
    if count * 2 > places.count { grow() }
  }

  private mutating func grow() {
    let size = places.count * 4
    places = [UInt32](repeating: 0, count: size)
    for (row, hash) in Self.hashes(columns, count: count).enumerated() {
      var place = Int(truncatingIfNeeded: hash) & (size - 1)
      while places[place] != 0 { place = (place + 1) & (size - 1) }
      places[place] = UInt32(truncatingIfNeeded: row + 1)
    }
  }
}
