import KnowledgeBase
import Testing

@testable import Shell

@Suite struct ProgressLineTests {
  @Test func saysHowFarHowFastAndHowLarge() {
    let progress = LoadProgress(
      count: 12_400_000, unit: "triple", seconds: 4.25, byteCount: 812 << 20 | 77)
    #expect(
      ProgressLine.text(progress, Style()) == "12,400,000 triples · 2.9 million a second · 812 MB")
  }

  @Test func leavesNothingBehind() {
    var written = ""
    let line = ProgressLine(Style()) { written += $0 }
    line.clear()
    #expect(written == "")
    line.show(LoadProgress(count: 1, unit: "sentence", seconds: 0.5, byteCount: 1 << 20))
    line.clear()
    line.clear()
    #expect(written == "\r\u{1B}[K1 sentence · 2 a second · 1 MB\r\u{1B}[K")
  }
}
