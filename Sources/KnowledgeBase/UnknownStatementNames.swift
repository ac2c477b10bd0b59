import Diagnostics
import RDF
import SPARQL

/// The names in a query of SPARQL that nothing in the graph bears, or whose prefix is not declared.
struct UnknownStatementNames {
  private let unknown: Set<TypedStatement.Token>

  /// The words behind which a query asks for what there is. Updates, and templates before WHERE, make what is new.
  private static let asking = ["SELECT", "ASK", "DESCRIBE", "WHERE"]

  init(_ knowledge: KnowledgeBase, _ statement: TypedStatement, in source: SourceText) {
    let prefixes = statement.prefixes(in: source, over: knowledge.sparqlPrefixes)
    var unknown: Set<TypedStatement.Token> = []
    var isAsking = false
    var before = ""
    for (index, token) in statement.tokens.enumerated() {
      let text = source.text(token.range)
      defer { before = text }
      if token.kind == .keyword {
        let word = text.uppercased()
        if ["INSERT", "DELETE", "WITH", "LOAD"].contains(word) { break }
        if Self.asking.contains(word) { isAsking = true }
      }
      let next = index + 1 < statement.tokens.count ? statement.tokens[index + 1] : nil
      let isCalled = next.map { source.text($0.range) == "(" } ?? false
      guard token.kind == .name, isAsking, !isCalled, before != "^^", !text.hasPrefix("_:"),
        !["PREFIX", "BASE", "FROM", "NAMED"].contains(before.uppercased())
      else { continue }
      if !Self.isKnown(text, prefixes, knowledge) { unknown.insert(token) }
    }
    self.unknown = unknown
  }

  func contains(_ token: TypedStatement.Token) -> Bool { unknown.contains(token) }

  private static func isKnown(
    _ text: String, _ prefixes: [String: String], _ knowledge: KnowledgeBase
  ) -> Bool {
    if text.hasPrefix("<") {
      let iri = String(text.dropFirst().dropLast())
      // A relative one would have to be resolved.
      return !iri.contains(":") || iri.contains("\\")
        || knowledge.dictionary.lookup(.iri(iri)) != nil
    }
    guard let colon = text.firstIndex(of: ":") else { return true }
    guard let namespace = prefixes[String(text[..<colon])] else { return false }
    let local = text[text.index(after: colon)...]
    if local.isEmpty || local.contains("\\") { return true }
    return knowledge.dictionary.lookup(.iri(namespace + local)) != nil
  }
}
