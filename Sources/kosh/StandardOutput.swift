import Glibc

/// The standard streams: answers gathered and written in large pieces, errors at once and in their place among them.
///
/// Ends the process when standard output takes no more: quietly when its reader has left.
final class StandardOutput {
  private var buffer: [UInt8] = []
  private let capacity = 65_536
  /// Whether answers are kept until it is known how long they are.
  private var isGathering = false

  func write(_ text: String) {
    buffer += text.utf8
    if buffer.count >= capacity, !isGathering { flush() }
  }

  /// Shows what `body` writes through a pager where it has more lines than fit.
  func paging(through pager: Pager?, beyond lineCount: Int, _ body: () -> Void) {
    guard let pager else { return body() }
    flush()
    isGathering = true
    body()
    isGathering = false
    let newLine = UInt8(ascii: "\n")
    guard buffer.count(where: { $0 == newLine }) > lineCount, pager.show(buffer) else {
      return flush()
    }
    buffer = []
  }

  func writeError(_ text: String) {
    flush()
    _ = put(Array(text.utf8), STDERR_FILENO)
  }

  func flush() {
    let bytes = buffer
    buffer = []
    guard !put(bytes, STDOUT_FILENO) else { return }
    if errno == EPIPE { exit(0) }
    let cause = String(cString: strerror(errno))
    _ = put(Array("kosh: cannot write standard output: \(cause)\n".utf8), STDERR_FILENO)
    exit(1)
  }

  /// Writes everything; false when the system refuses. Ctrl-C meanwhile leaves out the rest of an answer.
  private func put(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
    let wasInterrupted = Interrupt.flag.isRaised
    var offset = 0
    while offset < bytes.count {
      if descriptor == STDOUT_FILENO, !wasInterrupted, Interrupt.flag.isRaised {
        return put(Array("\ninterrupted\n".utf8), STDERR_FILENO)
      }
      let end = min(offset + capacity, bytes.count)
      let count = bytes[offset..<end].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      offset += count
    }
    return true
  }
}
