/// The class of each byte of the text that is edited.
struct ClassCache {
  private var text = ""
  private var classes: [TextClass] = []
  /// How long it took to tell the classes last.
  private(set) var milliseconds = 0.0

  subscript(offset: Int) -> TextClass { classes[offset] }

  mutating func update(
    for buffer: EditBuffer, _ classify: (_ text: String, _ offset: Int) -> [ClassedRange]
  ) {
    let start = System.milliseconds()
    text = buffer.text
    classes = Array(repeating: .plain, count: text.utf8.count)
    for classed in classify(text, buffer.cursor) {
      for offset in classed.range.clamped(to: classes.indices) {
        classes[offset] = classed.textClass
      }
    }
    milliseconds = System.milliseconds() - start
  }

  /// Takes a changed text: what is the same before and behind the change keeps its classes.
  mutating func follow(_ newText: String) {
    let kept = zip(text.utf8, newText.utf8).prefix { $0 == $1 }.count
    let shorter = min(text.utf8.count, newText.utf8.count) - kept
    let same = zip(text.utf8.reversed(), newText.utf8.reversed()).prefix { $0 == $1 }.count
    let behind = min(shorter, same)
    let added = newText.utf8.count - kept - behind
    let addedClass = kept > 0 ? classes[kept - 1] : .plain
    classes =
      classes.prefix(kept) + Array(repeating: addedClass, count: added) + classes.suffix(behind)
    text = newText
  }
}
