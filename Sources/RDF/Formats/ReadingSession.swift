import Diagnostics

/// One document on its way through: the buffer, the grammar, what was counted.
struct ReadingSession: ~Copyable {
  private enum Grammar {
    case lines(LineGrammar)
    case turtle(TurtleGrammar)
  }

  private var report = RDFReader.Report()
  private(set) var isStopped = false
  private var scanner = TextScanner()
  private var grammar: Grammar
  private let keepsGoing: Bool
  private let longestStatement: Int
  private let mayHaveMark: Bool

  private var buffer: UnsafeMutablePointer<UInt8>
  /// Without the padding, which begins with the NUL at the end.
  private var capacity: Int
  private var count = 0
  private var isAtEnd = false
  /// Of the first byte of the buffer.
  private var place = DocumentPlace()

  init(
    _ format: RDFFormat, base: String?, keepsGoing: Bool, longestStatement: Int, chunkSize: Int,
    isContinued: Bool
  ) {
    mayHaveMark = !isContinued
    grammar =
      format.isLineBased
      ? .lines(LineGrammar(hasGraphs: format.hasGraphs))
      : .turtle(
        TurtleGrammar(hasGraphs: format.hasGraphs, base: base.flatMap { IRIParts($0) }))
    self.keepsGoing = keepsGoing
    self.longestStatement = longestStatement
    capacity = chunkSize
    buffer = .allocate(capacity: capacity + WideBytes.padding)
    buffer[0] = 0
  }

  deinit {
    buffer.deallocate()
  }

  /// Drops what was read and gets more; false when the document has ended.
  mutating func fill<Failure: Error>(
    from source: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Bool {
    if isAtEnd { return false }
    dropRead()
    while count < capacity {
      let added = try source(
        UnsafeMutableRawBufferPointer(start: buffer + count, count: capacity - count))
      if added == 0 {
        isAtEnd = true
        break
      }
      count += added
    }
    buffer[count] = 0
    scanner.text = UnsafePointer(buffer)
    scanner.position = 0
    skipByteOrderMark()
    return true
  }

  private mutating func dropRead() {
    let read = scanner.position
    if read > 0 {
      place.advance(over: UnsafeBufferPointer(start: buffer, count: read))
      count -= read
      buffer.update(from: buffer + read, count: count)
    } else if count == capacity {
      // Not one statement fitted.
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + WideBytes.padding)
      larger.update(from: buffer, count: count)
      buffer.deallocate()
      buffer = larger
      capacity *= 2
    }
  }

  private mutating func skipByteOrderMark() {
    guard mayHaveMark, place.byteOffset == 0, count >= 3 else { return }
    if buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { scanner.position = 3 }
  }

  /// Parses until the bytes or the block are used up; true when the block was and there is more.
  mutating func parse() -> Bool {
    do throws(SyntaxStop) {
      switch grammar {
      case .lines(var lines):
        scanner.isLast = true
        scanner.end = isAtEnd ? count : endOfWholeLines
        // The lines' NUL: a line that is not whole stays for later.
        let saved = buffer[scanner.end]
        buffer[scanner.end] = 0
        defer { buffer[scanner.end] = saved }
        try lines.read(&scanner)
      case .turtle(var turtle):
        scanner.isLast = isAtEnd
        scanner.end = count
        defer { grammar = .turtle(turtle) }
        try turtle.read(&scanner)
      }
    } catch {
      note(error)
      return !isStopped
    }
    if !scanner.block.isFull, scanner.position == 0, count >= longestStatement {
      note(SyntaxStop(problem: .statementTooLong, start: 0, end: 1))
    }
    return scanner.block.isFull && !isStopped
  }

  private var endOfWholeLines: Int {
    var end = count
    while end > scanner.position, buffer[end - 1] != 0x0A { end -= 1 }
    return end
  }

  /// Hands the block over, if there is anything in it.
  mutating func handOver<Failure: Error>(
    to sink: (borrowing TripleBlock) throws(Failure) -> Void
  ) throws(Failure) {
    report.quadCount += scanner.block.quads.count
    let input = UnsafeBufferPointer(start: UnsafePointer(buffer), count: count)
    try scanner.block.withBlock(input: input, at: place.byteOffset, sink)
    scanner.block.removeAll()
  }

  /// What came of the document.
  consuming func finish() -> RDFReader.Report {
    var report = report
    if case .turtle(let turtle) = grammar { report.prefixes = turtle.prefixes.declarations }
    return report
  }

  // MARK: Problems

  private mutating func note(_ stop: SyntaxStop) {
    if report.problems.count < 20 { report.problems.append(problem(stop)) }
    guard keepsGoing, stop.problem != .statementTooLong else {
      isStopped = true
      return
    }
    report.skippedLineCount += 1
    scanner.position = min(stop.start, scanner.end)
    while scanner.position < scanner.end, buffer[scanner.position] != 0x0A {
      scanner.position += 1
    }
  }

  private func problem(_ stop: SyntaxStop) -> RDFReader.Problem {
    let bytes = UnsafeBufferPointer(start: UnsafePointer(buffer), count: count)
    let start = min(stop.start, count)
    let end = min(max(stop.end, start), count)
    var place = place
    place.advance(over: UnsafeBufferPointer(rebasing: bytes[..<start]))
    let found = FoundText.describe(bytes, at: start)
    let (excerpt, excerptStart) = FoundText.excerpt(bytes, around: start)
    let range = SourceRange(self.place.byteOffset + start, self.place.byteOffset + end)
    return RDFReader.Problem(
      diagnostic: Diagnostic(
        id: stop.problem.id, stop.problem.message(found: found), at: range),
      position: SourcePosition(line: place.line, column: place.column),
      excerpt: SourceText(name: "", bytes: excerpt),
      rangeInExcerpt: SourceRange(
        start - excerptStart, min(end - excerptStart, max(excerpt.count, start - excerptStart))))
  }
}

/// How far a document was read, as bytes and as people count.
struct DocumentPlace {
  var byteOffset = 0
  var line = 1
  var column = 1

  mutating func advance(over bytes: UnsafeBufferPointer<UInt8>) {
    byteOffset += bytes.count
    line += bytes.lineEndCount
    let lastLine = bytes.lastIndex(of: 0x0A).map { bytes[($0 + 1)...] }
    if lastLine != nil { column = 1 }
    for byte in lastLine ?? bytes[...] where byte & 0xC0 != 0x80 { column += 1 }
  }
}

/// What stands at the place of a problem.
private enum FoundText {
  /// The word or sign there, in quotes; empty at the end or where it is no text.
  static func describe(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> String {
    guard start < bytes.count else { return "" }
    if bytes[start] == 0x0A || bytes[start] == 0x0D { return "the end of the line" }
    var end = start
    while end < bytes.count, end - start < 40, bytes[end] > 0x20 { end += 1 }
    let text = String(decoding: bytes[start..<max(end, start + 1)], as: UTF8.self)
    let shown = text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    return shown.isEmpty ? "" : "'\(String(String.UnicodeScalarView(shown)))'"
  }

  /// The line, at most 120 bytes before the place and 80 after it, and where that begins.
  static func excerpt(_ bytes: UnsafeBufferPointer<UInt8>, around place: Int) -> ([UInt8], Int) {
    var start = place
    while start > 0, place - start < 120, bytes[start - 1] != 0x0A { start -= 1 }
    while start < place, bytes[start] & 0xC0 == 0x80 { start += 1 }
    var end = place
    while end < bytes.count, end - place < 80, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    while end < bytes.count, end > place, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return (Array(bytes[start..<end]), start)
  }
}
