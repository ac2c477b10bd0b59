import Diagnostics
import Testing

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("heads", "haeds", 1), ("heads", "head", 1), ("Zoom", "Zoom", 0), ("", "ab", 2),
    ("abc", "cab", 2),
  ])
  func countsEdits(_ a: String, _ b: String, _ expected: Int) {
    #expect(editDistance(a.unicodeScalars, b.unicodeScalars, limit: 2) == expected)
    #expect(editDistance(b.unicodeScalars, a.unicodeScalars, limit: 2) == expected)
  }

  @Test func givesUpBeyondTheLimit() {
    #expect(editDistance("kitten".unicodeScalars, "sitting".unicodeScalars, limit: 2) == nil)
  }
}

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("Zoom", 4), ("नमस्ते", 3), ("東京", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("❤️", 2), ("", 0),
  ])
  func countsCells(_ text: String, _ width: Int) {
    #expect(displayWidth(text) == width)
  }
}
