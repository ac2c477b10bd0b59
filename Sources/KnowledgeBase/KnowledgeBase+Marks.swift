import Diagnostics
public import Sentences

extension KnowledgeBase {
  /// What the pieces of a text typed at the prompt are; later marks lie over earlier ones.
  public func marks(of text: String, cursor byteOffset: Int) -> [TextMark] {
    let source = SourceText(name: "<prompt>", text)
    if let statement = typedStatement(source) {
      return marks(of: statement, cursor: byteOffset, in: source)
    }
    return SentenceParser.marks(
      of: source, cursor: byteOffset,
      lexicon: GraphLexicon(knowledge: self, suggestsNames: false),
      beginsName: { !names.numbers(withPrefix: $0, limit: 1).isEmpty })
  }
}
