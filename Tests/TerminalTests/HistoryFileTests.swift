import Foundation
import Testing

@testable import Terminal

@Suite struct HistoryFileTests {
  private let path = NSTemporaryDirectory() + "kosh-history-" + UUID().uuidString + "/deep/history"

  private func lines() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func keepsWhatTwoSessionsAppend() throws {
    let (one, other) = (HistoryFile(path: path), HistoryFile(path: path))
    #expect(one.load() == [])
    #expect(one.append("a"))
    #expect(other.append("b"))
    #expect(one.append("c"))
    #expect(other.load() == ["a", "b", "c"])
  }

  @Test func keepsTheLastOfEqualEntries() throws {
    let file = HistoryFile(path: path)
    for entry in ["a", "b", "a", "c"] { file.append(entry) }
    #expect(file.load() == ["b", "a", "c"])
  }

  @Test func keepsLinesAndBackslashesOfAnEntry() throws {
    let file = HistoryFile(path: path)
    let entry = "who heads (\n\\n \"x\\\\\"\n)?"
    file.append(entry)
    #expect(file.load() == [entry])
    #expect(try lines().filter { $0 == "\n" }.count == 1)
  }

  @Test func isForItsOwnerOnly() throws {
    HistoryFile(path: path).append("a")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func isCutWhenItIsTooLong() throws {
    let file = HistoryFile(path: path)
    file.append("first")
    try (0..<10_500).map { "entry \($0)\n" }.joined().write(
      toFile: path, atomically: false, encoding: .utf8)
    let entries = file.load()
    #expect(entries.count == 5000)
    #expect(entries.last == "entry 10499")
    #expect(try lines().split(separator: "\n").count == 5000)
  }

  @Test func saysWhenItCannotBeWritten() {
    #expect(!HistoryFile(path: "/proc/nowhere/history").append("a"))
  }
}

@Suite struct EditRCTests {
  @Test func findsTheKeysOfThisProgram() {
    let text = """
      # bind "^Z" nothing
      bind -v
      kosh:bind "^R" em-inc-search-prev
      other:bind ^X ed-end-of-file
      bind	-r ^I rl_complete
      edit on
      """
    #expect(EditRC.boundKeys(in: text) == ["^R", "^I"])
  }

  @Test(arguments: [
    (["bind", "^R", "em-inc-search-prev"], ["bind", "^R", "kosh-search-history"]),
    (["kosh:bind", "-a", "/", "vi-search-prev"], ["kosh:bind", "-a", "/", "kosh-find-entry"]),
    (["bind", "-a", "-s", "Q", "dd"], ["bind", "-a", "-s", "Q", "\\202dd"]),
    (["bind", "5", "ed-argument-digit"], ["bind", "5", "ed-digit"]),
    (["bind", "\\e5", "ed-argument-digit"], ["bind", "\\e5", "ed-argument-digit"]),
    (["bind", "-v"], ["bind", "-v"]), (["bind", "^A", "ed-move-to-beg"], nil),
  ])
  func givesHarmlessBindings(_ words: [String], _ safe: [String]?) {
    #expect(EditRC.safeCommand(words) == safe ?? words)
  }

  @Test(arguments: [
    ["edit", "off"], ["settc", "co", "2"], ["history", "clear"], ["# bind"], [],
    ["bind", "-s", "^G", String(repeating: "x", count: 1_000)],
  ])
  func leavesOutTheRest(_ words: [String]) {
    #expect(EditRC.safeCommand(words) == nil)
  }
}

@Suite struct LineCompletionTests {
  @Test(arguments: [
    (["Zoom India", "Zoom app"], "Zoom "), (["a"], "a"), (["a", "b"], ""), ([], ""),
    (["नमस्ते", "नमक"], "नम"),
  ])
  func findsWhatAllBeginWith(_ texts: [String], _ expected: String) {
    let items = texts.map { LineCompletion.Item(text: $0, description: "") }
    #expect(LineCompletion(start: 0, items: items).commonPrefix == expected)
  }
}
