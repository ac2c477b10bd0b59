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

  func marks(of statement: TypedStatement, cursor: Int) -> [TextMark] {
    var marks: [TextMark] = []
    var open: [SourceRange] = []
    for token in statement.tokens {
      switch token.kind {
      case .keyword: marks.append(TextMark(.keyword, token.range))
      case .variable: marks.append(TextMark(.gap, token.range))
      case .name: marks.append(TextMark(.name, token.range))
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

  /// What can go on at the end of a statement's tokens: variables of the statement, names of the graph's vocabulary, words.
  func completions(of statement: TypedStatement, in source: SourceText) -> Completions {
    let cursor = source.bytes.count
    let last = statement.tokens.last.map(\.range) ?? SourceRange(cursor, cursor)
    let isTyped = last.upperBound == cursor && last.lowerBound < cursor
    let range = isTyped ? last : SourceRange(cursor, cursor)
    if statement.tokens.last?.kind == .unclosed { return Completions(range: range, items: []) }
    let typed = source.text(range)
    switch typed.first {
    case "?", "$": return Completions(range: range, items: variables(of: statement, typed, source))
    case let first? where !(first.isLetter || first == ":"):
      return Completions(range: SourceRange(cursor, cursor), items: [])
    default:
      let names = vocabulary(withPrefix: typed)
      let words = TypedStatement.words.filter {
        !typed.isEmpty && $0.count > 1 && $0.hasPrefix(typed.uppercased()) && $0 != typed
      }
      let keywords = words.map { Completion(text: $0, kind: .keyword, detail: "") }
      return Completions(range: range, items: names + keywords)
    }
  }

  private func variables(
    of statement: TypedStatement, _ typed: String, _ source: SourceText
  ) -> [Completion] {
    var found: [String] = []
    for token in statement.tokens where token.kind == .variable {
      let name = source.text(token.range)
      if name != typed, name.hasPrefix(typed), !found.contains(name) { found.append(name) }
    }
    return found.map { Completion(text: $0, kind: .keyword, detail: "") }
  }

  /// Relations and classes as prefixed names, most used first.
  private func vocabulary(withPrefix typed: String) -> [Completion] {
    let snapshot = settledSnapshot
    var ranked: [(text: String, kind: Completion.Kind, count: Int)] = []
    func offer(_ id: TermID, _ kind: Completion.Kind, _ count: Int) {
      guard case .iri(let iri) = snapshot.dictionary.term(id),
        let text = prefixedName(iri), text.lowercased().hasPrefix(typed.lowercased())
      else { return }
      ranked.append((text, kind, count))
    }
    for predicate in snapshot.predicates {
      offer(predicate, .relation, snapshot.count(.none, predicate, .none))
    }
    var last = TermID.none
    snapshot.forEach(.none, standard.type, .none) {
      if $0.object != last {
        offer($0.object, .class, snapshot.count(.none, standard.type, $0.object))
      }
      last = $0.object
      return ranked.count < Self.completionLimit
    }
    ranked.sort { ($1.count, $0.text) < ($0.count, $1.text) }
    return ranked.prefix(Self.completionLimit).map {
      let noun = $0.kind == .class ? "member" : "fact"
      return Completion(
        text: $0.text, kind: $0.kind, detail: "\($0.count) \(noun)\($0.count == 1 ? "" : "s")")
    }
  }

  private func prefixedName(_ iri: String) -> String? {
    for (prefix, namespace) in sparqlPrefixes where iri.hasPrefix(namespace) {
      let local = iri.dropFirst(namespace.count)
      let isPlain = local.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      if isPlain, !local.isEmpty { return "\(prefix):\(local)" }
    }
    return nil
  }
}
