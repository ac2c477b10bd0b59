import Glibc
import RDF

/// Counts the lines of a document while its statements go by in order.
struct LineCounter {
  /// Line feeds before the last statement.
  private var count: UInt32 = 0
  /// How much of the document is counted, in bytes.
  private var countedTo = 0

  /// The number of line feeds before each statement of a block.
  mutating func count(_ block: borrowing TripleBlock, into lines: inout [UInt32]) {
    lines.removeAll(keepingCapacity: true)
    lines.reserveCapacity(block.quads.count)
    for quad in block.quads {
      advance(to: Int(quad.offset), block)
      lines.append(count)
    }
  }

  private mutating func advance(to offset: Int, _ block: borrowing TripleBlock) {
    guard let input = block.input.baseAddress else { return }
    var position = max(countedTo - block.inputOffset, 0)
    guard position < offset else { return }
    while position < offset, let found = memchr(input + position, 0x0A, offset - position) {
      count &+= 1
      position = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - input + 1
    }
    countedTo = block.inputOffset + offset
  }
}
