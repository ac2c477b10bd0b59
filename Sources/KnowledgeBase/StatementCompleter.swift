import Algebra
import Diagnostics
import Engine
import RDF
import SPARQL
import Sentences

/// What can go on at the end of a statement of SPARQL: as its grammar and the graph have it.
struct StatementCompleter {
  let knowledge: KnowledgeBase
  private let source: SourceText
  private let statement: TypedStatement
  /// The unfinished word, empty behind a blank or a sign.
  private let range: SourceRange
  private let typed: String
  private let purpose: CompletionPurpose
  private let expectation: StatementExpectation

  /// Each word is tried by reading the statement: in a longer one only those that begin as typed.
  private static let longestForAllWords = 2_000

  init(
    _ knowledge: KnowledgeBase, _ statement: TypedStatement, in source: SourceText,
    for purpose: CompletionPurpose
  ) {
    self.knowledge = knowledge
    self.purpose = purpose
    self.source = source
    self.statement = statement
    let cursor = source.bytes.count
    let last = statement.tokens.last
    let isWord = last.map { $0.range.upperBound == cursor && $0.isUnfinishedWord(in: source) }
    range =
      isWord ?? false ? last?.range ?? SourceRange(cursor, cursor) : SourceRange(cursor, cursor)
    typed = source.text(range)
    expectation = StatementExpectation(
      before: Array(source.bytes.prefix(range.lowerBound)),
      from: statement.tokens.first?.range.lowerBound ?? 0, prefixes: knowledge.sparqlPrefixes)
  }

  var completions: Completions {
    if statement.tokens.last?.kind == .unclosed || typed.utf8.count < purpose.shortestName {
      return Completions(range: range, items: [])
    }
    if let prefixes { return Completions(range: range, items: prefixes) }
    let isOpen = !expectation.isReadable
    var items: [Completion] = []
    if expectation.allowsName || isOpen, !isVariable {
      items += StatementVocabulary(knowledge, prefixes: declaredPrefixes, for: purpose).names(
        at: expectation.position, after: expectation.triplesBefore, typed: typed)
    }
    if expectation.allowsVariable || isOpen, typed.isEmpty || isVariable { items += variables }
    return Completions(range: range, items: items + (isVariable ? [] : words))
  }

  private var isVariable: Bool { typed.hasPrefix("?") || typed.hasPrefix("$") }

  private var variables: [Completion] {
    var found: [String] = []
    let before = statement.tokens.last { $0.range != range }.map { source.text($0.range) }
    for token in statement.tokens where token.kind == .variable && token.range != range {
      let name = source.text(token.range)
      if name != typed, name != before, name.hasPrefix(typed), !found.contains(name) {
        found.append(name)
      }
    }
    return found.map { Completion(text: $0, kind: .keyword, detail: "variable") }
  }

  private var words: [Completion] {
    let candidates = TypedStatement.words.filter {
      typed.isEmpty
        ? source.bytes.count <= Self.longestForAllWords && !Self.values.contains($0)
        : ($0.count > 1 || typed == $0) && $0.hasPrefix(typed.uppercased()) && $0 != typed
    }
    var fitting = candidates
    if expectation.isReadable { fitting = expectation.words(among: candidates) }
    if typed.isEmpty, !expectation.allowsName, !expectation.allowsVariable {
      fitting += expectation.words(among: ["{"])
    }
    return fitting.map { word in
      let text = Self.values.contains(word) ? word.lowercased() : word
      return Completion(text: text, kind: .keyword, detail: "")
    }
  }

  /// Words that are values, which only those who begin them want.
  private static let values = ["TRUE", "FALSE"]

  static let firstWords = [
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE", "INSERT", "DELETE", "LOAD",
    "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH",
  ]

  /// The words that begin a statement, for an entry that is one unfinished word.
  static func firstWords(typedAs text: String) -> [Completion] {
    guard text.utf8.count > 1, text.allSatisfy(\.isLetter) else { return [] }
    return firstWords.filter { $0.hasPrefix(text.uppercased()) }
      .map { Completion(text: $0, kind: .keyword, detail: "SPARQL") }
  }

  // MARK: Prefixes

  /// Whole declarations, behind the word that begins one.
  private var prefixes: [Completion]? {
    let before = statement.tokens.last { $0.range.upperBound <= range.lowerBound }
    guard let before, source.text(before.range).uppercased() == "PREFIX" else { return nil }
    return knowledge.sparqlPrefixes.sorted { $0.key < $1.key }
      .map { "\($0.key): \(TermText.iri($0.value))" }.filter { $0.hasPrefix(typed) }
      .map { Completion(text: $0, kind: .keyword, detail: "") }
  }

  /// Those of the graph, and over them those of the statement itself.
  private var declaredPrefixes: [String: String] {
    statement.prefixes(in: source, over: knowledge.sparqlPrefixes)
  }
}

extension TypedStatement.Token {
  /// Whether what is typed next may belong to it.
  fileprivate func isUnfinishedWord(in source: SourceText) -> Bool {
    switch kind {
    case .keyword, .variable, .word: true
    case .name: source.bytes[range.upperBound - 1] != UInt8(ascii: ">")
    case .sign, .invalid:
      // A lone mark of a variable, or a prefix's colon.
      ["?", "$", ":"].contains(source.text(range))
    case .literal, .bracket, .unclosed: false
    }
  }
}

extension TypedStatement {
  /// Namespaces by prefix, those that the statement declares included.
  func prefixes(in source: SourceText, over known: [String: String]) -> [String: String] {
    var prefixes = known
    for index in tokens.indices.dropFirst(2) where tokens[index].kind == .name {
      let (keyword, name) = (
        source.text(tokens[index - 2].range), source.text(tokens[index - 1].range)
      )
      let iri = source.text(tokens[index].range)
      guard keyword.uppercased() == "PREFIX", name.hasSuffix(":"), iri.hasPrefix("<") else {
        continue
      }
      prefixes[String(name.dropLast())] = String(iri.dropFirst().dropLast())
    }
    return prefixes
  }
}
