import KnowledgeBase
import Testing

@testable import Engine
@testable import Shell

@Suite struct ProgressLineTests {
  @Test func saysHowFarHowFastAndHowLarge() {
    let progress = LoadProgress(
      count: 12_400_000, unit: "triple", seconds: 4.25, byteCount: 812 << 20 | 77)
    #expect(
      ProgressLine.text(progress, Style()) == "12,400,000 triples · 2.9 million a second · 812 MB")
  }

  @Test(arguments: [
    (0.25, 2.0, "1,000,000 triples · 25% · 500,000 a second · 6 s left"),
    (0.01, 600.0, "1,000,000 triples · 1% · 1,666 a second"),
    (0.03, 600.0, "1,000,000 triples · 3% · 1,666 a second · 323 min left"),
    (1.0, 2.0, "1,000,000 triples · 500,000 a second · putting it in order"),
  ])
  func saysHowLongTheRestTakes(_ fraction: Double, _ seconds: Double, _ text: String) {
    let progress = LoadProgress(
      count: 1_000_000, unit: "triple", seconds: seconds, byteCount: 0, fraction: fraction)
    #expect(ProgressLine.text(progress, Style()) == text)
  }

  @Test func ofAQuestionSaysRowsAndRate() {
    let progress = EvaluationProgress(seconds: 2, rowCount: 3_000_000, byteCount: 12 << 20)
    #expect(
      ProgressLine.text(progress, Style())
        == "2.0 s · 3,000,000 rows · 1.5 million a second · 12 MB · Ctrl-C ends it")
  }

  @Test func ofAQuestionSaysHowLongThePartTakesThatIsAtHand() {
    let part = EvaluationProgress.Part(fraction: 0.25, seconds: 2)
    let progress = EvaluationProgress(seconds: 5, rowCount: 0, byteCount: 0, part: part)
    #expect(
      ProgressLine.text(progress, Style())
        == "5.0 s · 25% of this part, 6 s left · Ctrl-C ends it")
    let early = EvaluationProgress(
      seconds: 5, rowCount: 0, byteCount: 0, part: .init(fraction: 0.01, seconds: 2))
    #expect(ProgressLine.text(early, Style()) == "5.0 s · Ctrl-C ends it")
  }

  @Test func isCutBeforeTheLastColumns() {
    var written = ""
    let line = ProgressLine(Style(width: 20)) { written += $0 }
    line.show(LoadProgress(count: 1_000_000, unit: "triple", seconds: 1, byteCount: 0))
    #expect(written == "\r\u{1B}[K1,000,000 triple…\r")
  }

  @Test func leavesNothingBehind() {
    var written = ""
    let line = ProgressLine(Style()) { written += $0 }
    line.clear()
    #expect(written == "")
    line.show(LoadProgress(count: 1, unit: "sentence", seconds: 0.5, byteCount: 1 << 20))
    line.clear()
    line.clear()
    #expect(written == "\r\u{1B}[K1 sentence · 2 a second · 1 MB\r\r\u{1B}[K")
  }
}
