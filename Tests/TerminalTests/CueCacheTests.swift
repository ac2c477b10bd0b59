import Testing

@testable import Terminal

struct CueCacheTests {
  @Test func `what is open is said before each line, but not far into a long entry`() {
    var cues = CueCache()
    let line = String(repeating: "x", count: 63) + "\n"
    var askedCount = 0
    cues.update(for: String(repeating: line, count: 2_000)) { _ in
      askedCount += 1
      return "   (>"
    }
    #expect(askedCount == 256)
    #expect(cues[0] == "   (>")
    #expect(cues[1_999] == "    >")
  }
}
