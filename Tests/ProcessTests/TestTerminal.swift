import CTestSupport
import Foundation
import Testing

/// The program on a pseudo-terminal: keys go in, a screen comes out.
final class TestTerminal {
  private(set) var screen: Screen
  /// How much the program has written.
  private(set) var byteCount = 0
  private var handle: Int32 = -1
  private var child: Int32
  private var status: Int32?

  init(
    _ arguments: [String] = [], in directory: Kosh.Directory, columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:]
  ) {
    screen = Screen(columns: columns, rows: rows)
    var terminal: Int32 = -1
    child = Kosh.withCStrings([Kosh.path] + arguments) { arguments in
      Kosh.withCStrings(Kosh.environment(home: directory.path, environment)) { environment in
        test_start_on_terminal(
          Kosh.path, arguments, environment, directory.path, Int32(rows), Int32(columns), &terminal)
      }
    }
    handle = terminal
  }

  deinit {
    if status == nil {
      kill(child, SIGKILL)
      while test_exit_status(child) < 0 { usleep(1_000) }
    }
    close(handle)
  }

  /// Gives keys to the program, and reads meanwhile what it shows: neither side's buffer may run full.
  func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    var chunk = [UInt8](repeating: 0, count: 65_536)
    for start in stride(from: 0, to: bytes.count, by: 1024) {
      let part = bytes[start..<min(bytes.count, start + 1024)]
      _ = part.withUnsafeBytes { write(handle, $0.baseAddress, $0.count) }
      guard bytes.count > 1024 else { continue }
      let count = test_read(handle, &chunk, chunk.count, 0)
      byteCount += count
      screen.take(chunk[..<count])
    }
  }

  /// Types entries, each when the one before has been answered.
  func run(_ entries: String...) {
    for entry in entries {
      type(entry + "\r")
      wait("end of '\(entry)'") {
        $0.contains("kosh> \(entry)\n") && $0.hasSuffix("\nkosh>")
      }
    }
  }

  /// Whether the terminal takes whole lines and shows what is typed, as it does outside of an editor.
  var isCanonical: Bool {
    var settings = termios()
    guard tcgetattr(handle, &settings) == 0 else { return false }
    return settings.c_lflag & UInt32(ICANON | ECHO) == UInt32(ICANON | ECHO)
  }

  /// Sends a signal to the program.
  func signal(_ number: Int32) {
    kill(child, number)
  }

  func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    test_resize(handle, Int32(rows), Int32(columns))
  }

  /// Waits until the screen is as wanted; records an issue with the screen when it does not become so in time.
  @discardableResult
  func wait(
    _ what: String, timeout: Double = 15, at location: SourceLocation = #_sourceLocation,
    until isReached: (String) -> Bool
  ) -> Bool {
    let end = Date().addingTimeInterval(timeout)
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while !isReached(screen.text) {
      guard Date() < end else {
        Issue.record(
          "no \(what) within \(timeout) s; the screen:\n\(screen.text)", sourceLocation: location)
        return false
      }
      let count = test_read(handle, &chunk, chunk.count, 50)
      byteCount += count
      screen.take(chunk[..<count])
    }
    return true
  }

  /// Waits until the last line of the screen is this, cursor behind it.
  @discardableResult
  func wait(forLastLine line: String, at location: SourceLocation = #_sourceLocation) -> Bool {
    wait("last line '\(line)'", at: location) { text in
      text == line || text.hasSuffix("\n" + line)
    }
  }

  /// Waits for an empty prompt.
  @discardableResult
  func waitForPrompt(at location: SourceLocation = #_sourceLocation) -> Bool {
    wait(forLastLine: "kosh>", at: location)
  }

  /// Waits until an entry has been taken: the cursor stands at the start of an empty line.
  func waitUntilTaken(at location: SourceLocation = #_sourceLocation) {
    wait("entry taken", at: location) { _ in
      screen.column == 0 && screen.cells[screen.row].allSatisfy { $0.text == " " }
    }
    usleep(300_000)
  }

  /// The exit status, once the program has ended; 137 when it does not.
  func waitForExit(_ timeout: Double = 15) -> Int32 {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let end = Date().addingTimeInterval(timeout)
    while status == nil, Date() < end {
      let count = test_read(handle, &chunk, chunk.count, 20)
      screen.take(chunk[..<count])
      let ended = test_exit_status(child)
      if ended >= 0 { status = ended }
    }
    return status ?? 137
  }
}

extension Kosh.Directory {
  /// The program at its prompt, without colours.
  func open(
    columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) -> TestTerminal {
    let terminal = TestTerminal(
      ["--color", "never"], in: self, columns: columns, rows: rows, environment: environment)
    terminal.waitForPrompt()
    return terminal
  }
}
