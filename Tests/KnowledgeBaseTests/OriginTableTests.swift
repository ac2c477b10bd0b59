import Testing

@testable import KnowledgeBase

@Suite struct OriginTableTests {
  @Test func tellsFileAndLineOfEachNumber() throws {
    var table = OriginTable()
    let reserved = [
      table.reserve(file: "a.kosh", lineCount: 10), table.reserve(file: "b.kosh", lineCount: 1),
    ]
    let first = try #require(reserved[0])
    let second = try #require(reserved[1])
    #expect(table.origin(first) == Origin(file: "a.kosh", line: 1))
    #expect(table.origin(first + 9) == Origin(file: "a.kosh", line: 10))
    #expect(table.origin(second) == Origin(file: "b.kosh", line: 1))
    #expect(table.origin(second + 1) == nil)
    #expect(table.origin(.max) == nil)
  }

  @Test func givesNoNumbersWhenTheyHaveRunOut() {
    var table = OriginTable()
    let reserved = [
      table.reserve(file: "huge", lineCount: Int(UInt32.max) - 1),
      table.reserve(file: "next", lineCount: 2),
    ]
    #expect(reserved == [0, nil])
  }
}
