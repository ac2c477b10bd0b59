import Engine
import KnowledgeBase

/// The line that says how far something has come; it goes when anything else is said.
/// The session's thread, which also evaluates, is the only one that uses it.
final class ProgressLine: @unchecked Sendable {
  private let write: (String) -> Void
  private let style: Style
  private var isShown = false

  init(_ style: Style, write: @escaping (String) -> Void) {
    self.style = style
    self.write = write
  }

  func show(_ progress: LoadProgress) { draw(Self.text(progress, style)) }

  func show(_ progress: EvaluationProgress) { draw(Self.text(progress, style)) }

  private func draw(_ text: String) {
    isShown = true
    // A line that went on into the next row could not be taken back, nor one that the terminal adds '^C' to.
    let room = max(1, (style.width ?? .max) - 3)
    let shown = elided(text, to: room, mark: style.ellipsis)
    // What is typed meanwhile is echoed over it and not behind it, so it goes with the line.
    write("\r\u{1B}[K" + style.dim(shown) + "\r")
  }

  func clear() {
    guard isShown else { return }
    isShown = false
    write("\r\u{1B}[K")
  }

  /// `2.1 s · 1,240,000 rows · 590,000 a second · 120 MB · 34% of this part, 4 s left · Ctrl-C ends it`; nobody knows what
  /// the parts that follow will take.
  static func text(_ progress: EvaluationProgress, _ style: Style) -> String {
    let hasRows = progress.rowCount > 0
    let rows = hasRows ? counted(progress.rowCount, "row") : ""
    let rate = hasRows ? speed(progress.rowCount, progress.seconds) : ""
    let time = duration(milliseconds: progress.seconds * 1000)
    return style.dotted([
      time, rows, rate, memory(progress.byteCount), part(progress.part), "Ctrl-C ends it",
    ])
  }

  private static func part(_ part: EvaluationProgress.Part?) -> String {
    guard let part, part.fraction > 0.02 else { return "" }
    let rest = part.seconds * (1 - part.fraction) / part.fraction
    return "\(Int(part.fraction * 100))% of this part, \(timeLeft(rest)) left"
  }

  /// `12,400,000 triples · 41% · 2.9 million a second · 812 MB · 7 s left`; what is read has to be sorted then.
  static func text(_ progress: LoadProgress, _ style: Style) -> String {
    let fraction = progress.fraction ?? 0
    let isRead = fraction >= 1
    let share = fraction > 0 && !isRead ? "\(Int(fraction * 100))%" : ""
    // Of a small part not much can be told about the rest.
    let rest =
      fraction > 0.02 && !isRead
      ? timeLeft(progress.seconds * (1 - fraction) / fraction) + " left"
      : isRead ? "putting it in order" : ""
    return style.dotted([
      counted(progress.count, progress.unit), share, speed(progress.count, progress.seconds),
      memory(progress.byteCount), rest,
    ])
  }

  private static func speed(_ count: Int, _ seconds: Double) -> String {
    let rate = Double(count) / max(seconds, 0.001)
    return rate >= 1e6
      ? fixed(rate / 1e6, digits: 1) + " million a second" : grouped(Int(rate)) + " a second"
  }

  private static func memory(_ byteCount: Int) -> String {
    byteCount >= 1 << 20 ? byteText((byteCount >> 20) << 20) : ""
  }

  /// Whole seconds, minutes from 100 s on: `7 s`, `3 min`.
  private static func timeLeft(_ seconds: Double) -> String {
    let whole = Int(min(1e9, seconds).rounded(.up))
    return whole < 100 ? "\(whole) s" : "\((whole + 30) / 60) min"
  }
}
