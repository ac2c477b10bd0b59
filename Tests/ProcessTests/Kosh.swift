import CTestSupport
import Foundation

/// The built program, and where it runs.
enum Kosh {
  /// Beside the tests' own bundle.
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
    let beside = URL(fileURLWithPath: bundle).deletingLastPathComponent().appending(path: "kosh")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside.path }
    return packageDirectory + "/.build/debug/kosh"
  }()

  static let packageDirectory = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  struct Result: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// A fresh directory that goes with the value.
  final class Directory {
    let path: String

    init() throws {
      path = NSTemporaryDirectory() + "kosh-test-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// A directory with a few facts in `knowledge/`, wide and accented names among them.
    static func withKnowledge() throws -> Directory {
      let directory = try Directory()
      try directory.write(
        "knowledge/facts.kosh",
        """
        Sameer Raje heads Zoom India.
        Zoom India is a Company; part of Zoom.
        Zoom is a Company.
        'José Ordóñez' works for Zoom.
        '東京支社' is a Company; part of Zoom India.

        """)
      return directory
    }

    deinit {
      try? FileManager.default.removeItem(atPath: path)  // a leftover harms nobody
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
      let file = path + "/" + name
      let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try text.write(toFile: file, atomically: false, encoding: .utf8)
      return file
    }

    func read(_ name: String) -> String {
      (try? String(contentsOfFile: path + "/" + name, encoding: .utf8)) ?? ""  // absent is empty
    }
  }

  static func environment(home: String, _ changes: [String: String] = [:]) -> [String] {
    var values = [
      "HOME": home, "PATH": "/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8",
    ]
    for (name, value) in changes { values[name] = value }
    return values.map { "\($0.key)=\($0.value)" }
  }

  /// Runs the program to its end, with files as its standard streams; ends it after `timeout` seconds.
  static func run(
    _ arguments: [String], input: String = "", in directory: Directory,
    environment: [String: String] = [:], timeout: Double = 20
  ) throws -> Result {
    let streams = try Directory()
    let inputPath = try streams.write("in", input)
    let files = try [
      FileHandle(forReadingFrom: URL(fileURLWithPath: inputPath)),
      writer(streams.write("out", "")), writer(streams.write("err", "")),
    ]
    let child = start(
      arguments, in: directory.path, Kosh.environment(home: directory.path, environment),
      files.map(\.fileDescriptor))
    let status = wait(for: child, timeout)
    return Result(status: status, output: streams.read("out"), errors: streams.read("err"))
  }

  private static func writer(_ path: String) throws -> FileHandle {
    try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  static func start(
    _ arguments: [String], in directory: String, _ environment: [String], _ streams: [Int32]
  ) -> Int32 {
    withCStrings([path] + arguments) { arguments in
      withCStrings(environment) { environment in
        test_start(path, arguments, environment, directory, streams[0], streams[1], streams[2])
      }
    }
  }

  /// The exit status of a child; after the timeout it is killed and gives 137.
  static func wait(for child: Int32, _ timeout: Double) -> Int32 {
    let end = Date().addingTimeInterval(timeout)
    while Date() < end {
      let status = test_exit_status(child)
      if status >= 0 { return status }
      usleep(5_000)
    }
    kill(child, SIGKILL)
    while test_exit_status(child) < 0 { usleep(1_000) }
    return 137
  }

  static func withCStrings<R>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
  ) -> R {
    var pointers = strings.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("never empty") }
      return body(base)
    }
  }
}

extension Kosh {
  /// Runs a line of `sh`.
  static func shell(_ line: String, in directory: Directory) throws -> Result {
    let streams = try Directory()
    let output = try streams.write("out", "")
    let errors = try streams.write("err", "")
    let child = withCStrings(["/bin/sh", "-c", "(\(line)) >'\(output)' 2>'\(errors)'"]) { words in
      withCStrings(environment(home: directory.path)) { environment in
        test_start("/bin/sh", words, environment, directory.path, 0, 1, 2)
      }
    }
    let status = wait(for: child, 20)
    return Result(status: status, output: streams.read("out"), errors: streams.read("err"))
  }

  /// Runs the program and sends it SIGINT after some seconds.
  static func runInterrupted(
    _ arguments: [String], after seconds: Double, in directory: Directory
  ) throws -> Result {
    let streams = try Directory()
    let files = try [
      FileHandle(forReadingFrom: URL(fileURLWithPath: streams.write("in", ""))),
      writer(streams.write("out", "")), writer(streams.write("err", "")),
    ]
    let child = start(
      arguments, in: directory.path, environment(home: directory.path), files.map(\.fileDescriptor))
    usleep(UInt32(seconds * 1_000_000))
    kill(child, SIGINT)
    let status = wait(for: child, 15)
    return Result(status: status, output: streams.read("out"), errors: streams.read("err"))
  }
}
