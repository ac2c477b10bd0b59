import Foundation

/// Where the tests' files are.
enum Package {
  static let directory = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static let records = ProcessInfo.processInfo.environment["KOSH_RECORD"] == "1"

  private static let lock = NSLock()

  /// Runs with the package's directory as the current one, so that paths in transcripts are short.
  static func inPackageDirectory<R>(_ body: () throws -> R) rethrows -> R {
    lock.lock()
    defer { lock.unlock() }
    _ = FileManager.default.changeCurrentDirectoryPath(directory)
    return try body()
  }
}
