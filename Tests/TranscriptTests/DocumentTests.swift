import Foundation
import Testing

/// The examples of README.md and of every page in Documentation/.
///
/// A chapter is what stands below a heading of the second level. Its blocks tagged `kosh` are scripts and its blocks tagged `kosh-session`
/// are transcripts; they run in order on one graph: that of `knowledge/` in README.md, an empty one elsewhere. A tag followed by `knowledge` or
/// `empty` begins the graph anew.
@Suite struct DocumentTests {
  static let names: [String] = {
    let folder = Package.directory + "/Documentation"
    let pages = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return ["README.md"]
      + pages.filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/" + $0 }
  }()

  @Test(arguments: names)
  func examplesRun(_ name: String) throws {
    let path = Package.directory + "/" + name
    var document = Document(try String(contentsOfFile: path, encoding: .utf8))
    var runner: TranscriptRunner?
    var chapter = -1
    for index in document.blocks.indices {
      let block = document.blocks[index]
      if block.chapter != chapter || block.graph != nil || runner == nil {
        chapter = block.chapter
        let graph = block.graph ?? (name == "README.md" ? "knowledge" : "empty")
        runner = Package.inPackageDirectory {
          TranscriptRunner(loading: graph == "empty" ? [] : [graph])
        }
      }
      guard let runner else { return }
      let place = "\(name):\(block.line)"
      if block.isTranscript {
        let replayed = runner.replay(Transcript(block.text)).text
        if Package.records { document.blocks[index].text = replayed }
        #expect(replayed == block.text || Package.records, "the session at \(place)")
      } else if let failure = runner.run(script: block.text, named: "example") {
        Issue.record("the example at \(place):\n\(failure)")
      }
    }
    if Package.records { try document.text.write(toFile: path, atomically: true, encoding: .utf8) }
  }

  @Test func theTutorialRuns() throws {
    let path = Package.directory + "/Documentation/tutorial.kosh"
    let script = try String(contentsOfFile: path, encoding: .utf8)
    #expect(TranscriptRunner(loading: []).run(script: script, named: "tutorial.kosh") == nil)
  }
}
