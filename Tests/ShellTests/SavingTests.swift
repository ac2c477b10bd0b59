import Foundation
import KnowledgeBase
import Testing

@testable import Shell

@Suite struct SavingTests {
  private final class Output {
    var text = ""
  }

  @Test func aSavedSessionIsLoadedAgain() throws {
    let directory = NSTemporaryDirectory() + "kosh-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let output = Output()
    func session() -> Session {
      Session(
        knowledge: KnowledgeBase(), settings: Settings(), output: { output.text += $0 },
        errors: { output.text += $0 })
    }
    let first = session()
    #expect(first.enter("Asha heads Tidewell {from 2019, source 'trade register'}.") == .success)
    #expect(first.enter(".save '\(directory)/mine.kosh'") == .success)
    #expect(first.enter("Asha is an Engineer.") == .success)
    output.text = ""
    #expect(first.enter(".save") == .success)
    #expect(output.text == "saved 2 facts in \(directory)/mine.kosh\n")
    let file = try String(contentsOfFile: directory + "/mine.kosh", encoding: .utf8)
    #expect(
      file == """
        Asha is an Engineer; heads Tidewell {from 2019, source 'trade register'}.

        """)
    let second = session()
    #expect(second.enter(".load '\(directory)/mine.kosh'") == .success)
    output.text = ""
    #expect(second.enter("who heads Tidewell {source ?s}?") == .success)
    #expect(output.text.contains("trade register"))
    #expect(second.enter(".export '\(directory)/out.ttl.gz'") == .success)
    #expect(second.enter(".open '\(directory)/out.ttl.gz'") == .success)
    #expect(second.knowledge.factCount == 2)
  }
}
