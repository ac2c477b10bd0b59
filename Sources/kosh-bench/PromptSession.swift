import CTestSupport
import Glibc

/// The program `kosh` at a pseudo-terminal, with a line between that may take time, as that of a distant machine does.
final class PromptSession {
  /// Seconds that anything takes on the way, each way.
  private let delay: Double
  private var terminal: Int32 = -1
  private let child: pid_t
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  /// Input leaves a distant machine in pieces like these.
  private static let packetSize = 1_200
  /// After so many milliseconds without output, all is drawn.
  private static let quietMilliseconds: Int32 = 40

  /// `directory` is its home and where it works.
  init(_ program: String, _ arguments: [String], in directory: String, delay: Double) {
    self.delay = delay
    let environment = [
      "HOME=\(directory)", "PATH=/usr/bin:/bin", "TERM=xterm-256color", "LANG=C.UTF-8",
    ]
    var handle: Int32 = -1
    child = Self.withCStrings([program] + arguments) { arguments in
      Self.withCStrings(environment) { environment in
        test_start_on_terminal(program, arguments, environment, directory, 24, 80, &handle)
      }
    }
    terminal = handle
    Measurement.check(child > 0 && handle >= 0, "no pseudo-terminal")
  }

  deinit {
    kill(child, SIGKILL)
    while test_exit_status(child) < 0 { usleep(1_000) }
    close(terminal)
  }

  /// What came of some input: seconds until the wanted bytes were seen, until nothing more was drawn, and how much that was.
  struct Reaction {
    var seen: Double
    var settled: Double
    var byteCount: Int
  }

  /// Types, and waits until `wanted` is among the output and nothing more comes. Without it the first output counts.
  func type(_ text: String, until wanted: String = "") -> Reaction {
    let start = Measurement.seconds()
    pause()
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    for offset in stride(from: 0, to: bytes.count, by: Self.packetSize) {
      let piece = bytes[offset..<min(bytes.count, offset + Self.packetSize)]
      _ = piece.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
      // Neither side's buffer may run full.
      if bytes.count > Self.packetSize { output += read(within: 0) }
    }
    return settle(output, since: start, until: wanted)
  }

  /// Waits for the program's own output, such as its prompt.
  func wait(for wanted: String) -> Reaction {
    settle([], since: Measurement.seconds(), until: wanted)
  }

  private func settle(_ before: [UInt8], since start: Double, until wanted: String) -> Reaction {
    var output = before
    var seen: Double?
    var settled = start
    let end = start + 120
    while true {
      if seen == nil, Self.contains(output, wanted) { seen = Measurement.seconds() }
      let new = read(within: seen == nil ? 1_000 : Self.quietMilliseconds)
      if new.isEmpty, seen != nil { break }
      Measurement.check(Measurement.seconds() < end, "'\(wanted)' is not drawn")
      if !new.isEmpty { settled = Measurement.seconds() }
      output += new
    }
    pause()
    let back = delay
    return Reaction(
      seen: (seen ?? settled) - start + back, settled: settled - start + back,
      byteCount: output.count)
  }

  private func read(within milliseconds: Int32) -> [UInt8] {
    let count = test_read(terminal, &chunk, chunk.count, milliseconds)
    return Array(chunk[..<max(0, count)])
  }

  private func pause() { if delay > 0 { usleep(UInt32(delay * 1e6)) } }

  private static func contains(_ output: [UInt8], _ wanted: String) -> Bool {
    let bytes = Array(wanted.utf8)
    guard !bytes.isEmpty else { return !output.isEmpty }
    guard output.count >= bytes.count else { return false }
    return (0...(output.count - bytes.count)).contains { output[$0...].starts(with: bytes) }
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("never empty") }
      return body(base)
    }
  }
}
