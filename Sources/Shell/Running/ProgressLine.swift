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
    write("\r\u{1B}[K" + style.dim(text))
  }

  func clear() {
    guard isShown else { return }
    isShown = false
    write("\r\u{1B}[K")
  }

  /// `2.1 s · 1,240 rows · 120 MB · Ctrl-C ends it`.
  static func text(_ progress: EvaluationProgress, _ style: Style) -> String {
    let rows = progress.rowCount > 0 ? counted(progress.rowCount, "row") : ""
    let memory = progress.byteCount >= 1 << 20 ? byteText((progress.byteCount >> 20) << 20) : ""
    let time = duration(milliseconds: progress.seconds * 1000)
    return style.dotted([time, rows, memory, "Ctrl-C ends it"])
  }

  /// `12,400,000 triples · 2.9 million a second · 812 MB`.
  static func text(_ progress: LoadProgress, _ style: Style) -> String {
    let rate = Double(progress.count) / max(progress.seconds, 0.001)
    let speed =
      rate >= 1e6
      ? fixed(rate / 1e6, digits: 1) + " million a second" : grouped(Int(rate)) + " a second"
    let memory = byteText((progress.byteCount >> 20) << 20)
    return style.dotted([counted(progress.count, progress.unit), speed, memory])
  }
}
