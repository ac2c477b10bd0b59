import Testing

@testable import Shell

@Suite struct WrappingTests {
  @Test func aLineIsBrokenAtBlanks() {
    #expect(wrapped("one two three four", to: 9) == ["one two", "three", "four"])
    #expect(wrapped("one two three four", to: 11, indent: 2) == ["one two", "  three", "  four"])
    #expect(wrapped("one two", to: nil) == ["one two"])
    #expect(wrapped("a 東京支社 b", to: 10) == ["a 東京支社", "b"])
  }

  @Test func aWordThatIsTooLongStaysWhole() {
    #expect(wrapped("a abcdefghijkl b", to: 6) == ["a", "abcdefghijkl", "b"])
  }

  @Test func coloursTakeNoRoom() {
    let line = "\u{1B}[1mone\u{1B}[0m two three"
    #expect(wrapped(line, to: 8) == ["\u{1B}[1mone\u{1B}[0m two", "three"])
  }

  @Test func meaningsStandBesideOrBelow() {
    func draw(_ width: Int?) -> String {
      explained(
        "who heads Zoom?", widest: 16, "a gap is who, what, or when", indent: 2, Style(width: width)
      )
    }
    #expect(draw(nil) == "  who heads Zoom?   a gap is who, what, or when\n")
    #expect(
      draw(44) == "  who heads Zoom?   a gap is who, what, or\n                    when\n")
    #expect(draw(28) == "  who heads Zoom?\n    a gap is who, what, or\n    when\n")
  }
}
