import Diagnostics
import KnowledgeBase
package import Sentences

/// What the prompt asks of a session while an entry is typed.
extension Session {
  /// What the pieces of a text are; later marks lie over earlier ones.
  package func classify(_ text: String, cursor byteOffset: Int) -> [TextMark] {
    guard Script.isCommand(text) else { return knowledge.marks(of: text, cursor: byteOffset) }
    let name = text.utf8.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
    let range = SourceRange(0, name.count)
    let isKnown =
      CommandTable.commands.contains { ("." + $0.name).utf8.starts(with: name) }
    return [TextMark(isKnown ? .command : .wrong, range)]
  }

  /// How a text would likely go on; empty when nothing is likely, or too little was typed to tell.
  package func suggestion(after text: String) -> String {
    let found = complete(text, at: text.utf8.count, for: .hint)
    let typed = text.utf8.dropFirst(found.start)
    guard typed.count > 1, let best = found.items.first?.text.utf8, best.count > typed.count,
      best.starts(with: typed)
    else { return "" }
    return String(decoding: best.dropFirst(typed.count), as: UTF8.self)
  }

  /// Gets ready for the next entry, so that no key has to wait for it.
  package func prepareForTyping() {
    let line = progressLine
    knowledge.prepareCompletion(progress: line?.show, until: cancellation)
    line?.clear()
  }

  /// What the user's editor left for the next entry; empty otherwise.
  package func takeDraft() -> String {
    defer { draft = "" }
    return draft
  }
}
