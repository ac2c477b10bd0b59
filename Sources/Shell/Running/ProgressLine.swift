import KnowledgeBase

/// The line that says how far a load has come; it goes when anything else is said.
final class ProgressLine {
  private let write: (String) -> Void
  private let style: Style
  private var isShown = false

  init(_ style: Style, write: @escaping (String) -> Void) {
    self.style = style
    self.write = write
  }

  func show(_ progress: LoadProgress) {
    isShown = true
    write("\r\u{1B}[K" + style.dim(Self.text(progress, style)))
  }

  func clear() {
    guard isShown else { return }
    isShown = false
    write("\r\u{1B}[K")
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
