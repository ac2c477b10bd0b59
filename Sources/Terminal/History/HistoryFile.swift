import Glibc

/// The sentences of earlier sessions, one entry a line, shared by all sessions of a user.
///
/// Entries are appended one by one under a lock, so that two sessions lose nothing of each other; the file is readable by
/// its owner only. A line feed in an entry is written `\n`, a backslash `\\`.
package struct HistoryFile: Sendable {
  package let path: String
  /// How many entries a session starts with; a file of more than twice as many is cut when it is read.
  private static let capacity = 5_000

  package init(path: String) {
    self.path = path
  }

  /// The place the XDG base directory specification gives it; nil without a home.
  package static func standard() -> HistoryFile? {
    if let state = System.environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return HistoryFile(path: state + "/kosh/history")
    }
    guard let home = System.environment("HOME"), !home.isEmpty else { return nil }
    return HistoryFile(path: home + "/.local/state/kosh/history")
  }

  /// What changes when some session writes to the file.
  struct Version: Equatable {
    var inode: UInt64
    var byteCount: Int64
  }

  /// Nil when there is no file.
  var version: Version? {
    var information = stat()
    guard stat(path, &information) == 0 else { return nil }
    return Version(inode: UInt64(information.st_ino), byteCount: Int64(information.st_size))
  }

  /// The entries, oldest first, each once (where it was last entered).
  package func load() -> [String] {
    let lines = Self.lines(of: System.readFile(path) ?? [])
    let entries = Self.withoutRepeats(lines).suffix(Self.capacity)
    if lines.count > 2 * Self.capacity { rewrite() }
    return entries.map(Self.decode)
  }

  /// Appends an entry; false when the file cannot be written.
  @discardableResult
  package func append(_ entry: String) -> Bool {
    let line = Array((Self.encode(entry) + "\n").utf8)
    return withLockedFile { descriptor in System.write(line, to: descriptor) } ?? false
  }

  /// Cuts the file to what a session would load.
  private func rewrite() {
    _ = withLockedFile { descriptor in
      let lines = Self.lines(of: System.readFile(path) ?? [])
      let kept = Self.withoutRepeats(lines).suffix(Self.capacity)
      guard ftruncate(descriptor, 0) == 0 else { return false }
      return System.write(Array(kept.map { $0 + "\n" }.joined().utf8), to: descriptor)
    }
  }

  private func withLockedFile(_ body: (Int32) -> Bool) -> Bool? {
    if let slash = path.lastIndex(of: "/") { System.makeDirectory(String(path[..<slash])) }
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else { return nil }
    return body(descriptor)
  }

  private static func lines(of bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func withoutRepeats(_ lines: [String]) -> [String] {
    var seen: Set<String> = []
    return Array(lines.reversed().filter { seen.insert($0).inserted }.reversed())
  }

  static func encode(_ entry: String) -> String {
    var line = ""
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  static func decode(_ line: String) -> String {
    var entry = ""
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if isEscaped {
        entry.unicodeScalars.append(scalar == "n" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        entry.unicodeScalars.append(scalar)
      }
    }
    return entry
  }
}
