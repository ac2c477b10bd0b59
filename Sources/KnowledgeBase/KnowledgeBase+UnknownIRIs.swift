import Algebra
import Diagnostics
import Engine
import RDF
import SPARQL
import Sentences

/// IRIs that no triple has are no error in SPARQL, but they are why an answer is empty.
extension KnowledgeBase {
  /// A warning for each IRI that has to be in the graph for the query to have an answer, and is not.
  func unknownIRIs(
    of query: Query, in source: SourceText, _ statement: StatementReader.Statement
  ) -> [Diagnostic] {
    guard query.dataset == nil else { return [] }
    let premises = Premises(query.pattern)
    var seen: Set<String> = []
    var warnings: [Diagnostic] = []
    func check(_ pattern: TermPattern, _ role: NameRole) {
      guard case .term(.iri(let iri)) = pattern, seen.insert(iri).inserted, !isUsed(iri) else {
        return
      }
      warnings.append(warning(iri, role, in: source, statement))
    }
    for triple in premises.triples {
      check(triple.subject, .entity)
      check(triple.predicate, .relation)
      check(triple.object, triple.predicate == .term(.iri(Vocabulary.type)) ? .class : .entity)
    }
    for reach in premises.reaches {
      check(reach.subject, .entity)
      if let predicate = reach.path.leadingPredicate { check(.term(predicate), .relation) }
      check(reach.object, .entity)
    }
    return warnings
  }

  private func isUsed(_ iri: String) -> Bool {
    guard let id = dictionary.lookup(.iri(iri)) else { return false }
    let now = settledSnapshot
    return now.count(id, .none, .none) + now.count(.none, id, .none) + now.count(.none, .none, id)
      > 0
  }

  private func warning(
    _ iri: String, _ role: NameRole, in source: SourceText,
    _ statement: StatementReader.Statement
  ) -> Diagnostic {
    let notations = notations(of: iri)
    let place = notations.lazy.compactMap { self.place(of: $0, in: source, statement.range) }.first
    let text = place.map { source.text($0) } ?? notations.last ?? iri
    var diagnostic = Diagnostic(
      .warning, id: "unknown-iri", "nothing in the graph is called \(text), so there is no answer",
      at: place ?? statement.range)
    let near = nearIRIs(to: iri, role)
    if !near.isEmpty {
      diagnostic.notes.append(
        Diagnostic.Note("there is " + near.prefix(3).joined(separator: ", ")))
    }
    return diagnostic
  }

  /// Names alike, as SPARQL writes them.
  private func nearIRIs(to iri: String, _ role: NameRole) -> [String] {
    let lexicon = GraphLexicon(knowledge: self)
    var near: [String] = []
    for name in lexicon.suggestions(for: localName(ofIRI: iri), as: role) {
      let folded = String(decoding: NameFolding.fold(name), as: UTF8.self)
      for id in lexicon.allMatches(folded, as: role) {
        guard case .iri(let known) = lexicon.term(id), known != iri else { continue }
        if let notation = notations(of: known).last, !near.contains(notation) {
          near.append(notation)
        }
      }
    }
    return near
  }

  /// `<…>` and, where there is a prefix for it, `ex:name`.
  private func notations(of iri: String) -> [String] {
    let short = prefixes.abbreviation(of: iri).map { "\($0.entry.prefix):\($0.localName)" }
    return [TermText.iri(iri)] + (short.map { [$0] } ?? [])
  }

  private func place(
    of text: String, in source: SourceText, _ range: SourceRange
  ) -> SourceRange? {
    let wanted = Array(text.utf8)
    let bytes = source.bytes
    guard wanted.count <= range.upperBound - range.lowerBound else { return nil }
    for start in range.lowerBound...(range.upperBound - wanted.count)
    where bytes[start] == wanted[0] && bytes[start...].starts(with: wanted) {
      return SourceRange(start, start + wanted.count)
    }
    return nil
  }
}
