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
  static func hash(_ columns: [[TermID]], _ row: Int) -> UInt64 {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    for column in columns {
      hash = ByteHash.mix(hash ^ UInt64(column[row].rawValue), 0xe703_7ed1_a0b4_28db)
    }
    return hash
  }

  /// The number of a row of other columns, and whether it is new here.
  mutating func number(_ row: Int, of other: [[TermID]]) -> (number: Int, isNew: Bool) {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: Self.hash(other, row)) & mask
    while places[place] != 0 {
      let found = Int(places[place]) - 1
      if columns.indices.allSatisfy({ columns[$0][found] == other[$0][row] }) {
        return (found, false)
      }
      place = (place + 1) & mask
    }
    for index in columns.indices { columns[index].append(other[index][row]) }
    count += 1
    places[place] = UInt32(truncatingIfNeeded: count)
    if count * 2 > places.count { grow() }
    return (count - 1, true)
  }

  private mutating func grow() {
    let size = places.count * 4
    places = [UInt32](repeating: 0, count: size)
    for row in 0..<count {
      var place = Int(truncatingIfNeeded: Self.hash(columns, row)) & (size - 1)
      while places[place] != 0 { place = (place + 1) & (size - 1) }
      places[place] = UInt32(truncatingIfNeeded: row + 1)
    }
  }
}
