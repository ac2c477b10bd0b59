import Diagnostics
import Engine
import RDF
import SPARQL
import Sentences

/// SPARQL as it is typed at the prompt.
extension KnowledgeBase {
  /// The statement that a text begins with; nil when it begins with a sentence.
  func typedStatement(_ source: SourceText) -> TypedStatement? {
    let start = source.bytes.firstIndex { $0 > 0x20 } ?? source.bytes.count
    guard StatementReader(source).progress(at: start) != nil else { return nil }
    return TypedStatement(source, from: start)
  }

  /// A statement of which so little is typed that it could be a sentence: behind `PREFIX`, and, where no sentence goes on
  /// like that, behind the other words that begin one.
  func begunStatement(_ source: SourceText, evenWhereSentence: Bool) -> TypedStatement? {
    let start = source.bytes.firstIndex { $0 > 0x20 } ?? source.bytes.count
    let text = String(decoding: source.bytes[start...], as: UTF8.self)
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count > 1 else { return nil }
    let isBegun =
      evenWhereSentence
      ? StatementCompleter.firstWords.contains(words[0].uppercased())
      : words.count == 2 && words[0].uppercased() == "PREFIX"
    return isBegun ? TypedStatement(source, from: start) : nil
  }

  func marks(of statement: TypedStatement, cursor: Int, in source: SourceText) -> [TextMark] {
    var marks: [TextMark] = []
    let unknown = UnknownStatementNames(self, statement, in: source)
    var open: [SourceRange] = []
    for token in statement.tokens {
      switch token.kind {
      case .keyword: marks.append(TextMark(.keyword, token.range))
      case .variable: marks.append(TextMark(.gap, token.range))
      case .name:
        let isUnknown = token.range.upperBound != cursor && unknown.contains(token)
        marks.append(TextMark(isUnknown ? .unknown : .name, token.range))
      case .literal: marks.append(TextMark(.value, token.range))
      case .unclosed: marks.append(TextMark(.unclosed, token.range))
      case .invalid: marks.append(TextMark(.wrong, token.range))
      case .word, .sign: continue
      case .bracket(opens: true): open.append(token.range)
      case .bracket(opens: false):
        guard let partner = open.popLast() else {
          marks.append(TextMark(.wrong, token.range))
          continue
        }
        let ends = [partner, token.range]
        if ends.contains(where: { $0.lowerBound == cursor || $0.upperBound == cursor }) {
          marks += ends.map { TextMark(.partner, $0) }
        }
      }
    }
    return marks + open.map { TextMark(.unclosed, $0) }
  }
}
