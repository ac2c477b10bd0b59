/// Maps the 32-bit line numbers that facts carry to files and lines.
///
/// Each source text takes a run of consecutive numbers, in order of arrival; the engine keeps the greatest number for "no origin".
struct OriginTable: Sendable {
  private var firstLines: [UInt32] = []
  private var files: [String] = []
  private var next: UInt32 = 0

  /// Sets aside numbers for a text of `lineCount` lines and gives the number of its first line;
  /// nil when numbers have run out: the text's facts then have no origin.
  mutating func reserve(file: String, lineCount: Int) -> UInt32? {
    guard let count = UInt32(exactly: max(lineCount, 1)),
      count < .max - next
    else { return nil }
    firstLines.append(next)
    files.append(file)
    defer { next += count }
    return next
  }

  /// The number that the next text's first line gets, for a text whose lines are counted as it is read.
  var nextNumber: UInt32 { next }

  /// The file and line of a number that `reserve` gave out.
  func origin(_ number: UInt32) -> Origin? {
    guard number < next else { return nil }
    var low = 0
    var high = firstLines.count
    while low < high {
      let middle = (low + high) / 2
      if firstLines[middle] <= number { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    return Origin(file: files[low - 1], line: Int(number - firstLines[low - 1]) + 1)
  }
}
