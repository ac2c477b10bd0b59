import Foundation
import Testing

/// Whole sessions, as typed. `KOSH_RECORD=1` writes what comes into the files; a missing file fails.
@Suite struct TranscriptTests {
  static let folder = Package.directory + "/Tests/TranscriptTests/Transcripts"

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".session") }.sorted()
  }()

  @Test func thereAreTranscripts() {
    #expect(!Self.names.isEmpty)
  }

  /// The first line says what the graph is loaded from: `# graph: knowledge`, or `# graph:` for an empty one.
  @Test(arguments: names)
  func replays(_ name: String) throws {
    let path = Self.folder + "/" + name
    let transcript = Transcript(try String(contentsOfFile: path, encoding: .utf8))
    let first = try #require(transcript.preamble.first)
    try #require(first.hasPrefix("# graph:"))
    let paths = first.dropFirst("# graph:".count).split(separator: " ").map(String.init)
    let runner = Package.inPackageDirectory { TranscriptRunner(loading: paths) }
    let replayed = runner.replay(transcript)
    if Package.records {
      try replayed.text.write(toFile: path, atomically: true, encoding: .utf8)
    } else {
      #expect(replayed.text == transcript.text)
    }
  }
}
